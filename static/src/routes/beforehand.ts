/** What is asked before anything begins, or goes on. */
import { deviceZone, localDate } from '#lib/domain/clock.ts';
import { stop, type PlayerState } from '#lib/domain/player.ts';
import { toCheck, type ToCheck } from '#lib/domain/stops.ts';
import { weakMeanwhile } from '#lib/domain/weakMeanwhile.ts';
import { checks } from '#lib/state/checks.svelte.ts';
import { stretching } from '#lib/state/stretching.svelte.ts';

/** `left`: a routine that was left in the middle and may be gone on with. Null: nothing stands before it. Reactive. */
export function checkFirst(now: Date, left: PlayerState | null = null): ToCheck | null {
  const check = toCheck(stretching.sessions, localDate(now.toISOString(), deviceZone()));
  if (check?.what === 'weakness' || !left || !weakMeanwhile(left, checks.all)) return check;
  return { what: 'weakness', stops: check?.stops ?? [] };
}

/** Ends what was left in the middle, for the reason that was given meanwhile. */
export const stopLeft = (player: PlayerState, now = Date.now()): PlayerState =>
  stop(player, now, weakMeanwhile(player, checks.all) ? 'weakness' : null);
