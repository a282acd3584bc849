/** Which of a session's exercises was stopped for how it felt: that is no leaving out. */
import type { SessionBody, SkipReason } from './types.ts';

/** `further`: pain or numbness moved further down the leg, which says more than pain. */
export type StoppedFor = 'pain' | 'numbness' | 'weakness' | 'further';
type Session = Pick<SessionBody, 'ended' | 'stop_reason' | 'hurts'> & {
  items: readonly Pick<SessionBody['items'][number], 'status' | 'reason'>[];
};

const FELT: readonly (SkipReason | null)[] = ['pain', 'numbness', 'weakness'];

/**
 * Of the item at `index`; null: it was done, or left for another reason. Begun, said to hurt while it was on, or the one
 * at which the whole session was stopped: one that was passed over before it began was left out.
 */
export function stoppedFor(session: Session, index: number): StoppedFor | null {
  const { status, reason } = session.items[index]!;
  if (status === 'done' || !FELT.includes(reason)) return null;
  const hurts = session.hurts.filter(({ item }) => item === index);
  const lastOfIt = session.items.findLastIndex((item) => item.reason === reason) === index;
  const endedHere = session.ended === 'stopped' && session.stop_reason === reason && lastOfIt;
  if (status !== 'partial' && hurts.length === 0 && !endedHere) return null;
  if (reason !== 'weakness' && hurts.some(({ further_down }) => further_down)) return 'further';
  return reason as StoppedFor;
}
