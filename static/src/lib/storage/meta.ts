import type { Agreed } from '#lib/domain/agreed.ts';
import type { KeptPeople } from '#lib/domain/way.ts';
import type { Declined } from '#lib/domain/progress.ts';
import type { AskedAgain } from '#lib/domain/questionnaire.ts';
import type { KeptReminders, PendingAnswer } from '#lib/domain/reminders.ts';
import type { KeptResponses } from '#lib/domain/response.ts';
import type { Settled } from '#lib/domain/signs.ts';
import type { KeptTrends } from '#lib/domain/trends.ts';
import type { Database } from './db.ts';
import { STRICT, commit } from './db.ts';
import { stored } from './faults.ts';

/** How far the phone has got with what the server holds of one kind. */
export interface PullMark {
  /** While the first fill runs: the address of the next page, and how many documents have come. */
  filling: { next: string | null; count: number } | null;
  filled: boolean;
  /** The server's own time of the newest change seen: the next pull asks from a little before it. */
  changed_at: string | null;
}

interface Meta {
  'pull-log': PullMark;
  'pull-session': PullMark;
  'pull-check': PullMark;
  'pull-measure': PullMark;
  'pull-flag': PullMark;
  player: unknown;
  declined: Declined[];
  agreed: Agreed[];
  responses: KeptResponses;
  trends: KeptTrends;
  settled: Settled[];
  /** The entries of whose marks the advice was confirmed as read on this phone, the latest last. */
  read_marks: string[];
  /** The wall date until which the questions about signs are put off. */
  questions_later: string;
  /** The wall date until which the questions about the week are put off. */
  measures_later: string;
  asked_again: AskedAgain;
  people: KeptPeople;
  reminders: KeptReminders;
  /** To reminders, in the order in which they were given. */
  answers: PendingAnswer[];
}

export function getMeta<K extends keyof Meta>(db: Database, key: K): Promise<Meta[K] | null> {
  return stored(async () => ((await db.get('meta', key)) as Meta[K] | undefined) ?? null);
}

export function setMeta<K extends keyof Meta>(db: Database, key: K, value: Meta[K]): Promise<void> {
  return stored(async () => {
    const tx = db.transaction('meta', 'readwrite', STRICT);
    await commit(tx, () => tx.store.put(value, key));
  });
}

export function clearMeta(db: Database, key: keyof Meta): Promise<void> {
  return stored(() => db.delete('meta', key));
}
