import { describe, expect, it } from 'vitest';
import { cuesOf } from '#lib/domain/playercues.ts';
import { buildPlan } from '#lib/domain/playerplan.ts';
import type { RoutineItem } from '#lib/domain/types.ts';
import { spoken } from './spoken.ts';

const first_step = 'Lie on your back.';
const ready = { kind: 'ready', name: 'Bridge', first_step, side: null, first: true, round: null } as const;
const hold = { kind: 'hold', seconds: 20, side: null, repetition: 1, repetitions: 1, new_set: null } as const;
const move = { kind: 'move', side: null, repetition: 4, repetitions: 10, new_set: null, out: null } as const;
const rest = { kind: 'rest', seconds: 10, side: null, name: null, new_set: null, last: false } as const;

describe('what is said', () => {
  it('announces an exercise with its side and its first step', () => {
    expect(spoken(ready)).toBe('Get ready. First: Bridge. Lie on your back.');
    const twist = { ...ready, name: 'Twist', side: 'left', first: false } as const;
    expect(spoken(twist)).toBe('Next: Twist. Get ready. Left side first. Lie on your back.');
  });

  it('says which round it is when a superset comes round again', () => {
    expect(spoken({ ...ready, first: false, round: { round: 2, rounds: 3 } })).toBe('Round 2 of 3. Bridge.');
    expect(spoken({ ...ready, round: { round: 1, rounds: 3 } })).toBe('Get ready. First: Bridge. Lie on your back.');
  });

  it('says how long to hold, on which side, and which repetition it is', () => {
    expect(spoken(hold)).toBe('Hold, 20 seconds.');
    expect(spoken({ ...hold, seconds: 1, side: 'right' })).toBe('Right side. Hold, 1 second.');
    expect(spoken({ ...hold, side: 'left', repetition: 2, repetitions: 3 })).toBe('2 of 3. Left side. Hold, 20 seconds.');
    expect(spoken({ ...hold, new_set: { set: 2, sets: 3 } })).toBe('Set 2 of 3. Hold, 20 seconds.');
    expect(spoken({ kind: 'change', side: 'right' })).toBe('Change sides. Now the right.');
  });

  it('counts repetitions, and names the last one', () => {
    expect(spoken(move)).toBe('4.');
    expect(spoken({ ...move, repetition: 10 })).toBe('10, the last one.');
    expect(spoken({ ...move, repetition: 1, new_set: { set: 2, sets: 3 } })).toBe('Set 2 of 3. 1.');
  });

  it('says during a rest what comes after it', () => {
    expect(spoken(rest)).toBe('And rest, 10 seconds.');
    expect(spoken({ ...rest, name: 'Twist' })).toBe('And rest, 10 seconds. Next: Twist.');
    expect(spoken({ ...rest, new_set: { set: 3, sets: 3 } })).toBe('And rest, 10 seconds. Then set 3 of 3.');
    expect(spoken({ ...rest, last: true })).toBe('And rest, 10 seconds. Then the last one.');
  });

  it('speaks of moving, not of holding, where the time is spent moving, and in minutes', () => {
    expect(spoken({ kind: 'go', seconds: 600 })).toBe('Keep going for 10 minutes.');
    expect(spoken({ kind: 'go', seconds: 45 })).toBe('Keep going for 45 seconds.');
    expect(spoken({ kind: 'halfway', seconds: 300 })).toBe('Halfway. 5 minutes to go.');
    expect(spoken({ kind: 'halfway', seconds: null })).toBe('Halfway.');
  });
});

describe('what is said in little time', () => {
  it('is shortened rather than cut off', () => {
    const second = { ...hold, side: 'left', repetition: 2, repetitions: 3 } as const;
    expect(spoken(second, 1600)).toBe('Left side. Hold.');
    expect(spoken(second, 900)).toBe('Hold.');
    expect(spoken(second, 100)).toBe('');
    expect(spoken(ready, 3000)).toBe('Get ready. First: Bridge.');
    expect(spoken({ ...rest, name: 'Twist' }, 2000)).toBe('Rest. Next: Twist.');
  });

  it('counts even fast repetitions', () => {
    expect(spoken({ ...move, repetition: 10 }, 1000)).toBe('10.');
  });

  it('is shortened for a slow voice, too', () => {
    expect(spoken(hold, 1600, 1)).toBe('Hold, 20 seconds.');
    expect(spoken(hold, 1600, 0.8)).toBe('Hold.');
  });

  it('never outlasts its step, whatever the dose', () => {
    for (const hold_seconds of [0, 1, 3, 10, 600])
      for (const tempo of ['', '1-0-1', '0-0-1']) {
        const dose = { sets: 2, repetitions: 3, hold_seconds, rest_seconds: 3, sides: 'both', tempo } as const;
        const items: RoutineItem[] = [{ exercise: 'knee-to-chest', ...dose, superset: null, round_rest_seconds: 0 }];
        const plan = buildPlan({ id: null, name: 'Morning', items }, []);
        for (const index of plan.steps.keys())
          for (const { cue, room } of cuesOf({ plan, skips: [null] }, index))
            expect(250 + 75 * spoken(cue, room).length, JSON.stringify(cue)).toBeLessThanOrEqual(Math.max(room, 250));
      }
  });
});
