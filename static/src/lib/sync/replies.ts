import { sendAnswer } from '#lib/api/reminders.ts';
import type { Occurrence } from '#lib/domain/reminders.ts';
import type { Database } from '#lib/storage/db.ts';
import { currentPerson } from '#lib/storage/device.ts';
import { concludeReply, waitingReplies } from '#lib/storage/reminders.ts';
import type { ActsEnd } from './acts.ts';

/**
 * Sends the answers to reminders, oldest first. What the server refuses (a reminder that is gone, an evening that is
 * over) is not said again: what stands there is shown with the next reading. The caller holds the drain's lock.
 */
export async function sendReplies(db: Database, person: string): Promise<ActsEnd> {
  const end: ActsEnd = { state: 'done', sent: 0, wait: null };
  for (const reply of await waitingReplies(db)) {
    if ((await currentPerson())?.id !== person) return { ...end, state: 'other-person' };
    const answer = await sendAnswer(person, reply);
    if (answer.kind === 'again') return { ...end, state: 'later', wait: answer.wait };
    if (answer.kind === 'signed-out' || answer.kind === 'other-person') return { ...end, state: answer.kind };
    const stands = answer.kind === 'ok' ? (answer.body as Occurrence | null) : null;
    // A 2xx that does not name this one is not about it, whoever sent it.
    if (answer.kind === 'ok' && stands?.id !== reply.occurrence) return { ...end, state: 'later' };
    await concludeReply(db, person, reply, stands);
    end.sent += 1;
  }
  return end;
}
