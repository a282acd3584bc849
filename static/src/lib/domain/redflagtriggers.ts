/** Why the urgent questions are asked at once with an entry; the same on the server (`tracker/redflags/entries.py`). */
import { concerns, NOTABLE_WEAKNESS } from './concerns.ts';
import { addDays } from './dates.ts';
import { evaluate } from './redflags.ts';
import { STREAMS } from './types.ts';
import type { LogBody, Reading } from './types.ts';

export const REASONS = ['saddle', 'both-legs', 'weakness', 'rise'] as const;
export type Reason = (typeof REASONS)[number];

export type Entry = Pick<LogBody, 'occurred_at' | 'readings'>;

/** Points in a day (3-clinical, 1). */
const STEEP_RISE = 3;
/** For so long a leg may have been getting weaker step by step. */
const WEAKENING = 7 * 86_400_000;

const momentOf = ({ occurred_at }: Entry) => Date.parse(occurred_at);
/** As the device's clock had it: the time carries its offset. */
const wallDate = ({ occurred_at }: Entry) => occurred_at.slice(0, 10);

const placeOf = ({ region, side }: Reading) => `${region} ${side}`;

interface Height {
  rated: number;
  /** Null: the worst of all places. */
  place: string | null;
}

/** Ratings by place and stream, and by stream the worst of all places but the saddle; 0 for no symptoms. */
function heights(readings: readonly Reading[]): Map<string, Height> {
  const none = STREAMS.map((stream): [string, Height] => [stream, { rated: 0, place: null }]);
  const found = new Map(readings.length === 0 ? none : []);
  for (const reading of readings) {
    for (const stream of STREAMS) {
      const rated = reading[stream];
      if (rated === null || reading.region === 'saddle') continue;
      const place = placeOf(reading);
      found.set(`${place} ${stream}`, { rated, place });
      found.set(stream, { rated: Math.max(rated, found.get(stream)?.rated ?? 0), place: null });
    }
  }
  return found;
}

const isUnrated = (reading: Reading) => STREAMS.every((stream) => reading[stream] === null);

function roseSteeply(entry: Entry, before: readonly Entry[]): boolean {
  const yesterday = addDays(wallDate(entry), -1);
  const recent = before.filter((other) => wallDate(other) >= yesterday).map(({ readings }) => readings);
  const then = recent.map(heights);
  const unrated = new Set(recent.flat().filter(isUnrated).map(placeOf));
  const isCompared = ({ place }: Height) => recent.length > 0 && place !== null && !unrated.has(place);
  return [...heights(entry.readings)].some(([what, height]) => {
    const ratings = then.flatMap((known) => known.get(what)?.rated ?? []);
    if (ratings.length === 0 && isCompared(height)) ratings.push(0);
    return ratings.some((rating) => height.rated - rating >= STEEP_RISE);
  });
}

const weaknessByPlace = (readings: readonly Reading[]) =>
  new Map(readings.flatMap((one): [string, number][] => (one.weakness === null ? [] : [[placeOf(one), one.weakness]])));

/** Weaker than in the last entry, and by now as much weaker than once in these days as is notable by itself. */
function weakenedStepByStep(readings: readonly Reading[], before: readonly Entry[]): boolean {
  const weak = before.map((other) => weaknessByPlace(other.readings));
  return [...weaknessByPlace(readings)].some(([place, weakness]) => {
    const lowest = Math.min(weakness, ...weak.flatMap((then) => then.get(place) ?? []));
    return weakness > (weak.at(-1)?.get(place) ?? 0) && weakness - lowest >= NOTABLE_WEAKNESS;
  });
}

const inBothLegs = (readings: readonly Reading[]) => concerns(readings).includes('both-legs');

function comesToBothLegs(readings: readonly Reading[], today: readonly Reading[]): boolean {
  return inBothLegs(readings) || (inBothLegs([...today, ...readings]) && !inBothLegs(today));
}

/**
 * In the order of `REASONS`; empty: nothing is asked. Of `others` those before the entry count, in whatever order they
 * come. `both-legs`: something felt left and right in this entry, or first with those of the same wall date before it.
 * `weakness`: 4 or more where the last entry of the 7 days before had less at that place, or nothing; or more than that
 * entry had, and by now 4 above the lowest rating of those days. `rise`: 3 or more above a rating of the same or the
 * previous wall date, in a stream at a place or in the worst of all places.
 *
 * A place or stream that was rated in none of the entries compared with counts as 0; why, the server's docstring says.
 * The choice, and the days, are background knowledge (B), unreviewed.
 */
export function reasonsToAsk(entry: Entry, others: readonly Entry[] = []): Reason[] {
  const moment = momentOf(entry);
  const before = others
    .filter((other) => momentOf(other) < moment)
    .sort((one, other) => momentOf(one) - momentOf(other));
  const today = before.filter((other) => wallDate(other) === wallDate(entry)).flatMap(({ readings }) => readings);
  const lately = before.filter((other) => moment - momentOf(other) <= WEAKENING);
  const newlyWeak = concerns(entry.readings, lately.at(-1)?.readings).includes('weakness');
  const holds: Record<Reason, boolean> = {
    saddle: evaluate(entry.readings).length > 0,
    'both-legs': comesToBothLegs(entry.readings, today),
    weakness: newlyWeak || weakenedStepByStep(entry.readings, lately),
    rise: roseSteeply(entry, before)
  };
  return REASONS.filter((reason) => holds[reason]);
}
