import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { standingStops, toCheck, type Stop } from './stops.ts';
import type { Hurt, SessionBody, SessionItem } from './types.ts';

const TODAY = '2026-11-21';
const DOSE = { sets: 1, repetitions: 3, hold_seconds: 0, rest_seconds: 0, sides: 'none', tempo: '' } as const;

const item = (exercise: string, patch: Partial<SessionItem> = {}): SessionItem => ({
  exercise,
  prescribed: DOSE,
  status: 'done',
  reason: null,
  sets_done: 1,
  repetitions_done: 3,
  seconds_held: 0,
  eased_from: null,
  ...patch
});
const hurt = (at: number, patch: Partial<Hurt> = {}): Hurt => ({
  item: at,
  at: `${TODAY}T06:00:00Z`,
  pain: null,
  numbness: null,
  further_down: false,
  weakness: false,
  verdict: 'stop',
  ...patch
});
const on = (day: number, items: SessionItem[], hurts: Hurt[] = [], stop_reason: SessionBody['stop_reason'] = null) => {
  const local_date = `2026-11-${String(day).padStart(2, '0')}`;
  return { local_date, started_at: `${local_date}T06:00:00Z`, items, hurts, stop_reason };
};
const said = (sessions: ReturnType<typeof on>[]) =>
  standingStops(sessions, TODAY).map(({ exercise, what }) => `${exercise} ${what}`);

const further = on(19, [item('bridge'), item('twist', { status: 'partial' })], [hurt(1, { further_down: true })], 'pain');

interface Case {
  name: string;
  sessions: {
    local_date: string;
    started_at: string;
    stop_reason: SessionBody['stop_reason'];
    items: (Partial<SessionItem> & { exercise: string })[];
    hurts: (Partial<Hurt> & { item: number })[];
  }[];
  patient: Omit<Stop, 'started_at'>[];
}
const shared = new URL('../../../../tests/contracts/stops_cases.json', import.meta.url);
const cases = JSON.parse(readFileSync(shared, 'utf8')) as Case[];

describe('what the patient is told, shared with what who prescribes is told', () => {
  it.each(cases)('$name', ({ sessions, patient }) => {
    const recorded = sessions.map(({ items, hurts, ...session }) => ({
      ...session,
      items: items.map(({ exercise, ...patch }) => item(exercise, patch)),
      hurts: hurts.map((one) => hurt(one.item, one))
    }));
    const told = standingStops(recorded, '2026-03-22').map(({ exercise, what, date, eased }) => ({ exercise, what, date, eased }));
    const byName = (one: { exercise: string }, other: { exercise: string }) => one.exercise.localeCompare(other.exercise);
    expect(told.sort(byName)).toEqual([...patient].sort(byName));
  });
});

describe('what made somebody stop', () => {
  it('names the exercise and what happened', () => {
    expect(said([further])).toEqual(['twist further']);
    expect(said([on(19, [item('twist')], [hurt(0, { weakness: true, further_down: true })])])).toEqual(['twist weakness']);
    expect(said([on(19, [item('twist')], [hurt(0, { pain: 8 })])])).toEqual(['twist limits']);
    expect(said([on(19, [item('twist')], [hurt(0, { pain: 5, verdict: 'ease' })])])).toEqual([]);
  });

  it('stands when a later session leaves the exercise out, or has another', () => {
    const other = on(20, [item('bridge')]);
    const without = on(20, [item('bridge'), item('twist', { status: 'skipped', reason: 'pain' })]);
    expect(said([other, further])).toEqual(['twist further']);
    expect(said([further, without])).toEqual(['twist further']);
  });

  it('is put right by doing the exercise later without a hurt', () => {
    expect(said([further, on(20, [item('twist')])])).toEqual([]);
    expect(said([further, on(18, [item('twist')])])).toEqual(['twist further']);
    const again = on(20, [item('twist')], [hurt(0, { pain: 3, verdict: 'go' })]);
    expect(said([further, again])).toEqual(['twist further']);
  });

  it.each<[string, Partial<SessionItem>, SessionBody['stop_reason']]>([
    ['left for pain after two seconds', { status: 'partial', reason: 'pain', repetitions_done: 0, seconds_held: 2 }, null],
    ['left for numbness', { status: 'partial', reason: 'numbness' }, 'numbness'],
    ['left in the middle for want of time', { status: 'partial', reason: 'no-time' }, 'no-time'],
    ['done, and the session stopped for pain', {}, 'pain'],
    ['done, and the session stopped for numbness', {}, 'numbness'],
    ['done, and the session stopped for weakness', {}, 'weakness'],
    ['done, and the session stopped as too hard', {}, 'too-hard']
  ])('is not put right by the exercise %s', (_name, patch, stop_reason) => {
    const weak = on(19, [item('bridge', { status: 'partial', reason: 'weakness' })], [hurt(0, { weakness: true })], 'weakness');
    const later = on(20, [item('clamshell'), item('bridge', patch)], [], stop_reason);
    expect(said([weak, later])).toEqual(['bridge weakness']);
    expect(toCheck([weak, later], TODAY)?.what).toBe('weakness');
    expect(said([further, on(20, [item('twist', patch)], [], stop_reason)])).toEqual(['twist further']);
  });

  it('is put right by the exercise done in full in a session that was stopped for want of time', () => {
    const later = on(20, [item('twist'), item('bridge', { status: 'skipped', reason: 'no-time' })], [], 'no-time');
    expect(said([further, later])).toEqual([]);
  });

  it('is said for seven days', () => {
    expect(said([{ ...further, local_date: '2026-11-14', started_at: '2026-11-14T06:00:00Z' }])).toHaveLength(1);
    expect(said([{ ...further, local_date: '2026-11-13', started_at: '2026-11-13T06:00:00Z' }])).toEqual([]);
  });

  it('counts for the exercise in place of which an easier form was done', () => {
    const eased = on(19, [item('twist', { status: 'partial' }), item('twist-low', { eased_from: 'twist' })], [hurt(1)]);
    expect(standingStops([eased], TODAY)).toMatchObject([
      { exercise: 'twist-low', eased: false },
      { exercise: 'twist', eased: true }
    ]);
  });

  it('knows a leg that turned weak without the questions, and no exercise of a day that was put off', () => {
    const weak = on(20, [item('bridge', { status: 'skipped', reason: 'weakness' }), item('twist')], [], 'weakness');
    expect(said([weak])).toEqual(['bridge weakness']);
    expect(said([on(20, [item('bridge', { status: 'skipped' })], [], 'weakness')])).toEqual([]);
  });
});

