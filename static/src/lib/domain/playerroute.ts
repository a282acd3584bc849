/** The way through a plan once exercises have been left: which of its steps are still to be done, and in which order. */
import type { Plan, Step } from './playerplan.ts';
import type { SkipReason } from './types.ts';

export interface Skip {
  reason: SkipReason;
  /** The step at which the exercise was left: "back" returns there. */
  at: number;
  /** An easier form has taken its place: there is no way back to it. */
  eased: boolean;
}

export interface Route {
  plan: Plan;
  /** By item: why it was left early, if it was. */
  skips: readonly (Skip | null)[];
}

/** Is this step still to be done, or was it before its exercise was left? */
export function isOpen(route: Route, index: number): boolean {
  const step = route.plan.steps[index];
  if (!step) return false;
  const skip = route.skips[step.item];
  if (!skip || index < skip.at) return true;
  return step.round_rest === true && roundGoesOn(route, index);
}

/** Is anything left to do in the round that this rest leads to? */
function roundGoesOn(route: Route, rest: number): boolean {
  const { items, steps } = route.plan;
  const group = (step: Step | undefined) => (step ? items[step.item]?.superset : undefined);
  for (let index = rest + 1; steps[index] && !steps[index]?.round_rest; index++) {
    if (group(steps[index]) !== group(steps[rest])) return false;
    if (isOpen(route, index)) return true;
  }
  return false;
}

/** The next step to be done after this one; the number of steps when there is none. */
export function stepAfter(route: Route, index: number): number {
  let next = index + 1;
  while (next < route.plan.steps.length && !isOpen(route, next)) next += 1;
  return next;
}

/** The step done before this one; -1 when there is none. */
export function stepBefore(route: Route, index: number): number {
  let before = index - 1;
  while (before >= 0 && !isOpen(route, before)) before -= 1;
  return before;
}

/**
 * The step whose exercise is the one of that moment: the step itself, but a rest between rounds leads on to an exercise
 * that has not been left.
 */
export function aimOf(route: Route, index: number): Step | undefined {
  const step = route.plan.steps[index];
  if (!step?.round_rest || !route.skips[step.item]) return step;
  return route.plan.steps[stepAfter(route, index)];
}

/** The exercise that was left directly before this step, if one was: all between is closed. */
export function leftBefore(route: Route, index: number): { item: number; skip: Skip } | null {
  const item = route.plan.steps[index - 1]?.item;
  const skip = item === undefined ? null : route.skips[item];
  if (item === undefined || !skip || stepBefore(route, index) >= skip.at) return null;
  return { item, skip };
}
