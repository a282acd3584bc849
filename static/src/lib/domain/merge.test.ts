import { expect, test } from 'vitest';
import { carryOver, sameValue } from './merge.ts';

test('values are the same whatever the order of their keys', () => {
  expect(sameValue({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 })).toBe(true);
  expect(sameValue({ a: 1 }, { a: 1, b: undefined })).toBe(false);
  expect(sameValue([1, 2], [2, 1])).toBe(false);
  expect(sameValue([], {})).toBe(false);
  expect(sameValue(null, {})).toBe(false);
});

test('keeps what the person changed and takes the rest from the newer document', () => {
  const base = { note: 'a', sleep: 3, triggers: ['sitting'] };
  const mine = { note: 'b', sleep: 3, triggers: ['sitting'] };
  const theirs = { note: 'a', sleep: 7, triggers: [], id: 'x' };
  expect(carryOver(base, mine, theirs)).toEqual({ note: 'b', sleep: 7, triggers: [] });
});

test('when both changed one field, the later edit of this person stands', () => {
  expect(carryOver({ note: 'a' }, { note: 'mine' }, { note: 'theirs' })).toEqual({ note: 'mine' });
});