describe('what has to be checked before exercising again', () => {
  const checked = (sessions: ReturnType<typeof on>[]) => toCheck(sessions, TODAY)?.what ?? null;
  const offForWeakness = on(20, [item('bridge', { status: 'skipped' })], [], 'weakness');

  it('is a leg that turned weak, or symptoms further down it, in whichever exercise', () => {
    expect(checked([further])).toBe('further');
    expect(checked([further, on(20, [item('bridge')])])).toBe('further');
    expect(checked([on(19, [item('twist')], [hurt(0, { weakness: true })]), further])).toBe('weakness');
    expect(checked([on(19, [item('twist')], [hurt(0, { pain: 8 })])])).toBeNull();
    expect(checked([further, on(20, [item('twist')])])).toBeNull();
  });

  it('is a day that was put off for weakness, until something was done well', () => {
    expect(toCheck([offForWeakness], TODAY)).toEqual({ what: 'weakness', stops: [] });
    expect(checked([offForWeakness, further])).toBe('weakness');
    const well = on(21, [item('clamshell')]);
    expect(checked([well, offForWeakness])).toBeNull();
    expect(checked([on(19, [item('clamshell')]), offForWeakness])).toBe('weakness');
    expect(checked([{ ...offForWeakness, stop_reason: 'no-time' }])).toBeNull();
    expect(checked([on(21, [item('bridge', { status: 'skipped' })], [], 'forgot'), offForWeakness])).toBe('weakness');
    expect(checked([on(21, [item('clamshell')], [hurt(0, { verdict: 'go' })]), offForWeakness])).toBe('weakness');
  });

  it('is a day that was put off for weakness, also after a session that was barely begun or left for how it felt', () => {
    const left = (reason: SessionItem['reason']) => item('clamshell', { status: 'partial', reason, seconds_held: 2 });
    expect(checked([on(21, [left('pain')], [], 'pain'), offForWeakness])).toBe('weakness');
    expect(checked([on(21, [left('no-time')], [], 'no-time'), offForWeakness])).toBe('weakness');
    expect(checked([on(21, [item('bridge'), left('numbness')]), offForWeakness])).toBe('weakness');
    expect(checked([on(21, [item('bridge')], [], 'too-hard'), offForWeakness])).toBe('weakness');
    expect(checked([on(21, [item('bridge'), left('no-time')], [], 'no-time'), offForWeakness])).toBeNull();
  });

  it('is said for seven days', () => {
    const on14 = { ...offForWeakness, local_date: '2026-11-14', started_at: '2026-11-14T06:00:00Z' };
    expect(checked([on14])).toBe('weakness');
    expect(checked([{ ...on14, local_date: '2026-11-13', started_at: '2026-11-13T06:00:00Z' }])).toBeNull();
  });
});
