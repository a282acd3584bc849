/** What a doctor or physiotherapist has agreed to, as the person said: one exercise in spite of one condition. */
import type { Warned } from './conditions.ts';
import type { Caution, Condition, Exercise } from './types.ts';

export interface Agreed {
  exercise: string;
  condition: Condition;
  /** When it was said: ISO, UTC. */
  on: string;
}

/** What is remembered on this phone, and how it is changed. */
export interface Agreements {
  readonly list: readonly Agreed[];
  agree: (exercise: string, conditions: readonly Condition[]) => void;
  askAgain: (exercises: readonly string[]) => void;
}

/** The conditions that cautions speak of, each once. */
export const conditionsOf = (cautions: readonly Caution[]): Condition[] => [
  ...new Set(cautions.flatMap(({ condition }) => condition ?? []))
];

/** Those of the cautions that nobody has agreed to; agreed for the form that it `replaces` counts too. */
export function unagreed(
  exercise: Pick<Exercise, 'slug'>,
  cautions: readonly Caution[],
  list: readonly Agreed[],
  replaces?: string
): Caution[] {
  const slugs = [exercise.slug, replaces];
  return cautions.filter(
    ({ condition }) => !list.some((one) => slugs.includes(one.exercise) && one.condition === condition)
  );
}

/** Which exercises are still to be asked about, each with what is still to be asked; and which are settled. */
export function sorted(found: readonly Warned[], list: readonly Agreed[]): { open: Warned[]; settled: Exercise[] } {
  const left = found.map(({ exercise, cautions }) => ({ exercise, cautions: unagreed(exercise, cautions, list) }));
  return {
    open: left.filter(({ cautions }) => cautions.length > 0),
    settled: left.filter(({ cautions }) => cautions.length === 0).map(({ exercise }) => exercise)
  };
}

export function withAgreed(
  list: readonly Agreed[],
  exercise: string,
  conditions: readonly Condition[],
  on: string
): Agreed[] {
  const others = list.filter((one) => one.exercise !== exercise || !conditions.includes(one.condition));
  return [...others, ...conditions.map((condition) => ({ exercise, condition, on }))];
}
