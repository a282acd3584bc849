import { describe, expect, it } from 'vitest';
import { LONGEST_UNSEEN_MS, anyWork, back, pause, resume, settle, shown, skip, tick, upcoming, type PlayerState } from './player.ts';
import { T0, begin, item, run, session } from './player.fixtures.ts';
import type { Cue } from './playercues.ts';
import { view } from './playerview.ts';

describe('the clock', () => {
  it('shows the full time at the start of a step, and each second as it begins', () => {
    const state = begin(item('bridge'));
    expect(view(state, T0)).toMatchObject({ phase: 'ready', seconds_left: 15, item_number: 1, items: 1 });
    expect(view(state, T0 + 1).seconds_left).toBe(15);
    expect(view(state, T0 + 1000).seconds_left).toBe(14);
    expect(view(state, T0 + 15_000)).toMatchObject({ phase: 'hold', seconds_left: 20, repetition: 1 });
    expect(view(state, T0 + 34_999)).toMatchObject({ phase: 'hold', seconds_left: 1 });
    expect(view(state, T0 + 35_000)).toMatchObject({ phase: 'rest', seconds_left: 10, repetition: 2 });
  });

  it('loses no second while the phone sleeps for 20 seconds', () => {
    const awake = run(begin(item('bridge')), T0, 50);
    const asleep = tick(run(begin(item('bridge')), T0, 30), T0 + 50_000).state;
    expect(asleep).toEqual(awake);
  });

  it('ends at the second at which the last hold ended, however late one looks', () => {
    const ended = settle(begin(item('bridge')), T0 + 100_000);
    expect(ended).toMatchObject({ status: 'ended', ended: 'completed', ended_at: T0 + 65_000 });
  });

  it('goes on from where it was when the clock of the phone is set back an hour', () => {
    const before = settle(begin(item('bridge')), T0 + 20_000);
    const after = settle(before, T0 - 3_600_000);
    expect(view(after, T0 - 3_600_000)).toMatchObject({ phase: 'hold', seconds_left: 15 });
    expect(view(after, T0 - 3_595_000)).toMatchObject({ phase: 'hold', seconds_left: 10 });
    const ended = settle(after, T0 - 3_500_000);
    expect(session(ended, T0).ended_at >= session(ended, T0).started_at).toBe(true);
  });

  it('waits, paused where it was last seen, after nobody has looked for too long', () => {
    const seen = settle(begin(item('bridge')), T0 + 20_000);
    const found = settle(seen, T0 + 20_000 + LONGEST_UNSEEN_MS + 1);
    expect(found).toMatchObject({ status: 'paused', interrupted: true, elapsed: 5000 });
    const later = T0 + 900_000;
    expect(view(resume(found, later), later)).toMatchObject({ status: 'running', phase: 'hold', seconds_left: 15 });
  });

  it('begins when it is first shown, and not again', () => {
    const state = shown(begin(item('bridge')), T0 + 800);
    expect(state).toMatchObject({ started_at: T0 + 800 });
    expect(view(state, T0 + 1800).seconds_left).toBe(14);
    const heard = tick(state, T0 + 800).state;
    expect(shown(heard, T0 + 900)).toBe(heard);
    const resumed = resume(pause(heard, T0 + 5000), T0 + 9000);
    expect(shown(resumed, T0 + 9900)).toBe(resumed);
  });

  it('stands still while paused', () => {
    const paused = pause(begin(item('bridge')), T0 + 20_000);
    expect(view(paused, T0 + 500_000)).toMatchObject({ status: 'paused', interrupted: false, seconds_left: 15 });
    const on = resume(paused, T0 + 500_000);
    expect(view(on, T0 + 501_000).seconds_left).toBe(14);
  });

  it('asking for a view changes nothing', () => {
    const state = begin(item('bridge'));
    const copy = structuredClone(state);
    view(state, T0 + 40_000);
    expect(state).toEqual(copy);
  });
});

