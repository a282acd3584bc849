import { expect, test } from 'vitest';
import { madeAt } from './madeat.ts';
import { uuid7 } from './uuid7.ts';

test('is a version 7 UUID of the RFC variant', () => {
  expect(uuid7()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('carries the time in its first 48 bits', () => {
  // The example of RFC 9562, appendix A.6.
  expect(uuid7(0x017f22e279b0).startsWith('017f22e2-79b0-7')).toBe(true);
});

test('says when it was made; another id does not', () => {
  expect([0, 2 ** 32, 1_795_000_000_000].map((time) => madeAt(uuid7(time)))).toEqual([0, 2 ** 32, 1_795_000_000_000]);
  expect([madeAt('f81d4fae-7dec-41d0-a765-00a0c91e6bf6'), madeAt('entry')]).toEqual([null, null]);
});

test('sorts by the time it was made', () => {
  const times = [0, 1, 2 ** 32 - 1, 2 ** 32, 1_795_000_000_000];
  const ids = times.map((time) => uuid7(time));
  expect([...ids].sort()).toEqual(ids);
});

test('never repeats within a millisecond', () => {
  const ids = new Set(Array.from({ length: 2000 }, () => uuid7(1_795_000_000_000)));
  expect(ids.size).toBe(2000);
});
