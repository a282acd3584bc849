/** What the first screen has to say, worked out from the diary. */
import { localDate } from './clock.ts';
import { addDays } from './dates.ts';
import type { LogBody, Reading, SessionBody } from './types.ts';

export type PartOfDay = 'night' | 'morning' | 'afternoon' | 'evening';

export function partOfDay(hour: number): PartOfDay {
  if (hour < 5 || hour >= 22) return 'night';
  if (hour < 12) return 'morning';
  return hour < 18 ? 'afternoon' : 'evening';
}

type Dated = Pick<LogBody, 'occurred_at' | 'readings'> & { local_date: string };

/** The latest entry of the most recent day before `today`; entries come newest first. */
export function lastBefore<T extends Dated>(entries: readonly T[], today: string): T | undefined {
  return entries.find((entry) => entry.local_date < today);
}

/**
 * For whoever writes once a week: the date of the next entry, a week after that of `last`, or null when it is due. `today`
 * and what is answered are local calendar dates.
 */
export function restsUntil(last: Pick<Dated, 'local_date'> | undefined, today: string): string | null {
  const next = last && addDays(last.local_date, 7);
  return next && next > today ? next : null;
}

/** What one tap may say again. A mark on the saddle area is never copied: it is made on purpose, past the advice. */
export function copyOf(entry: Pick<LogBody, 'readings'>): Reading[] {
  return entry.readings.filter((reading) => reading.region !== 'saddle');
}

type Stretched = Pick<
  SessionBody,
  'pain_next_morning' | 'numbness_next_morning' | 'next_morning_declined' | 'stop_reason' | 'items'
> & { local_date: string };

// A phone may still hold sessions from before anybody could decline.
const isAnswered = (one: Stretched) =>
  one.pain_next_morning !== null || one.numbness_next_morning !== null || one.next_morning_declined === true;

/**
 * The last session of the calendar day before; `sessions` come newest first. Undefined when one of that day's has been
 * answered for, on whichever device, or when the person did not want to say: there is one question, once.
 */
export function yesterdaysSession<T extends Stretched>(sessions: readonly T[], now: Date, zone: string): T | undefined {
  const yesterday = addDays(localDate(now.toISOString(), zone), -1);
  const those = sessions.filter(({ local_date }) => local_date === yesterday);
  if (those.some(isAnswered)) return undefined;
  // A leg that turned weak is asked about even if nothing had been done yet.
  return those.find(({ stop_reason, items }) => stop_reason === 'weakness' || items.some(({ status }) => status !== 'skipped'));
}

/** Where a sign-in leads: an address of ours, never another site's. */
export function safeNext(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : '/';
}
