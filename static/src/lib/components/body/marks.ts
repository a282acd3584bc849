/** What a place on the map shows: a stream's colour by strength, and the number in that stream's own mark. */
import { keyOf, worstOf } from '#lib/domain/body.ts';
import { STREAMS, type Reading, type Stream } from '#lib/domain/types.ts';

export interface Mark {
  stream: Stream | null;
  /** 0-10; null for a place that is marked but not rated yet. */
  value: number | null;
  /** The other streams felt there, smaller beside the number. */
  also?: Stream[];
  /** What the mark was made of. */
  reading?: Reading;
}

/** The mark of each place, by key: the worst of what was rated there. */
export function marksOf(readings: readonly Reading[]): Map<string, Mark> {
  return new Map(
    readings.map((reading) => [keyOf(reading), markOf(reading)] as const)
  );
}

function markOf(reading: Reading): Mark {
  const worst = worstOf(reading);
  const also = STREAMS.filter((stream) => stream !== worst?.stream && (reading[stream] ?? 0) > 0);
  return { ...(worst ?? { stream: null, value: null }), also, reading };
}

export function heatMarks(heat: ReadonlyMap<string, number>, stream: Stream): Map<string, Mark> {
  return new Map([...heat].filter(([, value]) => value > 0).map(([key, value]) => [key, { stream, value }]));
}

/** Each stream's mark is a shape of its own (within 24 x 24 about 0,0): colour is never the only difference. */
export const MARK_PATHS: Record<Stream, string> = {
  numbness: 'M0-12A12 12 0 0 1 0 12A12 12 0 0 1 0-12Z',
  tingling: 'M0-14L14 0L0 14L-14 0Z',
  pain: 'M-8-11H8A3 3 0 0 1 11-8V8A3 3 0 0 1 8 11H-8A3 3 0 0 1-11 8V-8A3 3 0 0 1-8-11Z',
  weakness: 'M-7-12H7L14 0L7 12H-7L-14 0Z'
};

/** How strongly an area takes a stream's colour, in percent: a 1 is seen, a 10 is not yet solid. */
export function strengthOf(value: number | null): number {
  return value === null ? 12 : Math.round(18 + value * 6);
}
