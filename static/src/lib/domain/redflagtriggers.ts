/** Why the urgent questions are asked at once with an entry; the same on the server (`tracker/redflags/entries.py`). */
import { concerns } from './concerns.ts';
import { addDays } from './dates.ts';
import { evaluate } from './redflags.ts';
import { STREAMS } from './types.ts';
import type { LogBody, Reading } from './types.ts';

export const REASONS = ['saddle', 'both-legs', 'weakness', 'rise'] as const;
export type Reason = (typeof REASONS)[number];

export type Entry = Pick<LogBody, 'occurred_at' | 'readings'>;

/** Points in a day (3-clinical, 1). */
const STEEP_RISE = 3;

const momentOf = ({ occurred_at }: Entry) => Date.parse(occurred_at);
/** As the device's clock had it: the time carries its offset. */
const wallDate = ({ occurred_at }: Entry) => occurred_at.slice(0, 10);

/** Ratings by place and stream, and by stream the worst of all places but the saddle; 0 for no symptoms. */
function heights(readings: readonly Reading[]): Map<string, number> {
  const found = new Map<string, number>(readings.length === 0 ? STREAMS.map((stream) => [stream, 0]) : []);
  for (const reading of readings) {
    for (const stream of STREAMS) {
      const rated = reading[stream];
      if (rated === null || reading.region === 'saddle') continue;
      found.set(`${reading.region} ${reading.side} ${stream}`, rated);
      found.set(stream, Math.max(rated, found.get(stream) ?? 0));
    }
  }
  return found;
}

function roseSteeply(entry: Entry, before: readonly Entry[]): boolean {
  const yesterday = addDays(wallDate(entry), -1);
  const now = [...heights(entry.readings)];
  return before
    .filter((other) => wallDate(other) >= yesterday)
    .map(({ readings }) => heights(readings))
    .some((then) => now.some(([what, height]) => height - (then.get(what) ?? height) >= STEEP_RISE));
}

/**
 * In the order of `REASONS`; empty: nothing is asked. Of `others` those before the entry count, in whatever order they
 * come. A rise is one of 3 or more above an entry of the same or the previous wall date, in a stream at a place rated
 * both times or in the stream's worst of all places.
 */
export function reasonsToAsk(entry: Entry, others: readonly Entry[] = []): Reason[] {
  const before = others
    .filter((other) => momentOf(other) < momentOf(entry))
    .sort((one, other) => momentOf(one) - momentOf(other));
  const worth: Reason[] = concerns(entry.readings, before.at(-1)?.readings);
  if (evaluate(entry.readings).length > 0) worth.push('saddle');
  if (roseSteeply(entry, before)) worth.push('rise');
  return REASONS.filter((reason) => worth.includes(reason));
}
