import { describe, expect, it } from 'vitest';
import type { Exercise, RoutineItem } from '#lib/domain/types.ts';
import { bodyOf, changed, draftOf, moved, withExercise, without } from './draft.ts';

const item = (exercise: string): RoutineItem => ({
  exercise,
  sets: 1,
  repetitions: 3,
  hold_seconds: 20,
  rest_seconds: 10,
  sides: 'both'
});
const draft = draftOf({ name: ' Mine ', items: [item('a'), item('b'), item('a')] });
const order = (of: typeof draft) => of.items.map((one) => one.exercise + one.key).join(' ');

describe('a routine being changed', () => {
  it('goes back to what the server takes', () => {
    expect(bodyOf(draft)).toEqual({ name: 'Mine', items: [item('a'), item('b'), item('a')] });
  });

  it('moves an item by one, and not beyond the ends', () => {
    expect(order(moved(draft, 2, -1))).toBe('a0 a2 b1');
    expect(order(moved(draft, 0, 1))).toBe('b1 a0 a2');
    expect(moved(draft, 0, -1)).toBe(draft);
    expect(moved(draft, 2, 1)).toBe(draft);
  });

  it('tells two of the same exercise apart', () => {
    expect(order(without(draft, 0))).toBe('b1 a2');
    expect(changed(draft, 2, { repetitions: 1 }).items.map((one) => one.repetitions)).toEqual([3, 3, 1]);
  });

  it('adds an exercise with the dose of the catalogue, under a key of its own', () => {
    const added = withExercise(without(draft, 1), { ...item('c'), slug: 'c', name: 'C' } as unknown as Exercise);
    expect(order(added)).toBe('a0 a2 c3');
    expect(bodyOf(added).items[2]).toEqual(item('c'));
  });
});
