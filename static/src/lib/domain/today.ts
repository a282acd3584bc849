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

/** What one tap may say again. A mark on the saddle area is never copied: it is made on purpose, past the advice. */
export function copyOf(entry: Pick<LogBody, 'readings'>): Reading[] {
  return entry.readings.filter((reading) => reading.region !== 'saddle');
}

type Stretched = Pick<SessionBody, 'pain_next_morning' | 'numbness_next_morning' | 'stop_reason' | 'items'> & { local_date: string };

/** The last session of the calendar day before, if nobody has said yet how the next morning was. */
export function yesterdaysSession<T extends Stretched>(sessions: readonly T[], now: Date, zone: string): T | undefined {
  const yesterday = addDays(localDate(now.toISOString(), zone), -1);
  const last = sessions.find(
    ({ local_date, stop_reason, items }) =>
      // A leg that turned weak is asked about even if nothing had been done yet.
      local_date === yesterday && (stop_reason === 'weakness' || items.some((item) => item.status !== 'skipped'))
  );
  return last?.pain_next_morning === null && last.numbness_next_morning === null ? last : undefined;
}

/** Where a sign-in leads: an address of ours, never another site's. */
export function safeNext(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : '/';
}
