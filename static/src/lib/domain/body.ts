/**
 * The body as the diary knows it: where a region lies, how far down the leg, and how readings are keyed and ranked.
 * A place is a region with its side; its key (`calf:left`) names it in maps of values.
 */
import { MIDLINE_REGIONS, REGIONS, STREAMS } from './types.ts';
import type { Rating, Reading, Region, Side, Stream } from './types.ts';

/** The four drawings: the lower body twice, the feet seen from above, and the soles. */
export const VIEWS = ['front', 'back', 'feet', 'soles'] as const;
export type View = (typeof VIEWS)[number];

export const REGION_GROUPS = ['back-and-hip', 'thigh', 'knee-and-shin', 'foot'] as const;
export type RegionGroup = (typeof REGION_GROUPS)[number];

export interface Place {
  region: Region;
  side: Side;
}

export interface Worst {
  stream: Stream;
  value: number;
}

interface Anatomy {
  group: RegionGroup;
  views: readonly View[];
  /** Steps down the leg: 0 low back, 1 hip, 2 thigh, 3 knee, 4 lower leg, 5 foot, 6 toes. */
  depth: number;
}

const ANATOMY: Record<Region, Anatomy> = {
  'low-back': { group: 'back-and-hip', views: ['back'], depth: 0 },
  groin: { group: 'back-and-hip', views: ['front'], depth: 1 },
  saddle: { group: 'back-and-hip', views: ['front', 'back'], depth: 1 },
  'outer-hip': { group: 'back-and-hip', views: ['front', 'back'], depth: 1 },
  buttock: { group: 'back-and-hip', views: ['back'], depth: 1 },
  'front-thigh': { group: 'thigh', views: ['front'], depth: 2 },
  'outer-thigh': { group: 'thigh', views: ['front', 'back'], depth: 2 },
  'inner-thigh': { group: 'thigh', views: ['front'], depth: 2 },
  'back-of-thigh': { group: 'thigh', views: ['back'], depth: 2 },
  knee: { group: 'knee-and-shin', views: ['front', 'back'], depth: 3 },
  'inner-shin': { group: 'knee-and-shin', views: ['front'], depth: 4 },
  'outer-shin': { group: 'knee-and-shin', views: ['front'], depth: 4 },
  calf: { group: 'knee-and-shin', views: ['back'], depth: 4 },
  'top-of-foot': { group: 'foot', views: ['front', 'feet'], depth: 5 },
  'big-toe': { group: 'foot', views: ['front', 'feet', 'soles'], depth: 6 },
  'little-toes': { group: 'foot', views: ['front', 'feet', 'soles'], depth: 6 },
  'outer-foot': { group: 'foot', views: ['feet', 'soles'], depth: 5 },
  heel: { group: 'foot', views: ['back', 'soles'], depth: 5 },
  sole: { group: 'foot', views: ['soles'], depth: 5 }
};

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

export function viewsOf(region: Region): readonly View[] {
  return ANATOMY[region].views;
}

export function regionsOf(group: RegionGroup): readonly Region[] {
  return REGIONS.filter((region) => ANATOMY[region].group === group);
}

/** Steps down the leg, 0 (low back) to 6 (toes). Regions at one height share a step. */
export function depthOf(region: Region): number {
  return ANATOMY[region].depth;
}

/** The lowest step that any reading above 0 reaches; null when nothing is felt. */
export function furthestDown(readings: readonly Reading[]): number | null {
  const felt = readings.filter((reading) => (worstOf(reading)?.value ?? 0) > 0);
  return felt.length === 0 ? null : Math.max(...felt.map((reading) => depthOf(reading.region)));
}

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
