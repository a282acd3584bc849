/** Reminders as last seen, and the answers to them that the server has not heard. */
import type { KeptReminders, Occurrence, PendingAnswer } from '#lib/domain/reminders.ts';
import { announce } from './changes.ts';
import { STRICT, commit, type Database } from './db.ts';
import { stored } from './faults.ts';
import { getMeta } from './meta.ts';

export const keptReminders = (db: Database): Promise<KeptReminders | null> => getMeta(db, 'reminders');
export const waitingReplies = async (db: Database): Promise<PendingAnswer[]> => (await getMeta(db, 'answers')) ?? [];

/** The page and the worker write here at the same time: each change is read and written in one transaction. */
function change(db: Database, work: (meta: Meta) => Promise<unknown>): Promise<void> {
  return stored(async () => {
    const tx = db.transaction('meta', 'readwrite', STRICT);
    await commit(tx, () => work(tx.store));
  });
}

interface Meta {
  get(key: string): Promise<unknown>;
  put(value: unknown, key: string): Promise<unknown>;
}

const repliesIn = async (meta: Meta) => ((await meta.get('answers')) ?? []) as PendingAnswer[];

export async function keepReminders(db: Database, person: string, kept: KeptReminders): Promise<void> {
  await change(db, (meta) => meta.put(kept, 'reminders'));
  announce({ about: 'reminders', person });
}

/** Resolves when the answer is on the disk. */
export async function queueReply(db: Database, person: string, reply: PendingAnswer): Promise<void> {
  await change(db, async (meta) => meta.put([...(await repliesIn(meta)), reply], 'answers'));
  announce({ about: 'reminders', person });
}

const same = (one: PendingAnswer, other: PendingAnswer) =>
  one.occurrence === other.occurrence && one.answered_at === other.answered_at && one.answer === other.answer;

/** The server has heard it, or will never have it; `stands` is what holds now, whoever said it. */
export async function concludeReply(db: Database, person: string, reply: PendingAnswer, stands: Occurrence | null): Promise<void> {
  await change(db, async (meta) => {
    const left = (await repliesIn(meta)).filter((one) => !same(one, reply));
    await meta.put(left, 'answers');
    const kept = (await meta.get('reminders')) as KeptReminders | undefined;
    if (!stands || !kept) return;
    const occurrences = kept.occurrences.map((one) => (one.id === stands.id ? stands : one));
    await meta.put({ ...kept, occurrences }, 'reminders');
  });
  announce({ about: 'reminders', person });
}
