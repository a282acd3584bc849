import { describe, expect, it } from 'vitest';
import { dose, easier, harder } from './progress.fixtures.ts';
import { taken } from './progress.ts';
import type { RoutineItem } from './types.ts';

describe('taking an offer', () => {
  const first: RoutineItem = { ...dose, exercise: 'bridge', superset: 1, round_rest_seconds: 30 };
  const second: RoutineItem = { ...dose, exercise: 'twist', superset: 1, round_rest_seconds: 30 };
  const forms = [
    { ...dose, slug: 'one-leg', repetitions: 8, hold_seconds: 5 },
    { ...dose, slug: 'squeeze', sides: 'none' as const }
  ];

  it('puts the form in its place, in no more than the dose that was planned', () => {
    expect(taken([first, second], harder, forms)).toEqual([
      { ...first, exercise: 'one-leg', hold_seconds: 5 },
      second
    ]);
  });

  it('stays on the leg that is exercised', () => {
    const left: RoutineItem = { ...first, sides: 'left' };
    expect(taken([left], harder, forms)[0]?.sides).toBe('left');
    expect(taken([left], easier, forms)[0]?.sides).toBe('none');
  });

  it('changes nothing for a form that is not in the catalogue', () => {
    expect(taken([first], { exercise: 'bridge', to: 'gone' }, forms)).toEqual([first]);
  });
});
