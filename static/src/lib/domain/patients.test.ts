import { describe, expect, it, test } from 'vitest';
import { chartLines, edgesOf, hasUrgent, isNoted, latestRatings, orDot, strokes, type Patient, type Report, type ReportDay } from './patients.ts';

describe('the line through a series', () => {
  it('goes from the worst at the top to none at the bottom', () => {
    expect(strokes([10, 5, 0], 20, 10)).toEqual(['0.0,0.0 10.0,5.0 20.0,10.0']);
  });

  it('never crosses a day on which nothing was logged', () => {
    expect(strokes([1, null, null, 3], 30, 10)).toEqual(['0.0,9.0', '30.0,7.0']);
  });

  it('is none without a rating', () => {
    expect(strokes([null, null], 30, 10)).toEqual([]);
    expect(strokes([], 30, 10)).toEqual([]);
  });
});

test('a day by itself is drawn as a dot', () => {
  expect(strokes([null, 5, null], 20, 10).map(orDot)).toEqual(['10.0,5.0 10.0,5.0']);
  expect(strokes([5, 5], 20, 10).map(orDot)).toEqual(['0.0,5.0 20.0,5.0']);
});

test('the latest rating of each stream is found, a nought among them, and no stream is made up', () => {
  const day = (date: string, ratings: object) => ({ date, numbness: null, tingling: null, pain: null, weakness: null, ...ratings }) as ReportDay;
  expect(latestRatings([day('2026-11-20', { numbness: 5, pain: 2 }), day('2026-11-21', { pain: 0 })])).toEqual([
    { stream: 'numbness', value: 5, date: '2026-11-20' },
    { stream: 'pain', value: 0, date: '2026-11-21' }
  ]);
  expect(latestRatings([day('2026-11-21', {})])).toEqual([]);
});

test('an urgent sign that was noted weighs as much as before, and nothing else does', () => {
  const reasons = (level: string | null) => [{ level, acknowledged: true }] as unknown as Patient['reasons'];
  for (const level of ['E', 'D']) {
    expect([isNoted(reasons(level)[0]!), hasUrgent({ reasons: reasons(level) })]).toEqual([false, true]);
  }
  for (const level of ['W', 'N', null]) {
    expect([isNoted(reasons(level)[0]!), hasUrgent({ reasons: reasons(level) })]).toEqual([true, false]);
  }
});

test('the start is counted from the first entry, and never shares a day with now', () => {
  const period = { start: '2026-08-01', end: '2026-11-22', days: 114, logged: 3 };
  expect(edgesOf(period)).toEqual({ days: 14, from: '2026-08-01' });
  expect(edgesOf({ ...period, begins: '2026-11-20' })).toEqual({ days: 1, from: '2026-11-20' });
  expect(edgesOf({ ...period, begins: '2026-11-16' })).toEqual({ days: 3, from: '2026-11-16' });
});

test('a chart has numbness and pain, and beside them what is flagged', () => {
  const flagged = (...streams: string[]) => chartLines(streams.map((stream) => ({ stream })) as Report['flags']);
  expect(flagged()).toEqual(['numbness', 'pain']);
  expect(flagged('tingling', 'reach', '')).toEqual(['numbness', 'tingling', 'pain']);
  expect(flagged('weakness', 'pain')).toEqual(['numbness', 'pain', 'weakness']);
});
