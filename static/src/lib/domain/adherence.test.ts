import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  countReasons,
  inForce,
  isNotToday,
  mondayOf,
  namedReasons,
  nextDay,
  planOf,
  tallyDays,
  tallyExercises,
  tallyItems,
  tallyWeeks,
  timesOn,
  weekName,
  type DayTally,
  type Plan,
  type Recorded,
  type WeekTally
} from './adherence.ts';
import { isCarriedOut } from './prescription.ts';
import { WEEKDAYS, type PrescriptionVersion } from './types.ts';

interface Case {
  name: string;
  today: string;
  from: string | null;
  to: string | null;
  prescriptions: Plan[];
  sessions: Recorded[];
  days: DayTally[];
  weeks: WeekTally[];
  reasons: Record<string, number>;
}

// The server's adherence runs the same cases.
const shared = new URL('../../../../tests/contracts/adherence_cases.json', import.meta.url);
const cases = JSON.parse(readFileSync(shared, 'utf8')) as Case[];

const version = (patch: Partial<PrescriptionVersion> = {}): PrescriptionVersion => ({
  version: 1,
  since: '2026-03-02',
  times_a_day: 1,
  weekdays: [...WEEKDAYS],
  starts_on: '2026-03-02',
  ends_on: null,
  ...patch
});
const session = (patch: Partial<Recorded> = {}): Recorded => ({
  local_date: '2026-03-02',
  prescription: 'p',
  stop_reason: null,
  items: [{ exercise: 'bridge', status: 'done', reason: null, seconds_held: 0, eased_from: null }],
  ...patch
});

