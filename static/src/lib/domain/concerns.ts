/** What is no sign that needs checking by itself, but worth a word while an entry is written. */
import { STREAMS } from './types.ts';
import type { Reading } from './types.ts';

/** Not a flag by itself, but a reason to read the list of urgent signs. */
export type Concern = 'weakness' | 'both-legs';

/** 0-10: from here a muscle may be failing rather than sore, and the urgent questions are worth asking. */
export const NOTABLE_WEAKNESS = 4;

/** Marked and not rated counts as felt: the person meant something by it. */
function isFelt(reading: Reading): boolean {
  const rated = STREAMS.map((stream) => reading[stream]).filter((value) => value !== null);
  return rated.length === 0 || rated.some((value) => value > 0);
}

function isNewlyWeak(reading: Reading, before: readonly Reading[]): boolean {
  if ((reading.weakness ?? 0) < NOTABLE_WEAKNESS) return false;
  const earlier = before.find((one) => one.region === reading.region && one.side === reading.side);
  return (earlier?.weakness ?? 0) < NOTABLE_WEAKNESS;
}

/** `before` are the readings of the entry before this one; none on the first day. */
export function concerns(readings: readonly Reading[], before: readonly Reading[] = []): Concern[] {
  const found: Concern[] = [];
  if (readings.some((reading) => isNewlyWeak(reading, before))) found.push('weakness');
  const felt = readings.filter(isFelt);
  if (felt.some(({ side }) => side === 'left') && felt.some(({ side }) => side === 'right')) found.push('both-legs');
  return found;
}
