import { describe, expect, test } from 'vitest';
import { DayIndex, type DatedEntry } from './days.ts';
import { chartOf } from './trendchart.ts';
import { heightOf, rankOf, shownUsual, standingOf, toldApart, trendOf, usualMonth, yearsApart, zoneOf, type Trend, type Worsening } from './trendwords.ts';
import type { Reading } from './types.ts';

const WORSE = {
  since: '2026-11-08', day: '2026-11-19', over: null, false_alarms_per_year: 0.5,
  baseline: 3.1, recent: 4.9, above: 9, entries: 11, region: 'calf', side: 'left'
};
const worse = (evidence: object = {}, stream: string | null = 'numbness') =>
  trendOf({ rule: 'sustained-worsening', stream, evidence: { ...WORSE, ...evidence } });

describe('what the evidence says', () => {
  test('a worsening has its levels, days and worst place', () => {
    expect(worse()).toEqual({
      rule: 'sustained-worsening', stream: 'numbness', since: '2026-11-08', day: '2026-11-19', rate: 0.5,
      baseline: 3.1, recent: 4.9, above: 9, entries: 11, place: { region: 'calf', side: 'left' }
    });
  });

  test('without a region there is no place', () => {
    expect(worse({ region: null, side: null })).toMatchObject({ place: null });
    expect(worse({ region: 'ear', side: 'left' })).toMatchObject({ place: null });
  });

  test('a flare, a spread and an exercise have theirs', () => {
    const told = { since: '2026-11-08', day: '2026-11-11', false_alarms_per_year: 1 };
    const flare = { ...told, baseline: 2, last: '2026-11-10', entries: 3, region: null, side: null };
    expect(trendOf({ rule: 'flare', stream: 'pain', evidence: flare })).toMatchObject({ rule: 'flare', last: '2026-11-10' });
    const spread = { ...told, how: 'other-side', places: [{ region: 'calf', side: 'right' }, { region: '?', side: 'left' }] };
    expect(trendOf({ rule: 'spreading', stream: 'reach', evidence: spread })).toMatchObject({
      how: 'other-side', places: [{ region: 'calf', side: 'right' }]
    });
    const exercises = [{ exercise: 'bridge', stream: 'pain', moment: 'after', rose: 3, of: 5, sessions: [] }];
    expect(trendOf({ rule: 'aggravated-by', stream: null, evidence: { ...told, exercises } })).toMatchObject({
      exercises: [{ exercise: 'bridge', stream: 'pain', moment: 'after', rose: 3, of: 5 }]
    });
  });

  test.each([
    ['a red flag', { rule: 'saddle', stream: null, evidence: { signs: [] } }],
    ['an unknown rule', { rule: 'silent-week', stream: null, evidence: WORSE }],
    ['an unknown stream', { rule: 'sustained-worsening', stream: 'itch', evidence: WORSE }],
    ['a missing figure', { rule: 'sustained-worsening', stream: 'pain', evidence: { ...WORSE, recent: null } }],
    ['no date', { rule: 'sustained-worsening', stream: 'pain', evidence: { ...WORSE, since: '2026-02-30' } }],
    ['no places', { rule: 'spreading', stream: 'reach', evidence: { ...WORSE, how: 'further-down', places: 'calf' } }],
    ['no exercises', { rule: 'aggravated-by', stream: null, evidence: { ...WORSE, exercises: [null] } }]
  ])('%s is no trend that can be told', (_, flag) => expect(trendOf(flag)).toBeNull());
});

describe('where it stands', () => {
  const now = new Date('2026-11-21T12:00:00Z');
  test.each([
    ['open', null, 'new'],
    ['reopened', null, 'new'],
    ['seen', null, 'read'],
    ['seen', '2026-11-22T08:00:00Z', 'put-off'],
    ['seen', '2026-11-21T08:00:00Z', 'due'],
    ['resolved', '2026-11-22T08:00:00Z', 'settled']
  ])('%s, put off until %s: %s', (state, snoozed_until, standing) => {
    expect(standingOf({ state, snoozed_until }, now)).toBe(standing);
  });
});

describe('figures that people read', () => {
  test('levels are told in halves, and in tenths where they would be the same', () => {
    expect(toldApart(3.1, 4.9)).toEqual([3, 5]);
    expect(toldApart(0.54, 2.29)).toEqual([0.5, 2.5]);
    expect(toldApart(3.05, 3.22)).toEqual([3.1, 3.2]);
  });

  test('a rate becomes years', () => {
    expect([0.25, 0.5, 1, 0.15, 3].map(yearsApart)).toEqual([4, 2, 1, 7, 1]);
    expect([null, 0, -1].map(yearsApart)).toEqual([null, null, null]);
  });

  test('a rank is the zone that is nearest, and evenly spaced in a chart', () => {
    expect([0.3, 1, 3.4, 5.2, 8.1, 10].map(zoneOf)).toEqual([null, 'low-back', 'thigh', 'knee', 'foot', 'toes']);
    expect([0, 1, 2, 3, 4, 10].map(heightOf)).toEqual([0, 1, 2, 2.5, 3, 7]);
    expect([rankOf('low-back'), rankOf('calf'), rankOf('heel'), rankOf('sole')]).toEqual([1, 7, 9, 10]);
  });
});

