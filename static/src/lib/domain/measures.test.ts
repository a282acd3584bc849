import { describe, expect, test } from 'vitest';
import type { StoredMeasure } from './documents.ts';
import { answeredOn, coursesOf, dueOn, meanChange, meanOf, namedLast } from './measures.ts';
import type { Activity } from './types.ts';

const base = { time_zone: 'Europe/Berlin', version: 1, received_at: null, changed_at: null, deleted_at: null };

const week = (date: string, pain = 4, more: Partial<StoredMeasure> = {}): StoredMeasure => ({
  ...base,
  id: `week-${date}`,
  kind: 'interference',
  answered_at: `${date}T19:00:00+01:00`,
  local_date: date,
  interference: { pain, enjoyment: null, activity: null },
  activities: [],
  ...more
});

const hard = (date: string, ratings: Record<string, number>): StoredMeasure => {
  const activities = Object.entries(ratings).map(([name, rating]): Activity => ({ name, rating }));
  return { ...week(date), id: `hard-${date}`, kind: 'activities', interference: null, activities };
};

describe('what is asked, and when', () => {
  const BEGAN = '2026-11-01';

  test('nothing without an entry, nor in the first week', () => {
    expect(dueOn([], '2026-11-20', undefined)).toEqual([]);
    expect(dueOn([], '2026-11-07', BEGAN)).toEqual([]);
    expect(dueOn([], '2026-11-08', BEGAN)).toEqual(['interference', 'activities']);
  });

  test('the week a week after the last time, what is hard after two', () => {
    const answered = [week('2026-11-10'), hard('2026-11-10', { walking: 3 })];
    expect(dueOn(answered, '2026-11-16', BEGAN)).toEqual([]);
    expect(dueOn(answered, '2026-11-17', BEGAN)).toEqual(['interference']);
    expect(dueOn(answered, '2026-11-24', BEGAN)).toEqual(['interference', 'activities']);
  });

  test('what was deleted, or is dated ahead by a wrong clock, was not answered', () => {
    const gone = week('2026-11-19', 4, { deleted_at: '2026-11-19T20:00:00Z' });
    const ahead = week('2027-01-01');
    expect(dueOn([gone, ahead], '2026-11-20', BEGAN)).toContain('interference');
  });

  test('of one day the last answers are corrected, of another day none', () => {
    const all = [week('2026-11-20'), week('2026-11-13')];
    expect(answeredOn(all, 'interference', '2026-11-20')?.id).toBe('week-2026-11-20');
    expect(answeredOn(all, 'interference', '2026-11-19')).toBeUndefined();
    expect(answeredOn(all, 'activities', '2026-11-20')).toBeUndefined();
  });
});

test('a mean is that of what was answered', () => {
  expect(meanOf([4, null, 7])).toBe(5.5);
  expect(meanOf([null, null])).toBeNull();
});

describe('what is hard', () => {
  test('is named once and offered again, as it was named last', () => {
    const all = [hard('2026-11-15', { stairs: 5 }), hard('2026-11-01', { walking: 2, socks: 4 })];
    expect(namedLast(all)).toEqual([{ name: 'stairs', rating: 5 }]);
    expect(namedLast([])).toEqual([]);
  });

  test('one thing has changed from three points on, whatever the case of its name', () => {
    const all = [hard('2026-11-01', { Walking: 2, socks: 4, stairs: 6, sitting: 5 }), hard('2026-11-15', { walking: 5, socks: 6, stairs: 3 })];
    expect(coursesOf(all).map(({ name, change }) => [name, change])).toEqual([
      ['Walking', 'better'],
      ['socks', 'same'],
      ['stairs', 'worse'],
      ['sitting', 'unknown']
    ]);
  });

  test.each([
    [{ walking: 4, socks: 6, stairs: 8 }, 'better'],
    [{ walking: 4, socks: 6, stairs: 7 }, 'same'],
    [{ walking: 0, socks: 2, stairs: 4 }, 'worse']
  ])('all together have changed from two points of the mean on: %o', (now, change) => {
    const all = [hard('2026-11-01', { walking: 2, socks: 4, stairs: 6 }), hard('2026-11-15', now)];
    expect(meanChange(all)).toMatchObject({ start: 4, change });
  });

  test('the mean is over what was rated both times, and one thing has none', () => {
    const all = [hard('2026-11-01', { walking: 2, socks: 4 }), hard('2026-11-15', { walking: 6, socks: 6, stairs: 0 })];
    expect(meanChange(all)).toEqual({ start: 3, now: 6, change: 'better' });
    expect(meanChange([hard('2026-11-01', { walking: 2 }), hard('2026-11-15', { walking: 9, stairs: 1 })])).toBeNull();
    expect(meanChange([])).toBeNull();
  });
});
