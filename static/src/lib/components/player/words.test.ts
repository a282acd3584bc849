import { describe, expect, it } from 'vitest';
import { createPlayer, forward, start } from '#lib/domain/player.ts';
import { buildPlan } from '#lib/domain/playerplan.ts';
import { view } from '#lib/domain/playerview.ts';
import type { Dose } from '#lib/domain/types.ts';
import { announced, doseWords, minutesWords, nextWords, sourceWords } from './words.ts';

const dose = (patch: Partial<Dose>): Dose => ({
  sets: 1,
  repetitions: 3,
  hold_seconds: 20,
  rest_seconds: 10,
  sides: 'none',
  tempo: '',
  ...patch
});

describe('words', () => {
  it('are announced as sentences, each with one full stop', () => {
    expect(announced(['If it still hurts, stop.', null, 'Get ready', undefined, '', 'Bridge'])).toBe(
      'If it still hurts, stop. Get ready. Bridge.'
    );
    expect(announced([undefined])).toBe('');
  });

  it('name what really comes next, and only at the end another exercise', () => {
    const items = [
      { exercise: 'twist', ...dose({ repetitions: 2, sides: 'both' }), superset: null, round_rest_seconds: 0 },
      { exercise: 'bridge', ...dose({ repetitions: 1 }), superset: null, round_rest_seconds: 0 }
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

  it('write doses short', () => {
    expect(doseWords(dose({ sides: 'both' }))).toBe('3 × 20 s, each side');
    expect(doseWords(dose({ sets: 2, repetitions: 10, hold_seconds: 0 }))).toBe('2 sets of 10 repetitions');
    const counted = { repetitions: 10, hold_seconds: 0 };
    expect(doseWords(dose({ ...counted, tempo: '2-0-2' }))).toBe('10 repetitions, slowly: 2 s out, 2 s back');
    expect(doseWords(dose({ ...counted, tempo: '2-1-3', sides: 'both' }))).toBe(
      '10 repetitions, slowly: 2 s out, 1 s still, 3 s back, each side'
    );
    expect(minutesWords(20)).toBe('1 minute');
    expect(minutesWords(500)).toBe('8 minutes');
  });

  it('name a source, also one that came later', () => {
    expect(sourceWords('G')).toBe('Source: public health guidance');
    expect(sourceWords('S9')).toBe('Source: S9');
  });
});
