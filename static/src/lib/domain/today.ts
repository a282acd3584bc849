/** What the first screen has to say, worked out from the diary. */
import { localDate } from './clock.ts';
import type { LogBody, SessionBody } from './types.ts';

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

type Stretched = Pick<SessionBody, 'pain_next_morning' | 'numbness_next_morning' | 'time_zone' | 'started_at'> & {
  local_date: string;
};

/** The session of the day before whose next morning nobody has asked about; sessions come newest first. */
export function unaskedSession<T extends Stretched>(sessions: readonly T[], now: Date): T | undefined {
  return sessions.find((session) => {
    const yesterday = localDate(new Date(now.getTime() - 86_400_000).toISOString(), session.time_zone);
    return (
      session.local_date === yesterday && session.pain_next_morning === null && session.numbness_next_morning === null
    );
  });
}

/** Where a sign-in leads: an address of ours, never another site's. */
export function safeNext(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : '/';
}
