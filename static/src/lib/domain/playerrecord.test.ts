import { describe, expect, it } from 'vitest';
import { createPlayer, forward, pause, settle, skip, start, stop } from './player.ts';
import { buildPlan } from './playerplan.ts';
import { isOver, isWorse, itemsBehind, result } from './playerrecord.ts';
import type { RoutineItem, SessionBody } from './types.ts';

const T0 = Date.UTC(2026, 10, 20, 6, 30);
const HOUR = 3_600_000;

const item: RoutineItem = {
  exercise: 'bridge',
  sets: 1,
  repetitions: 1,
  hold_seconds: 20,
  rest_seconds: 10,
  sides: 'none',
  tempo: '',
  superset: null,
  round_rest_seconds: 0
};
const begun = start(createPlayer(buildPlan({ id: 'r1', name: 'Morning', items: [item, item] }, []), 's1'), T0);

describe('steps left out one by one', () => {
  it('end the routine in the end, and count as left out for another reason', () => {
    let player = begun;
    for (let step = 0; step < begun.plan.steps.length; step++) player = forward(player, T0 + 1000);
    expect(player.ended).toBe('completed');
    const { items } = result(player, T0 + 1000, (moment) => moment.toISOString(), 'UTC');
    expect(items.map(({ status, reason }) => [status, reason])).toEqual([['skipped', 'other'], ['skipped', 'other']]);
  });

  it('leave the next one whole', () => {
    expect(forward(begun, T0 + 1000)).toMatchObject({ step: 1, elapsed: 0, status: 'running' });
  });
});

describe('a rest between rounds', () => {
  it('stopped for a weak leg names the exercise that it leads to, when the one before was left', () => {
    const group = { superset: 1, sets: 2, round_rest_seconds: 30 };
    const items = [{ ...item, ...group }, { ...item, ...group, exercise: 'clamshell' }];
    let player = start(createPlayer(buildPlan({ id: 'r1', name: 'Morning', items }, []), 's1'), T0);
    player = skip(player, T0 + 1000, 'too-hard');
    while (!player.plan.steps[player.step]?.round_rest) player = forward(player, T0 + 2000);
    const session = result(stop(player, T0 + 3000, 'weakness'), T0 + 3000, (at) => at.toISOString(), 'UTC');
    expect(session.items.map(({ exercise, reason }) => [exercise, reason])).toEqual([
      ['bridge', 'too-hard'],
      ['clamshell', 'weakness']
    ]);
  });
});

describe('a routine that was left', () => {
  it('says how many exercises lie behind', () => {
    expect(itemsBehind(begun)).toBe(0);
    expect(itemsBehind(skip(begun, T0 + 1000, 'tired'))).toBe(1);
    expect(itemsBehind(settle(begun, T0 + 100_000))).toBe(2);
  });

  it('can be gone on with for half a day', () => {
    const paused = pause(begun, T0 + 20_000);
    expect(isOver(paused, T0 + 11 * HOUR)).toBe(false);
    expect(isOver(paused, T0 + 13 * HOUR)).toBe(true);
  });

  it('ended where it was last seen, when it was never gone on with', () => {
    const found = settle(settle(begun, T0 + 20_000), T0 + 5 * HOUR);
    expect(stop(found, T0 + 5 * HOUR, null).ended_at).toBe(T0 + 20_000);
  });

  it('is asked about for an hour after its end', () => {
    const ended = stop(begun, T0 + 20_000, 'pain');
    expect(isOver(ended, T0 + HOUR)).toBe(false);
    expect(isOver(ended, T0 + 2 * HOUR)).toBe(true);
  });
});

describe('the morning after', () => {
  const session = (local_date: string, patch: Partial<SessionBody> = {}) =>
    ({
      local_date,
      items: [{ status: 'done' }],
      pain_before: 4,
      numbness_before: 3,
      pain_next_morning: null,
      numbness_next_morning: null,
      ...patch
    }) as SessionBody & { local_date: string };

  it('is worse only when rated, and above what it was before', () => {
    const after = (pain_next_morning: number | null, pain_before: number | null = 4) =>
      isWorse(session('2026-03-29', { pain_next_morning, pain_before }));
    expect([after(5), after(4), after(null), after(9, null)]).toEqual([true, false, false, false]);
    expect(isWorse(session('2026-03-29', { numbness_next_morning: 6 }))).toBe(true);
  });
});