const reading = (ratings: Partial<Reading>): Reading => ({
  region: 'calf', side: 'left', numbness: null, tingling: null, pain: null, weakness: null, qualities: [], ...ratings
});
const entry = (local_date: string, ...readings: Reading[]): DatedEntry => ({ id: local_date, local_date, readings });
const month = (year: string, value: number, days = 20) =>
  Array.from({ length: days }, (_, n) => entry(`${year}-${String(n + 1).padStart(2, '0')}`, reading({ numbness: value })));

describe('the month that was usual', () => {
  const trend = worse() as Trend;

  test('is named when its days say the same', () => {
    expect(usualMonth(trend, new DayIndex(month('2026-10', 3)))).toBe('2026-10-01');
  });

  test('is not when they say otherwise, or are few', () => {
    expect(usualMonth(trend, new DayIndex(month('2026-10', 4)))).toBeNull();
    expect(usualMonth(trend, new DayIndex(month('2026-10', 3, 7)))).toBeNull();
    expect(usualMonth(trend, new DayIndex())).toBeNull();
  });

  test('lies in the year before for a change in January', () => {
    const january = worse({ since: '2026-01-05', day: '2026-01-20' }) as Trend;
    expect(usualMonth(january, new DayIndex(month('2025-12', 3)))).toBe('2025-12-01');
  });
});

describe('the chart', () => {
  const days = new DayIndex([
    entry('2026-11-01', reading({ numbness: 3 })),
    entry('2026-11-03', reading({ numbness: null, pain: 2 })),
    entry('2026-11-09', reading({ numbness: 5 }), reading({ region: 'sole', numbness: 4 })),
    entry('2026-11-10')
  ]);
  const told = { days, sessions: [], today: '2026-11-21' };

  test('has the worst of each day, and nothing where nothing was rated', () => {
    const chart = chartOf(worse() as Trend, told);
    expect(chart.dots.map(({ value }) => value)).toEqual([3, 5, 0]);
    expect(chart).toMatchObject({ scale: 'points', usual: { value: 3 }, recent: { value: 4.9 } });
    expect(chart.to - chart.since).toBe(13);
  });

  test('of the reach has the furthest place', () => {
    expect(chartOf(worse({}, 'reach') as Trend, told).dots.map(({ value }) => value)).toEqual([7, 7, 10, 0]);
  });

  test('of the other side has both sides', () => {
    const evidence = { ...WORSE, how: 'other-side', places: [{ region: 'calf', side: 'right' }] };
    const both = new DayIndex([entry('2026-11-09', reading({ pain: 2 }), reading({ side: 'right', pain: 1 }))]);
    const trend = trendOf({ rule: 'spreading', stream: 'reach', evidence }) as Trend;
    expect(chartOf(trend, { ...told, days: both }).dots.map(({ value }) => value)).toEqual([0, 1]);
  });

  test('of an exercise has its last rated sessions, before and after', () => {
    const exercises = [{ exercise: 'bridge', stream: 'pain', moment: 'after', rose: 1, of: 2, sessions: [] }];
    const trend = trendOf({ rule: 'aggravated-by', stream: null, evidence: { ...WORSE, exercises } }) as Trend;
    const session = (local_date: string, pain_after: number | null, exercise = 'bridge', status = 'done') => ({
      local_date, pain_before: 3, pain_after, numbness_before: 1, numbness_after: 1,
      pain_next_morning: null, numbness_next_morning: null, items: [{ exercise, status }]
    });
    const sessions = [
      session('2026-11-20', 9), session('2026-11-18', 6), session('2026-11-17', null), session('2026-11-16', 8, 'walking'),
      session('2026-11-15', 8, 'bridge', 'skipped'), session('2026-11-12', 5), session('2026-11-10', 3)
    ];
    const { dots } = chartOf(trend, { ...told, sessions });
    expect(dots.map(({ before, value }) => [before, value])).toEqual([[3, 5], [3, 6]]);
  });
});

describe('the usual level that is shown', () => {
  const facts = { since: '2026-11-08', day: '2026-11-19', entries: 9, above: 7, last: '2026-11-11' };
  const shown = (rule: string, stream: string, baseline: number, recent: number) =>
    shownUsual(trendOf({ rule, stream, evidence: { ...facts, baseline, recent } }) as Worsening);

  test('is in halves of a point, in tenths where halves would say nothing, and of the reach as it is', () => {
    expect(shown('sustained-worsening', 'pain', 2.8, 4.6)).toBe(3);
    expect(shown('sustained-worsening', 'pain', 3.05, 3.22)).toBe(3.1);
    expect(shown('flare', 'pain', 2.6, 0)).toBe(2.5);
    expect(shown('sustained-worsening', 'reach', 4.2, 6.8)).toBe(4.2);
  });
});
