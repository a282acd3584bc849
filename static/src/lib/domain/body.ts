/**
 * The body as the diary knows it: which places there are, and how readings are keyed and ranked.
 * A place is a region with its side; its key (`calf:left`) names it in maps of values.
 */
import { MIDLINE_REGIONS, REGIONS, STREAMS } from './types.ts';
import type { Rating, Reading, Region, Side, Stream } from './types.ts';

export interface Place {
  region: Region;
  side: Side;
}

export interface Worst {
  stream: Stream;
  value: number;
}

export function sidesOf(region: Region): readonly Side[] {
  return MIDLINE_REGIONS.includes(region) ? ['midline'] : ['left', 'right'];
}

export function otherSide(side: 'left' | 'right'): 'left' | 'right' {
  return side === 'left' ? 'right' : 'left';
}

/** Every place there is, from the low back to the sole, left before right. */
export const PLACES: readonly Place[] = REGIONS.flatMap((region) =>
  sidesOf(region).map((side) => ({ region, side }))
);

export function readingKey(region: Region, side: Side): string {
  return `${region}:${side}`;
}

export function keyOf(place: Place): string {
  return readingKey(place.region, place.side);
}

/** The place that a key names, or undefined for a key that names none. */
export function placeOf(key: string): Place | undefined {
  return PLACES.find((place) => keyOf(place) === key);
}

const RANK = new Map(PLACES.map((place, rank) => [keyOf(place), rank]));

/** Orders readings (and anything else with a place) from the low back to the sole. */
export function topToBottom(a: Place, b: Place): number {
  return (RANK.get(keyOf(a)) ?? RANK.size) - (RANK.get(keyOf(b)) ?? RANK.size);
}

/** The highest-rated stream of a reading, the first of `STREAMS` on a tie; null while nothing is rated. */
export function worstOf(reading: Reading): Worst | null {
  let worst: Worst | null = null;
  for (const stream of STREAMS) {
    const value = reading[stream];
    if (value !== null && (worst === null || value > worst.value)) worst = { stream, value };
  }
  return worst;
}

/** The highest rating of each stream over several readings; null where none was rated. */
export function worstByStream(readings: readonly Reading[]): Record<Stream, Rating> {
  const worst: Record<Stream, Rating> = { numbness: null, tingling: null, pain: null, weakness: null };
  for (const reading of readings) {
    for (const stream of STREAMS) {
      const value = reading[stream];
      if (value !== null) worst[stream] = Math.max(value, worst[stream] ?? 0);
    }
  }
  return worst;
}

export function emptyReading(region: Region, side: Side): Reading {
  return { region, side, numbness: null, tingling: null, pain: null, weakness: null, qualities: [] };
}

/** True while a reading says nothing: no stream rated and no quality chosen. */
export function isEmptyReading(reading: Reading): boolean {
  return worstOf(reading) === null && reading.qualities.length === 0;
}

export function findReading(readings: readonly Reading[], region: Region, side: Side): Reading | undefined {
  return readings.find((reading) => reading.region === region && reading.side === side);
}

/** The readings with this one put in its place, replacing an earlier one of the same place. */
export function withReading(readings: readonly Reading[], reading: Reading): Reading[] {
  return [...withoutReading(readings, reading.region, reading.side), reading].sort(topToBottom);
}

export function withoutReading(readings: readonly Reading[], region: Region, side: Side): Reading[] {
  return readings.filter((reading) => reading.region !== region || reading.side !== side);
}