describe('cues', () => {
  it('come once each, at their second', () => {
    const cues: [number, Cue][] = [];
    run(begin(item('bridge', { repetitions: 1 })), T0, 60, cues);
    expect(cues.map(([second, cue]) => [second, cue.kind])).toEqual([
      [0, 'ready'],
      [12, 'tick'],
      [13, 'tick'],
      [14, 'tick'],
      [15, 'hold'],
      [25, 'halfway'],
      [32, 'tick'],
      [33, 'tick'],
      [34, 'tick'],
      [35, 'finished']
    ]);
    expect(cues[0]?.[1]).toEqual({
      kind: 'ready',
      name: 'The bridge',
      first_step: 'Begin the bridge.',
      side: null,
      first: true,
      round: null
    });
  });

  it('that became stale during sleep are left out: the present step is announced, with the time it has left', () => {
    const asleep = run(begin(item('bridge')), T0, 20);
    const woken = tick(asleep, T0 + 48_000);
    expect(woken.cue).toEqual({ kind: 'hold', seconds: 17, side: null, repetition: 2, repetitions: 2, new_set: null });
    expect(tick(woken.state, T0 + 48_250).cue).toBeNull();
  });

  it('say nothing when the same step goes on and its halfway has long passed', () => {
    const asleep = run(begin(item('bridge')), T0, 20);
    expect(tick(asleep, T0 + 30_000).cue).toBeNull();
  });

  it('announce again after a pause, with what is left', () => {
    const paused = pause(run(begin(item('bridge')), T0, 23), T0 + 23_000);
    expect(tick(paused, T0 + 60_000).cue).toBeNull();
    expect(tick(resume(paused, T0 + 60_000), T0 + 60_000).cue).toMatchObject({ kind: 'hold', seconds: 12 });
  });

  it('finish once', () => {
    const ended = tick(begin(item('bridge')), T0 + 66_000);
    expect(ended.cue).toEqual({ kind: 'finished' });
    expect(tick(ended.state, T0 + 67_000).cue).toBeNull();
  });
});

describe('back and skip', () => {
  const two = [item('knee-to-chest'), item('bridge')];

  it('back restarts the step, or goes to the one before when it has just begun', () => {
    const holding = begin(...two);
    expect(view(back(holding, T0 + 25_000), T0 + 25_000)).toMatchObject({ phase: 'hold', seconds_left: 20 });
    expect(view(back(holding, T0 + 16_000), T0 + 16_000)).toMatchObject({ phase: 'ready', seconds_left: 15 });
    expect(view(back(holding, T0 + 1000), T0 + 1000)).toMatchObject({ phase: 'ready', seconds_left: 15 });
  });

  it('skip goes to the next exercise, and back returns to where it was left', () => {
    const skipped = skip(begin(...two), T0 + 20_000, 'numbness');
    expect(view(skipped, T0 + 20_000)).toMatchObject({ phase: 'ready', item_number: 2, next: null });
    expect(session(skipped, T0 + 20_000).items[0]).toMatchObject({ status: 'partial', reason: 'numbness' });
    const returned = back(skipped, T0 + 20_500);
    expect(view(returned, T0 + 20_500)).toMatchObject({ phase: 'hold', item_number: 1, seconds_left: 20 });
    const done = settle(returned, T0 + 100_000);
    expect(session(done, T0 + 100_000).items[0]).toMatchObject({ status: 'done', reason: null, seconds_held: 40 });
  });

  it('back and forward again keep what was done', () => {
    const rested = settle(begin(...two), T0 + 36_000);
    const again = settle(back(back(rested, T0 + 36_000), T0 + 36_000), T0 + 40_000);
    expect(session(again, T0 + 40_000).items[0]?.seconds_held).toBe(20);
  });

  it('skipping the last exercise ends the session', () => {
    const last = skip(skip(begin(...two), T0 + 1000, 'tired'), T0 + 2000, 'no-time');
    expect(last).toMatchObject({ status: 'ended', ended: 'completed', ended_at: T0 + 2000 });
    expect(tick(last, T0 + 2000).cue).toEqual({ kind: 'finished' });
    expect(anyWork(last)).toBe(false);
  });

  it('keep the player paused when it was paused', () => {
    const paused = pause(begin(...two), T0 + 20_000);
    expect(skip(paused, T0 + 30_000, 'other').status).toBe('paused');
    expect(back(paused, T0 + 30_000)).toMatchObject({ status: 'paused', elapsed: 0 });
  });
});

