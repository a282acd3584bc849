import { describe, expect, it } from 'vitest';
import { SNAPSHOT_VERSION, back, createPlayer, finish, pause, resume, settle, skip, start, stop, type PlayerState } from './player.ts';
import { T0, begin, item, planOf, session } from './player.fixtures.ts';
import { restore } from './playerrecord.ts';
import { view } from './playerview.ts';

describe('the session', () => {
  it('gives every exercise a status, what was held, and why it was left out', () => {
    const items = [item('knee-to-chest'), item('bridge', { sets: 2, repetitions: 1 }), item('clamshell')];
    const state = skip(settle(begin(...items), T0 + 66_000), T0 + 67_000, 'too-hard');
    const stopped = stop(settle(state, T0 + 67_000 + 15_000 + 8_000), T0 + 90_000, 'pain');
    expect(session(stopped, T0 + 95_000)).toMatchObject({
      routine: 'r1',
      routine_name: 'Morning',
      started_at: '2026-11-20T06:30:00.000Z',
      ended_at: '2026-11-20T06:31:30.000Z',
      time_zone: 'Europe/Berlin',
      ended: 'stopped',
      stop_reason: 'pain',
      pain_before: 4,
      numbness_before: 6,
      pain_after: null,
      items: [
        { exercise: 'knee-to-chest', status: 'done', reason: null, sets_done: 1, seconds_held: 40 },
        { exercise: 'bridge', status: 'skipped', reason: 'too-hard', sets_done: 0, seconds_held: 0 },
        { exercise: 'clamshell', status: 'partial', reason: 'pain', sets_done: 0, seconds_held: 8 }
      ]
    });
  });

  it('counts whole sets', () => {
    const state = stop(begin(item('bridge', { sets: 3, repetitions: 1 })), T0 + 80_000, 'tired');
    expect(session(state, T0 + 80_000).items[0]).toMatchObject({ sets_done: 2, status: 'partial', seconds_held: 45 });
  });

  it('of a routine without exercises ends at once', () => {
    expect(start(createPlayer(planOf(), 's1'), T0)).toMatchObject({ status: 'ended', ended: 'completed' });
  });

  it('ends where it was paused, and never lasts longer than a day', () => {
    const paused = pause(begin(item('bridge')), T0 + 20_000);
    expect(stop(paused, T0 + 9_000_000, 'tired').ended_at).toBe(T0 + 20_000);
    const next = resume(paused, T0 + 200_000_000);
    expect(stop(next, T0 + 200_001_000, 'tired').ended_at).toBe(T0 + 86_400_000);
  });

  it('finish before the end is a stop without a reason; afterwards no act changes it', () => {
    const done = finish(begin(item('bridge')), T0 + 5000);
    expect(done).toMatchObject({ status: 'ended', ended: 'stopped', stop_reason: null });
    for (const act of [pause, resume, back, finish, settle]) expect(act(done, T0 + 9000)).toBe(done);
    expect(stop(done, T0 + 9000, 'pain')).toBe(done);
    expect(skip(done, T0 + 9000, 'pain')).toBe(done);
  });
});

describe('the snapshot', () => {
  const stored = (state: PlayerState): unknown => JSON.parse(JSON.stringify(state));

  it('runs on after a quick reload, and waits after a long call', () => {
    const state = settle(begin(item('bridge')), T0 + 20_000);
    const soon = restore(stored(state), T0 + 24_000)!;
    expect(view(soon, T0 + 24_000)).toMatchObject({ status: 'running', seconds_left: 11 });
    expect(restore(stored(state), T0 + 600_000)).toMatchObject({ status: 'paused', interrupted: true, elapsed: 5000 });
  });

  it('keeps an ended session until its record is complete', () => {
    const ended = stop(begin(item('bridge')), T0 + 20_000, 'pain');
    expect(restore(stored(ended), T0 + 90_000_000)).toEqual(ended);
  });

  const wrecks = [null, undefined, 'x', 7, [], {}, { version: 99 }, { version: 1, plan: {} }];
  it.each(wrecks)('is not taken from %j', (bad) => {
    expect(restore(bad, T0)).toBeNull();
  });

  it('is not taken when its parts do not fit together', () => {
    const state = begin(item('bridge'));
    expect(restore({ ...state, held: [] }, T0)).toBeNull();
    expect(restore({ ...state, elapsed: Number.NaN }, T0)).toBeNull();
    expect(restore(createPlayer(planOf(item('bridge')), 's1'), T0)).toBeNull();
  });

  it('of the version before goes on after an update, with what it knew', () => {
    const state = settle(skip(begin(item('bridge'), item('clamshell')), T0 + 20_000, 'pain'), T0 + 40_000);
    const { plan, skips } = state;
    const items = plan.items.map(({ exercise, name, first_step, dose }) => ({
      ...{ exercise, name, first_step },
      dose: { ...dose, tempo: undefined }
    }));
    const old = stored({
      ...state,
      version: 1,
      hurts: undefined,
      plan: { ...plan, items, prescription: undefined, pace: undefined },
      skips: skips.map((one) => one && { reason: one.reason, at: one.at })
    } as unknown as PlayerState);
    const found = restore(old, T0 + 41_000)!;
    expect(found).toMatchObject({ version: SNAPSHOT_VERSION, status: 'running', hurts: [] });
    const body = (player: PlayerState) => session(settle(player, T0 + 90_000), T0 + 90_000);
    expect(body(found)).toEqual(body(state));
  });
});
