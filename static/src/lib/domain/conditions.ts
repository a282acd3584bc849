/** What the person has, and which exercises say that it matters to them. It never says what somebody has. */
import type { Caution, Condition, Exercise } from './types.ts';

/** The cautions of an exercise that speak to this person. */
export function warnings(exercise: Exercise | undefined, conditions: readonly Condition[] | undefined): Caution[] {
  return (exercise?.cautions ?? []).filter((one) => one.condition && conditions?.includes(one.condition));
}

export interface Warned {
  exercise: Exercise;
  cautions: Caution[];
}

/** Each exercise once, in the order in which it comes. */
export function warned(
  items: readonly { exercise: string }[],
  exercises: readonly Exercise[],
  conditions: readonly Condition[] | undefined
): Warned[] {
  const slugs = [...new Set(items.map((item) => item.exercise))];
  return slugs.flatMap((slug) => {
    const exercise = exercises.find((one) => one.slug === slug);
    const cautions = warnings(exercise, conditions);
    return exercise && cautions.length > 0 ? [{ exercise, cautions }] : [];
  });
}
