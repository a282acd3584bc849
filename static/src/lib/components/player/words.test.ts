import { describe, expect, it } from 'vitest';
import { createPlayer, forward, start, view } from '#lib/domain/player.ts';
import { buildPlan } from '#lib/domain/playerplan.ts';
import type { Dose } from '#lib/domain/types.ts';
import { doseWords, minutesWords, nextWords, sourceWords, spoken } from './words.ts';

const dose = (patch: Partial<Dose>): Dose => ({
  sets: 1,
  repetitions: 3,
  hold_seconds: 20,
  rest_seconds: 10,
  sides: 'none',
  ...patch
});

describe('words', () => {
  it('name what really comes next, and only at the end another exercise', () => {
    const items = [
      { exercise: 'twist', ...dose({ repetitions: 2, sides: 'both' }) },
      { exercise: 'bridge', ...dose({ repetitions: 1 }) }
    ];
    let player = start(createPlayer(buildPlan({ id: null, name: 'Morning', items }, []), 's1'), 0);
    const words: string[] = [];
    for (; player.status === 'running'; player = forward(player, 0)) words.push(nextWords(view(player, 0)));
    expect(words.slice(1)).toEqual([
      'Next: right side',
      'Next: hold, 20 s',
      'Next: rest, 10 s',
      'Next: repetition 2, left side',
      'Next: right side',
      'Next: hold, 20 s',
      'Next: bridge',
      'Next: hold, 20 s',
      'This is the last one'
    ]);
  });

  it('announce an exercise with its side and its first step', () => {
    const first_step = 'Lie on your back.';
    expect(spoken({ kind: 'ready', name: 'Bridge', first_step, side: null, first: true })).toBe(
      'Get ready. First: Bridge. Lie on your back.'
    );
    expect(spoken({ kind: 'ready', name: 'Twist', first_step, side: 'left', first: false })).toBe(
      'Next: Twist. Get ready. Left side first. Lie on your back.'
    );
  });

  it('say how long to hold, and on which side', () => {
    const hold = { kind: 'hold', repetition: 1, repetitions: 3 } as const;
    expect(spoken({ ...hold, seconds: 20, side: null })).toBe('Hold, 20 seconds.');
    expect(spoken({ ...hold, seconds: 1, side: 'right' })).toBe('Right side. Hold, 1 second.');
    expect(spoken({ kind: 'change', side: 'right' })).toBe('Change sides. Now the right.');
  });

  it('write doses short', () => {
    expect(doseWords(dose({ sides: 'both' }))).toBe('3 × 20 s, each side');
    expect(doseWords(dose({ sets: 2, repetitions: 10, hold_seconds: 0 }))).toBe('2 sets of 10 repetitions');
    expect(minutesWords(20)).toBe('1 minute');
    expect(minutesWords(500)).toBe('8 minutes');
  });

  it('name a source, also one that came later', () => {
    expect(sourceWords('G')).toBe('Source: public health guidance');
    expect(sourceWords('S9')).toBe('Source: S9');
  });
});
