import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { concerns } from './concerns.ts';
import { evaluate, haltOf, openEmergencies, stopsExercise } from './redflags.ts';
import type { Flag, Reading } from './types.ts';

interface Case {
  name: string;
  readings: Reading[];
  flags: Flag[];
}
const shared = new URL('../../../../tests/contracts/redflag_cases.json', import.meta.url);
const { readings: cases } = JSON.parse(readFileSync(shared, 'utf8')) as { readings: Case[] };

const reading = (patch: Partial<Reading>): Reading => ({
  region: 'calf',
  side: 'left',
  numbness: null,
  tingling: null,
  pain: null,
  weakness: null,
  qualities: [],
  ...patch
});

describe('the rules shared with the server', () => {
  it.each(cases)('$name', ({ readings, flags }) => {
    expect(evaluate(readings)).toEqual(flags);
  });
});

describe('an emergency on Today', () => {
  const now = new Date('2026-11-20T08:00:00Z');
  const saddle = [reading({ region: 'saddle', side: 'midline', numbness: 2 })];
  const entry = (occurred_at: string, readings: Reading[]) => ({ occurred_at, readings });

  it('stays for fourteen days', () => {
    const recent = entry('2026-11-06T09:00:00Z', saddle);
    const old = entry('2026-11-06T07:00:00Z', saddle);
    expect(openEmergencies([recent, old], now)).toEqual([recent]);
  });

  it('goes when the entry is corrected', () => {
    expect(openEmergencies([entry('2026-11-19T09:00:00Z', [reading({ pain: 3 })])], now)).toEqual([]);
  });
});

describe('what needs checking', () => {
  it('is weakness of 4 or more that is new', () => {
    const weak = reading({ weakness: 4 });
    expect(concerns([weak])).toEqual(['weakness']);
    expect(concerns([weak], [reading({ weakness: 3 })])).toEqual(['weakness']);
    expect(concerns([weak], [reading({ weakness: 5 })])).toEqual([]);
    expect(concerns([reading({ weakness: 3 })])).toEqual([]);
  });

  it('is something felt in both legs', () => {
    const right = reading({ side: 'right', pain: 2 });
    expect(concerns([reading({ numbness: 1 }), right])).toEqual(['both-legs']);
    expect(concerns([reading({ numbness: 0 }), right])).toEqual([]);
    expect(concerns([reading({ region: 'low-back', side: 'midline', pain: 6 }), right])).toEqual([]);
  });
});

describe('what stands against exercising', () => {
  const now = new Date('2026-11-20T08:00:00Z');
  const entry = (patch: { readings?: Reading[]; flags?: Flag[]; occurred_at?: string }) => ({
    readings: [],
    occurred_at: '2026-11-19T08:00:00Z',
    ...patch
  });
  const saddle = entry({ readings: [reading({ region: 'saddle', side: 'midline' })] });
  const sameDay = entry({ flags: [{ rule: 'foot-drop', level: 'D' }] });

  it('is an emergency or what a doctor should see the same day, and nothing milder', () => {
    expect((['E', 'D', 'W', 'N'] as const).map((level) => stopsExercise([{ rule: 'any', level }]))).toEqual([
      true,
      true,
      false,
      false
    ]);
    expect(stopsExercise([])).toBe(false);
  });

  it('is an emergency first, whichever comes first in the diary', () => {
    expect(haltOf([sameDay, saddle], now)).toEqual({ entry: saddle, emergency: true });
    expect(haltOf([sameDay], now)).toEqual({ entry: sameDay, emergency: false });
    expect(haltOf([entry({ flags: [{ rule: 'persists', level: 'W' }] })], now)).toBeNull();
    expect(haltOf([], now)).toBeNull();
  });

  it('ends after a fortnight, and with a correction that the server has not answered yet', () => {
    expect(haltOf([{ ...saddle, occurred_at: '2026-11-01T08:00:00Z' }], now)).toBeNull();
    expect(haltOf([entry({ flags: [{ rule: 'saddle', level: 'E' }] })], now)).toBeNull();
  });
});
