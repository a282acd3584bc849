/** A leg that turned weak while a routine was under way, said among the signs of danger and not in "This hurts". */
import type { PlayerState } from './player.ts';
import type { Check } from './redflagchecks.ts';

/** A leg, or both, that lost strength or feeling (3-clinical (2)). */
const WEAK_LEG = ['both-legs', 'no-movement', 'climbing', 'stroke', 'foot-drop', 'cord-signs'];

/** Told by any answer since the routine was begun, whatever has been settled since; one that was corrected to "no" tells nothing. */
export function weakMeanwhile(
  { started_at }: Pick<PlayerState, 'started_at'>,
  checks: readonly Pick<Check, 'answered_at' | 'answers'>[]
): boolean {
  if (started_at === null) return false;
  // An answer's time has no fractions of a second.
  const begun = Math.floor(started_at / 1000) * 1000;
  return checks.some(
    ({ answered_at, answers }) =>
      Date.parse(answered_at) >= begun && WEAK_LEG.some((rule) => (answers[rule] ?? 'no') !== 'no')
  );
}
