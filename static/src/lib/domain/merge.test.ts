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

test('when a plan begins and ends is one change: a start of hers does not pass an end of theirs', () => {
  const base = { name: 'Daily', starts_on: '2026-12-01', ends_on: '2026-12-31' };
  const mine = { ...base, starts_on: '2026-12-10' };
  const theirs = { name: 'Twice a day', starts_on: '2026-12-01', ends_on: '2026-12-05' };
  expect(carryOver(base, mine, theirs)).toEqual({ ...mine, name: 'Twice a day' });
  expect(carryOver(base, { ...base, ends_on: null }, { ...base, starts_on: '2027-01-04', ends_on: '2027-02-01' })).toEqual({
    ...base,
    ends_on: null
  });
  expect(carryOver(base, { ...base, name: 'Mine' }, theirs)).toEqual({ ...theirs, name: 'Mine' });
});

test('what else only makes sense together is carried over together', () => {
  const log = { occurred_at: '2026-11-20T08:00:00+01:00', time_zone: 'Europe/Berlin', note: '' };
  const later = { ...log, occurred_at: '2026-11-20T09:00:00+01:00' };
  const elsewhere = { occurred_at: '2026-11-20T07:00:00+00:00', time_zone: 'Europe/London', note: 'theirs' };
  expect(carryOver(log, later, elsewhere)).toEqual({ ...later, note: 'theirs' });

  const session = { items: ['bridge', 'twist'], hurts: [{ item: 1 }], ended: 'completed', stop_reason: null, note: '' };
  const shorter = { ...session, items: ['bridge'], hurts: [] };
  const theirs = { ...session, ended: 'stopped', stop_reason: 'pain', note: 'theirs' };
  expect(carryOver(session, shorter, theirs)).toEqual({ ...shorter, note: 'theirs' });
  expect(carryOver(session, { ...session, note: 'mine' }, theirs)).toEqual({ ...theirs, note: 'mine' });
});
