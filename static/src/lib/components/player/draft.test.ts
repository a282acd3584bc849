import { describe, expect, it } from 'vitest';
import type { Exercise, RoutineItem } from '#lib/domain/types.ts';
import {
  bodyOf,
  changed,
  draftOf,
  grouped,
  itemsOf,
  moved,
  placed,
  putBack,
  ungrouped,
  withExercise,
  without,
  withoutAdded,
  type DraftItem
} from './draft.ts';

const item = (exercise: string, superset: number | null = null): RoutineItem => ({
  exercise,
  sets: 1,
  repetitions: 3,
  hold_seconds: 20,
  rest_seconds: 10,
  sides: 'both',
  tempo: '',
  superset,
  round_rest_seconds: superset === null ? 0 : 30
});
const draft = draftOf([item('a'), item('b'), item('a')]);
const order = (of: DraftItem[]) => of.map((one) => one.exercise + one.key).join(' ');
/** "a (b c) d": what belongs together stands in brackets. */
function shape(of: DraftItem[]): string {
  const words = of.map(({ exercise, superset }, index) => {
    const opens = superset !== null && of[index - 1]?.superset !== superset ? '(' : '';
    const closes = superset !== null && of[index + 1]?.superset !== superset ? ')' : '';
    return opens + exercise + closes;
  });
  return words.join(' ');
}
/** The reverse of `shape`. */
function shaped(text: string): DraftItem[] {
  let group: number | null = null;
  let count = 0;
  const items = text.split(' ').map((word) => {
    if (word.startsWith('(')) group = count += 1;
    const made = item(word.replace(/[()]/g, ''), group);
    if (word.endsWith(')')) group = null;
    return made;
  });
  return draftOf(items);
}
const keyOf = (of: DraftItem[], exercise: string) => of.find((one) => one.exercise === exercise)!.key;

describe('a routine being changed', () => {
  it('goes back to what the server takes', () => {
    expect(bodyOf(' Mine ', draft)).toEqual({ name: 'Mine', items: [item('a'), item('b'), item('a')] });
  });

  it('moves an item by one, and not beyond the ends', () => {
    expect(order(moved(draft, 2, -1))).toBe('a0 a2 b1');
    expect(order(moved(draft, 0, 1))).toBe('b1 a0 a2');
    expect(moved(draft, 0, -1)).toBe(draft);
    expect(moved(draft, 2, 1)).toBe(draft);
  });

  it('tells two of the same exercise apart', () => {
    expect(order(without(draft, 0))).toBe('b1 a2');
    expect(changed(draft, 2, { repetitions: 1 }).map((one) => one.repetitions)).toEqual([3, 3, 1]);
  });

  it('adds an exercise with the dose of the catalogue, under a key of its own', () => {
    const added = withExercise(without(draft, 1), { ...item('c'), slug: 'c', name: 'C' } as unknown as Exercise);
    expect(order(added)).toBe('a0 a2 c3');
    expect(itemsOf(added)[2]).toEqual(item('c'));
    expect(order(withExercise([], { ...item('c'), slug: 'c' } as unknown as Exercise))).toBe('c0');
  });

  it('takes back what was added, and nothing of what was changed since', () => {
    const c = { ...item('a'), slug: 'a' } as unknown as Exercise;
    const added = withExercise(draft, c);
    const since = changed(placed(added, 1, 3), 0, { sets: 3 });
    expect(order(since)).toBe('a0 a2 a3 b1');
    expect(withoutAdded(since, 'a', 2)).toEqual(since.filter(({ key }) => key !== 3));
    expect(withoutAdded(without(since, 3), 'a', 2)).toEqual(without(since, 3));
    expect(shape(withoutAdded(shaped('b (c a)'), 'a', 0))).toBe('b c');
  });

  it('takes a removal back where it was', () => {
    expect(shape(putBack(without(shaped('a b c'), 1), shaped('a b c')[1]!, 1))).toBe('a b c');
    // The middle of a superset, after something else has been changed: it must not break up what is left of it.
    expect(shape(putBack(without(shaped('(a b c) d'), 1), shaped('(a b c) d')[1]!, 1))).toBe('(a b c) d');
  });

  it('reads a routine that an older app has stored', () => {
    const { tempo, superset, round_rest_seconds, ...old } = item('a');
    expect([tempo, superset, round_rest_seconds]).toEqual(['', null, 0]);
    expect(itemsOf(draftOf([old as RoutineItem]))).toEqual([item('a')]);
  });
});

describe('supersets', () => {
  it.each([
    ['a b c', 'a', '(a b) c'],
    ['(a b) c', 'b', '(a b c)'],
    ['a (b c)', 'a', '(a b c)'],
    ['(a b) (c d)', 'b', '(a b c d)'],
    ['a b', 'b', 'a b']
  ])('%s: %s with the one below makes %s', (before, which, after) => {
    const from = shaped(before);
    const made = grouped(from, keyOf(from, which));
    expect(shape(made)).toBe(after);
    expect(new Set(made.filter((one) => one.superset !== null).map((one) => one.round_rest_seconds)).size).toBeLessThan(2);
  });

  it.each([
    ['(a b)', 'a', 'b a'],
    ['(a b c)', 'a', '(b c) a'],
    ['(a b c) d', 'b', '(a c) b d'],
    ['a (b c)', 'a', 'a (b c)']
  ])('%s: %s taken out leaves %s', (before, which, after) => {
    const from = shaped(before);
    expect(shape(ungrouped(from, keyOf(from, which)))).toBe(after);
  });

  it.each([
    ['a (b c) d', 'a', 1, '(b c) a d'],
    ['a (b c) d', 'd', -1, 'a d (b c)'],
    ['(a b c) d', 'a', 1, '(b a c) d'],
    ['(a b c) d', 'c', 1, '(a b) d c'],
    ['(a b) c', 'b', 1, 'a c b'],
    ['(a b) (c d)', 'b', 1, 'a (c d) b']
  ] as const)('%s: %s moved by %i makes %s', (before, which, by, after) => {
    const from = shaped(before);
    expect(shape(moved(from, keyOf(from, which), by))).toBe(after);
  });

  it.each([
    ['a (b c) d', 'a', 1, '(b a c) d'],
    ['a (b c) d', 'd', 0, 'd a (b c)'],
    ['a (b c) d', 'a', 2, '(b c) a d'],
    ['(a b c) d', 'a', 3, '(b c) d a'],
    ['(a b c) d', 'a', 2, '(b c a) d'],
    ['(a b) (c d)', 'a', 2, 'b (c a d)']
  ] as const)('%s: %s dropped at %i makes %s', (before, which, to, after) => {
    const from = shaped(before);
    expect(shape(placed(from, keyOf(from, which), to))).toBe(after);
  });

  it('breaks up when only one is left', () => {
    const from = shaped('(a b) c');
    expect(shape(without(from, keyOf(from, 'a')))).toBe('b c');
    expect(itemsOf(without(from, keyOf(from, 'a')))[0]).toEqual(item('b'));
  });

  it('has one rest after each round, whichever of its exercises it is changed at', () => {
    const from = shaped('(a b) (c d)');
    const after = changed(from, keyOf(from, 'a'), { round_rest_seconds: 60 });
    expect(after.map((one) => one.round_rest_seconds)).toEqual([60, 60, 30, 30]);
  });

  it('heals what no server would take', () => {
    expect(shape(draftOf([item('a', 1), item('b'), item('c', 1), item('d', 1)]))).toBe('a b (c d)');
  });
});