describe('a superset', () => {
  const group = { superset: 1, sets: 2, repetitions: 1, round_rest_seconds: 30 };
  const two = [item('bridge', group), item('clamshell', group), item('knee-to-chest')];
  /** Phase and exercise, one after the other, to the end. */
  function order(state: PlayerState, now: number): string[] {
    const words: string[] = [];
    for (; state.status !== 'ended'; now += 1000) {
      state = settle(state, now);
      const { phase, index } = view(state, now);
      const word = `${phase} ${index}`;
      if (state.status !== 'ended' && word !== words.at(-1)) words.push(word);
    }
    return words;
  }

  it('goes on without the exercise that was left, with the rest of the others', () => {
    // 5 s into the first set of the second exercise.
    const skipped = skip(begin(...two), T0 + 55_000, 'pain');
    expect(view(skipped, T0 + 55_000)).toMatchObject({ phase: 'rest', index: 0, next: { exercise: 'knee-to-chest' } });
    const words = order(skipped, T0 + 55_000);
    expect(words.slice(0, 4)).toEqual(['rest 0', 'ready 0', 'hold 0', 'ready 2']);
    expect(session(skipped, T0 + 55_000).items[1]).toMatchObject({ status: 'partial', reason: 'pain' });
  });

  it('rests for the exercise that is left in the round, whichever was skipped', () => {
    const skipped = skip(begin(...two), T0 + 20_000, 'pain');
    const words = order(skipped, T0 + 20_000);
    expect(words.slice(0, 6)).toEqual(['ready 1', 'hold 1', 'rest 1', 'ready 1', 'hold 1', 'ready 2']);
  });

  it('is over when all of it has been left', () => {
    const state = skip(skip(begin(...two), T0 + 20_000, 'pain'), T0 + 21_000, 'pain');
    expect(view(state, T0 + 21_000)).toMatchObject({ phase: 'ready', index: 2, item_number: 3, items: 3 });
  });

  it('comes back to where an exercise was left', () => {
    const skipped = skip(begin(...two), T0 + 20_000, 'pain');
    expect(view(back(skipped, T0 + 20_500), T0 + 20_500)).toMatchObject({ phase: 'hold', index: 0, set: 1 });
  });

  it('knows its round, and what comes after this exercise', () => {
    const state = begin(...two);
    expect(view(state, T0)).toMatchObject({ round: { round: 1, rounds: 2 }, next: { exercise: 'clamshell' } });
    const second = settle(state, T0 + 80_000);
    expect(view(second, T0 + 80_000)).toMatchObject({ phase: 'rest', round: { round: 2, rounds: 2 }, index: 0 });
    expect(view(begin(item('bridge')), T0).round).toBeNull();
  });
});

describe('tempo', () => {
  it('shows the way of the movement, and sounds at its turn', () => {
    const state = begin(item('bridge', { hold_seconds: 0, tempo: '3-1-2' }));
    const ways = [14, 15, 17.9, 18, 18.9, 19, 20.9, 21].map((second) => view(state, T0 + second * 1000).way);
    expect(ways).toEqual([null, 'out', 'out', 'turn', 'turn', 'back', 'back', 'out']);
    const cues: [number, Cue][] = [];
    run(state, T0, 30, cues);
    expect(cues.map(([second, cue]) => `${cue.kind} ${second}`).slice(4)).toEqual([
      'move 15',
      'return 19',
      'move 21',
      'return 25',
      'finished 27'
    ]);
  });
});

describe('cues ahead of their moment', () => {
  const keys = (state: PlayerState, now: number, ahead = 600_000) =>
    upcoming(state, now, now + ahead).map(({ at, cue }) => `${cue.kind} ${(at - T0) / 1000}`);

  it('begin with what has not been given', () => {
    const state = begin(item('bridge', { repetitions: 1 }));
    expect(keys(state, T0).slice(0, 2)).toEqual(['ready 0', 'tick 12']);
    const ticked = tick(state, T0 + 12_000).state;
    expect(keys(ticked, T0 + 12_000, 5000)).toEqual(['tick 13', 'tick 14', 'hold 15']);
  });

  it('are none while paused, and come later after it', () => {
    const paused = pause(begin(item('bridge')), T0 + 20_000);
    expect(keys(paused, T0 + 21_000)).toEqual([]);
    expect(keys(resume(paused, T0 + 80_000), T0 + 80_000)[0]).toBe('halfway 85');
  });

  it('leave out an exercise that was skipped', () => {
    const skipped = skip(begin(item('bridge'), item('clamshell')), T0 + 20_000, 'pain');
    expect(keys(skipped, T0 + 20_000).slice(0, 2)).toEqual(['ready 20', 'tick 32']);
  });
});
