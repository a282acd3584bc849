/**
 * How much of another form of an exercise. Whoever does 2 x 6 has a reason for it, and is never given more than that by
 * a form that the catalogue doses at 2 x 8 (our own careful choice: source B, review: unreviewed).
 */
import type { Dose } from './types.ts';

/**
 * The dose of `form` (as the catalogue has it) in place of an exercise that was `planned`: of sets, repetitions and hold
 * time the fewer of both, with the rest, the pace and the leg that were planned. Counted repetitions and holds are not
 * measured against each other: then the form has its own, but no more sets.
 */
export function formDose(planned: Dose, form: Dose): Dose {
  const sets = Math.min(planned.sets, form.sets);
  // Somebody who exercises one leg goes on with that leg; a form without sides gets none.
  const sides = form.sides === 'none' || planned.sides === 'none' ? form.sides : planned.sides;
  const { repetitions, hold_seconds, rest_seconds, tempo } = form;
  if (hold_seconds > 0 !== planned.hold_seconds > 0) return { sets, repetitions, hold_seconds, rest_seconds, sides, tempo };
  return {
    sets,
    repetitions: Math.min(planned.repetitions, repetitions),
    hold_seconds: Math.min(planned.hold_seconds, hold_seconds),
    rest_seconds: planned.rest_seconds,
    sides,
    tempo: planned.tempo || tempo
  };
}
