import { describe, expect, it } from 'vitest';
import { REGION_GROUPS, depthOf, furthestDown, regionsOf, viewsOf } from './anatomy.ts';
import {
  PLACES, emptyReading, isEmptyReading, keyOf, placeOf, readingKey, sidesOf, topToBottom, withReading, withoutReading,
  worstByStream, worstOf
} from './body.ts';
import { MIDLINE_REGIONS, REGIONS } from './types.ts';
import type { Reading, Region } from './types.ts';

function reading(region: Region, ratings: Partial<Reading> = {}): Reading {
  return { ...emptyReading(region, 'left'), ...ratings };
}

describe('places', () => {
  it('are every region on both sides, and the midline regions once', () => {
    expect(PLACES).toHaveLength((REGIONS.length - MIDLINE_REGIONS.length) * 2 + MIDLINE_REGIONS.length);
    expect(sidesOf('low-back')).toEqual(['midline']);
    expect(sidesOf('saddle')).toEqual(['midline']);
    expect(sidesOf('sole')).toEqual(['left', 'right']);
  });

  it('have keys that name them and nothing else', () => {
    expect(new Set(PLACES.map(keyOf)).size).toBe(PLACES.length);
    for (const place of PLACES) expect(placeOf(keyOf(place))).toEqual(place);
    expect(placeOf('elbow:left')).toBeUndefined();
    expect(placeOf(readingKey('saddle', 'left'))).toBeUndefined();
  });

  it('are each in one group and in at least one view', () => {
    expect(REGION_GROUPS.flatMap(regionsOf).toSorted()).toEqual([...REGIONS].toSorted());
    for (const region of REGIONS) expect(viewsOf(region).length).toBeGreaterThan(0);
  });

  it('are ordered from the low back to the sole, left before right', () => {
    const shuffled = PLACES.toSorted((a, b) => keyOf(a).length - keyOf(b).length);
    expect(shuffled.sort(topToBottom)).toEqual(PLACES);
    expect(PLACES[0]).toEqual({ region: 'low-back', side: 'midline' });
  });
});

describe('distance down the leg', () => {
  it('grows from the back over hip, thigh, knee and lower leg to the toes', () => {
    const way: Region[] = ['low-back', 'buttock', 'back-of-thigh', 'knee', 'calf', 'heel', 'big-toe'];
    expect(way.map(depthOf)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('of an entry is that of the lowest region where anything is felt', () => {
    expect(furthestDown([])).toBeNull();
    expect(furthestDown([reading('sole', { pain: 0 }), reading('calf')])).toBeNull();
    expect(furthestDown([reading('buttock', { pain: 4 }), reading('calf', { numbness: 1 })])).toBe(4);
  });
});

describe('the worst of the streams', () => {
  it('is the highest rating, the first stream on a tie', () => {
    expect(worstOf(reading('calf', { numbness: 3, pain: 6 }))).toEqual({ stream: 'pain', value: 6 });
    expect(worstOf(reading('calf', { tingling: 5, weakness: 5 }))).toEqual({ stream: 'tingling', value: 5 });
  });

  it('tells a zero from not asked', () => {
    expect(worstOf(reading('calf'))).toBeNull();
    expect(worstOf(reading('calf', { weakness: 0 }))).toEqual({ stream: 'weakness', value: 0 });
  });

  it('is kept apart by stream over several readings', () => {
    const both = [reading('calf', { pain: 2, numbness: 0 }), reading('sole', { pain: 7 })];
    expect(worstByStream(both)).toEqual({ numbness: 0, tingling: null, pain: 7, weakness: null });
  });
});

describe('the readings of an entry', () => {
  it('hold one reading a place, top to bottom', () => {
    const readings = withReading([reading('sole')], reading('calf', { pain: 1 }));
    expect(readings.map((row) => row.region)).toEqual(['calf', 'sole']);
    expect(withReading(readings, reading('calf', { pain: 9 }))[0]?.pain).toBe(9);
    expect(withReading(readings, { ...reading('calf'), side: 'right' })).toHaveLength(3);
    expect(withoutReading(readings, 'calf', 'left').map((row) => row.region)).toEqual(['sole']);
  });

  it('say nothing until a stream is rated or a quality chosen', () => {
    expect(isEmptyReading(reading('calf'))).toBe(true);
    expect(isEmptyReading(reading('calf', { pain: 0 }))).toBe(false);
    expect(isEmptyReading(reading('calf', { qualities: ['burning'] }))).toBe(false);
  });
});
