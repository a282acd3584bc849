/**
 * What an entry's readings say at once, before any trend and without a connection. The server asks the same rules
 * (`tracker/redflags.py`); `tests/contracts/redflag_cases.json` holds both to one answer.
 */
import type { Flag, Reading } from './types.ts';
import { STREAMS } from './types.ts';

/** A mark on the saddle area asks for a check of the cauda equina now (S3, GIRFT pathway), however it is rated. */
export function evaluate(readings: readonly Reading[]): Flag[] {
  return readings.some((reading) => reading.region === 'saddle') ? [{ rule: 'saddle', level: 'E' }] : [];
}

export function isEmergency(flags: readonly Flag[]): boolean {
  return flags.some((flag) => flag.level === 'E');
}

/** Days for which a mark stays in sight on Today. */
export const FLAG_DAYS = 14;

interface Flaggable {
  readings: readonly Reading[];
  occurred_at: string;
}

/** The entries of the last days whose flags are emergencies, in the order given. Correcting an entry takes it out. */
export function openEmergencies<T extends Flaggable>(entries: readonly T[], now: Date): T[] {
  const earliest = now.getTime() - FLAG_DAYS * 86_400_000;
  return entries.filter((entry) => Date.parse(entry.occurred_at) >= earliest && isEmergency(evaluate(entry.readings)));
}

/** Not a flag by itself, but a reason to read the list of urgent signs. */
export type Concern = 'weakness' | 'both-legs';

/** 0-10: from here a muscle may be failing rather than sore, and the urgent questions are worth asking. */
const NOTABLE_WEAKNESS = 4;

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
