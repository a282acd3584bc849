/** What is asked before anything begins, or goes on. */
import type { Ahead } from '#lib/components/plan/ahead.ts';
import { deviceZone, localDate } from '#lib/domain/clock.ts';
import { stop, type PlayerState } from '#lib/domain/player.ts';
import { entryToAsk } from '#lib/domain/questionnaire.ts';
import { toCheck } from '#lib/domain/stops.ts';
import { weakMeanwhile } from '#lib/domain/weakMeanwhile.ts';
import { checks } from '#lib/state/checks.svelte.ts';
import { diary } from '#lib/state/diary.svelte.ts';
import { stretching } from '#lib/state/stretching.svelte.ts';
import { questionsAbout } from './asking.ts';

/** `left`: a routine that was left in the middle and may be gone on with. Null: nothing stands before it. Reactive. */
export function checkFirst(now: Date, left: PlayerState | null = null): Ahead | null {
  const known = toCheck(stretching.sessions, localDate(now.toISOString(), deviceZone()));
  const weak = left !== null && weakMeanwhile(left, checks.all);
  const check: Ahead | null = weak ? { what: 'weakness', stops: known?.stops ?? [] } : known;
  const questions = openQuestions(now);
  return questions === undefined ? check : { what: null, stops: [], ...check, questions };
}

/** The address of the urgent questions about an entry that gives a reason for them and was not answered for. Reactive. */
export function openQuestions(now: Date): string | undefined {
  const entry = checks.loading ? undefined : entryToAsk(diary.entries, checks.all, now);
  return entry && questionsAbout(entry);
}

/** Ends what was left in the middle, for the reason that was given meanwhile. */
export const stopLeft = (player: PlayerState, now = Date.now()): PlayerState =>
  stop(player, now, weakMeanwhile(player, checks.all) ? 'weakness' : null);
