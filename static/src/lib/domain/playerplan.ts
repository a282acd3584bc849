/**
 * The timeline of a guided routine: what happens, for how long, in which order. Pure and plain, so that a running
 * player can be written to the phone's store and read back after a reload.
 */
import { stepsOf } from './playertimeline.ts';
import type { Dose, Exercise, PainRule, RoutineItem } from './types.ts';

export type HoldSide = 'left' | 'right' | null;

/**
 * ready: the exercise is announced, there is time to get into position.
 * hold: a timed hold, or, where the exercise is `continuous`, that long of moving. move: one repetition without a hold,
 * out and back. change: time to swap legs. rest: let go, until the next repetition.
 */
export type StepKind = 'ready' | 'hold' | 'move' | 'change' | 'rest';

/** A step that leads to a repetition (ready, change, rest) carries that repetition's item, set, number and side. */
export interface Step {
  kind: StepKind;
  item: number;
  /** Counted from 1, within the item; in a superset it is the round. */
  set: number;
  repetition: number;
  side: HoldSide;
  seconds: number;
  /** The rest after a round of a superset: it belongs to all of them, and stays when one of them is left. */
  round_rest?: true;
}

export interface PlanItem {
  exercise: string;
  name: string;
  first_step: string;
  dose: Dose;
  /** The ladder and the rung of this form (types.ts, Exercise). */
  ladder: string;
  rung: number;
  /** The time of the hold is spent moving, as in walking. */
  continuous: boolean;
  /** Legs are swapped after every repetition; else one side is finished first. */
  swaps: boolean;
  superset: number | null;
  /** The form that was planned, when this easier one is done in its place. */
  eased_from: string | null;
}

/** The prescription that a plan carries out; `version` is null when the server had not taken it yet. */
export interface Prescribed {
  id: string;
  version: number | null;
  pain_rule: PainRule;
}

export interface Pace {
  /** Seconds to get into position before an exercise, and when a superset comes round to it again. */
  ready: number;
  again: number;
  change: number;
  /** One repetition of an exercise that is not held and has no tempo. */
  move: number;
}
export const CALM_PACE: Pace = { ready: 15, again: 8, change: 6, move: 4 };

export interface Plan {
  routine: string | null;
  routine_name: string;
  prescription: Prescribed | null;
  pace: Pace;
  items: PlanItem[];
  steps: Step[];
}

/** From this hold on, a repetition is long enough to swap legs after it; shorter ones finish a side first. */
export const LONG_HOLD_SECONDS = 10;

export const isWork = (step: Step) => step.kind === 'hold' || step.kind === 'move';

export const doseOf = ({ sets, repetitions, hold_seconds, rest_seconds, sides, tempo }: Dose): Dose => ({
  sets,
  repetitions,
  hold_seconds,
  rest_seconds,
  sides,
  tempo
});

/** `exercise` is undefined when this phone does not know it yet: then it is called by its slug. */
export function planItem(slug: string, dose: Dose, exercise: Exercise | undefined): PlanItem {
  return {
    exercise: slug,
    name: exercise?.name ?? slug,
    first_step: exercise?.steps[0] ?? '',
    dose: doseOf(dose),
    ladder: exercise?.ladder ?? slug,
    rung: exercise?.rung ?? 0,
    continuous: exercise?.continuous ?? false,
    // Rolling over after every repetition would be worse than the exercise.
    swaps: dose.hold_seconds >= LONG_HOLD_SECONDS && exercise?.position !== 'side',
    superset: null,
    eased_from: null
  };
}

export interface PlanSource {
  id: string | null;
  name: string;
  items: RoutineItem[];
  prescription?: Prescribed | null;
}

export function buildPlan(source: PlanSource, exercises: readonly Exercise[], pace: Pace = CALM_PACE): Plan {
  const items = source.items.map((item) => ({
    ...planItem(item.exercise, item, exercises.find((one) => one.slug === item.exercise)),
    superset: item.superset ?? null
  }));
  const steps: Step[] = [];
  for (let first = 0; first < items.length; ) {
    const last = groupEnd(items, first);
    if (last === first) steps.push(...alone(items, first, pace));
    else steps.push(...inRounds(items, first, last, source.items[first]?.round_rest_seconds ?? 0, pace));
    first = last + 1;
  }
  const prescription = source.prescription ?? null;
  return { routine: source.id, routine_name: source.name, prescription, pace, items, steps };
}

/** The last item of the superset that begins at `first`; an exercise by itself ends where it begins. */
function groupEnd(items: readonly PlanItem[], first: number): number {
  const number = items[first]?.superset ?? null;
  let last = first;
  while (number !== null && items[last + 1]?.superset === number) last += 1;
  return last;
}

const setsOf = (item: PlanItem) => Array.from({ length: item.dose.sets }, (_, index) => index + 1);

function alone(items: readonly PlanItem[], index: number, pace: Pace): Step[] {
  const item = items[index]!;
  return stepsOf(index, item, pace, { sets: setsOf(item), ready: pace.ready });
}

/** One set of each in turn, then the rest of the round; who has fewer sets drops out of the later rounds. */
function inRounds(items: readonly PlanItem[], first: number, last: number, rest: number, pace: Pace): Step[] {
  const members = items.slice(first, last + 1).map((_, index) => first + index);
  const rounds = Math.max(...members.map((index) => items[index]!.dose.sets));
  const steps: Step[] = [];
  for (let round = 1; round <= rounds; round++) {
    const taking = members.filter((index) => items[index]!.dose.sets >= round);
    for (const index of taking) {
      const before = steps.at(-1)?.item;
      const opens = round > 1 && index === taking[0];
      const again = round === 1 ? pace.ready : opens && before === index && rest > 0 ? null : pace.again;
      const set = stepsOf(index, items[index]!, pace, { sets: [round], ready: again });
      const { repetition, side } = set[0]!;
      if (opens && rest > 0)
        steps.push({ kind: 'rest', item: index, set: round, repetition, side, seconds: rest, round_rest: true });
      steps.push(...set);
    }
  }
  return steps;
}

/** How long a routine takes when nothing is paused or skipped, in seconds. */
export function planSeconds(plan: Plan): number {
  return plan.steps.reduce((sum, step) => sum + step.seconds, 0);
}
