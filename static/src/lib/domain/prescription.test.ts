import { describe, expect, it } from 'vitest';
import { sameValue } from './merge.ts';
import { changes, endAfter, faultsOf, inWeekOrder, isDue, orderedRule, timesDone, weekdayOf } from './prescription.ts';
import type { PrescriptionBody, SessionItem } from './types.ts';

const plan: PrescriptionBody = {
  name: 'Mine',
  items: [{ exercise: 'bridge' }] as PrescriptionBody['items'],
  times_a_day: 2,
  weekdays: ['mon', 'sat'],
  starts_on: '2026-11-16',
  ends_on: '2026-11-28',
  pain_rule: { ease_at: 4, stop_at: 6, ease_rise: 2, stop_rise: 3 },
  note: ''
};

describe('a plan', () => {
  it('is due on its weekdays, from its first to its last day', () => {
    expect(weekdayOf('2026-11-21')).toBe('sat');
    expect(weekdayOf('1969-12-31')).toBe('wed');
    expect(isDue(plan, '2026-11-16')).toBe(true);
    expect(isDue(plan, '2026-11-28')).toBe(true);
    expect(isDue(plan, '2026-11-22')).toBe(false);
    expect(isDue(plan, '2026-11-14')).toBe(false);
    expect(isDue(plan, '2026-11-30')).toBe(false);
    expect(isDue({ ...plan, ends_on: null }, '2036-11-17')).toBe(true);
  });

  const session = (status: SessionItem['status'], more = {}) => ({
    prescription: 'p',
    local_date: '2026-11-21',
    items: [{ exercise: 'bridge', status }, { exercise: 'clamshell', status: 'skipped' }] as SessionItem[],
    ...more
  });
  const on = (sessions: ReturnType<typeof session>[], times: number) => timesDone('p', sessions, '2026-11-21', times);

  it('counts what was carried out, not what was skipped, of another plan, or of another day', () => {
    const sessions = [
      session('done'),
      session('partial'),
      session('skipped'),
      session('done', { prescription: null }),
      session('done', { local_date: '2026-11-20' })
    ];
    expect(on(sessions, 3)).toEqual({ done: 1, begun: 1 });
  });

  it('never counts more than it asks for, and what was carried out first', () => {
    expect(on(Array.from({ length: 10 }, () => session('partial')), 2)).toEqual({ done: 0, begun: 2 });
    expect(on([session('partial'), session('done')], 1)).toEqual({ done: 1, begun: 0 });
    expect(on([session('done'), session('done'), session('partial')], 2)).toEqual({ done: 2, begun: 0 });
  });

  it('says what has to be put right', () => {
    expect(faultsOf(plan)).toEqual([]);
    expect(faultsOf({ ...plan, ends_on: plan.starts_on })).toEqual([]);
    expect(faultsOf({ ...plan, ends_on: null })).toEqual([]);
    expect(faultsOf({ ...plan, ends_on: '2026-11-15' })).toEqual(['ends_before_start']);
    expect(faultsOf({ ...plan, starts_on: '', ends_on: '2026-02-30' })).toEqual(['starts_on', 'ends_on']);
    expect(faultsOf({ ...plan, name: ' ', items: [], weekdays: [] })).toEqual(['name', 'items', 'weekdays']);
  });

  it('ends on the last day of its weeks', () => {
    expect(endAfter('2026-11-16', 2)).toBe('2026-11-29');
    expect(endAfter('2026-12-28', 6)).toBe('2027-02-07');
    expect(endAfter('', 2)).toBeNull();
    expect(endAfter('2026-02-30', 2)).toBeNull();
  });

  it('names the days in the order of the week', () => {
    expect(inWeekOrder(['sun', 'mon', 'wed', 'mon'])).toEqual(['mon', 'wed', 'sun']);
  });

  it('keeps its limits in order, the one that was moved first', () => {
    const rule = plan.pain_rule;
    expect(orderedRule({ ...rule, ease_at: 8 }, 'ease_at')).toMatchObject({ ease_at: 8, stop_at: 8 });
    expect(orderedRule({ ...rule, stop_at: 3 }, 'stop_at')).toMatchObject({ ease_at: 3, stop_at: 3 });
    expect(orderedRule({ ...rule, stop_rise: 1 }, 'stop_rise')).toMatchObject({ ease_rise: 1, stop_rise: 1 });
    expect(orderedRule({ ...rule, ease_rise: 5 }, 'ease_rise')).toMatchObject({ ease_rise: 5, stop_rise: 5 });
  });

  it('tells what a new version changed', () => {
    expect(changes(plan, { ...plan, times_a_day: 1, ends_on: null }, sameValue)).toEqual(['when', 'span']);
    expect(changes(plan, { ...plan, pain_rule: { ...plan.pain_rule, stop_at: 7 } }, sameValue)).toEqual(['pain_rule']);
    expect(changes(plan, { ...plan }, sameValue)).toEqual([]);
  });
});