describe('adherence', () => {
  it.each(cases)('$name', ({ today, from, to, prescriptions, sessions, days, weeks, reasons }) => {
    for (const order of [sessions, sessions.toReversed()]) {
      const counted = tallyDays(order, prescriptions.toReversed(), { from, to }, today);
      expect(counted).toEqual(days);
      expect(tallyWeeks(counted)).toEqual(weeks);
      expect(countReasons(order, { from, to })).toEqual(reasons);
    }
  });

  it('knows the weeks of the year, before 1970 too', () => {
    const mondays = ['2026-11-22', '2026-11-23', '1970-01-01', '1969-12-28', '2000-02-29'].map(mondayOf);
    expect(mondays).toEqual(['2026-11-16', '2026-11-23', '1969-12-29', '1969-12-22', '2000-02-28']);
    const names = ['2026-11-16', '2025-12-29', '2026-12-28', '2020-12-28', '2021-01-04'].map(weekName);
    expect(names).toEqual(['2026-W47', '2026-W01', '2026-W53', '2020-W53', '2021-W01']);
  });

  it('finds the version in force whatever order they come in', () => {
    const all = [version(), version({ version: 2, since: '2026-03-05' }), version({ version: 3, since: '2026-03-05' })];
    for (const order of [all, all.toReversed()]) {
      const held = ['2026-01-01', '2026-03-04', '2026-03-05', '2026-12-31'].map((day) => inForce(order, day)?.version);
      expect(held).toEqual([1, 1, 3, 3]);
    }
    expect(inForce([], '2026-03-05')).toBeUndefined();
  });

  it('counts a plan that has not been sent yet from its first day on', () => {
    const row = { id: 'p', ...version({ version: 0, starts_on: '2026-03-01' }) };
    expect(timesOn(planOf(row, '2026-03-03'), '2026-03-01')).toBe(1);
  });

  it('lets an edit that waits hold from today on, and no day before', () => {
    const row = { id: 'p', ...version({ times_a_day: 3 }), versions: [version()] };
    const plan = planOf(row, '2026-03-04');
    expect(['2026-03-03', '2026-03-04'].map((day) => timesOn(plan, day))).toEqual([1, 3]);
    expect(planOf({ ...row, times_a_day: 1 }, '2026-03-04').versions).toHaveLength(1);
  });

  it('tells "not today" from a session that was stopped at its first exercise', () => {
    const left = { exercise: 'bridge', status: 'skipped', reason: null, seconds_held: 0, eased_from: null } as const;
    expect(isNotToday(session({ stop_reason: 'forgot', items: [left, left] }))).toBe(true);
    expect(isNotToday(session({ stop_reason: 'pain', items: [{ ...left, reason: 'pain' }, left] }))).toBe(false);
    expect(isNotToday(session({ prescription: null, items: [left] }))).toBe(false);
    // What an older app has recorded knows of no plan.
    expect(isNotToday(session({ prescription: undefined, items: [left] }))).toBe(false);
    expect(isNotToday(session({ items: [] }))).toBe(false);
    expect(isNotToday(session())).toBe(false);
  });

  it('counts an exercise that was made easier once, and calls nothing left out that was never reached', () => {
    const item = (exercise: string, status: 'done' | 'partial' | 'skipped', more = {}) => ({
      exercise,
      status,
      reason: null,
      eased_from: null,
      ...more
    });
    const items = [
      item('bridge', 'done'),
      item('plank', 'partial', { reason: 'pain' }),
      item('plank-knees', 'partial', { eased_from: 'plank', reason: 'pain' }),
      item('plank-wall', 'done', { eased_from: 'plank-knees' }),
      item('squat', 'partial', { reason: 'pain' }),
      item('squat-chair', 'skipped', { eased_from: 'squat', reason: 'tired' }),
      item('clam', 'skipped', { reason: 'no-space' }),
      item('calf', 'skipped', { reason: 'other' }),
      item('nerve', 'skipped')
    ];
    const sessions = [
      { local_date: '2026-03-02', items },
      { local_date: '2026-03-09', items }
    ];
    const week = { from: '2026-03-02', to: '2026-03-08' };
    expect(tallyExercises(sessions, week)).toEqual({ done: 2, partial: 1, left_out: 1 });
  });

  it('knows the next day of a plan, and none after its end', () => {
    const plan = (patch: Partial<PrescriptionVersion>) => ({ id: 'p', versions: [version(patch)] });
    // 2026-03-03 is a Tuesday.
    expect(nextDay(plan({ weekdays: ['mon', 'tue'] }), '2026-03-03')).toBe('2026-03-09');
    expect(nextDay(plan({ starts_on: '2026-03-20' }), '2026-03-03')).toBe('2026-03-20');
    expect(nextDay(plan({ weekdays: ['mon'], ends_on: '2026-03-08' }), '2026-03-03')).toBeNull();
  });

  it('names no reason that nobody gave', () => {
    const left = (reason: Recorded['items'][number]['reason']) =>
      ({ exercise: 'bridge', status: 'skipped', reason, seconds_held: 0, eased_from: null }) as const;
    const items = [left('other'), left('other'), left('tired'), left('pain'), left('pain')];
    expect(namedReasons([session({ items })], { from: null, to: null })).toEqual([['pain', 2], ['tired', 1]]);
    const mostlyTime = [left('no-time'), left('no-time'), left('no-time'), left('pain')];
    expect(namedReasons([session({ items: mostlyTime })], { from: null, to: null })).toEqual([['pain', 1], ['no-time', 3]]);
    expect(namedReasons([session({ items: [left('other')] })], { from: null, to: null })).toEqual([]);
  });
});

describe('the exercises of one session', () => {
  const one = (exercise: string, status: 'done' | 'partial' | 'skipped', eased_from: string | null = null) => ({
    exercise,
    status,
    eased_from,
    reason: null
  });

  it('counts an exercise and its easier form once, and as done when the easier form was', () => {
    const rest = [one('twist', 'partial'), one('clamshell', 'skipped')];
    const done = [one('bridge', 'partial'), one('bridge-low', 'done', 'bridge'), ...rest];
    expect(tallyItems(done)).toMatchObject({ done: 1, partial: 1, total: 3 });
    const begun = [one('bridge', 'partial'), one('bridge-low', 'skipped', 'bridge'), ...rest];
    expect(tallyItems(begun)).toMatchObject({ done: 0, partial: 2, total: 3 });
  });

  it('takes only the next item for what was done in its place', () => {
    const apart = [one('bridge', 'partial'), one('twist', 'done'), one('bridge-low', 'done', 'bridge')];
    expect(tallyItems(apart)).toMatchObject({ done: 2, partial: 1, total: 3 });
    expect(tallyItems([one('bridge-low', 'done', 'bridge')])).toMatchObject({ done: 1, total: 1 });
  });

  it.each(cases)('are as many as its times were counted by: $name', ({ sessions }) => {
    for (const session of sessions) {
      const { done, total } = tallyItems(session.items);
      expect(isCarriedOut(session)).toBe(total > 0 && 2 * done >= total);
    }
  });
});
