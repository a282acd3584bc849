import { expect, test } from 'vitest';
import { backoff } from './backoff.ts';

test('doubles, with half of it random, up to five minutes', () => {
  expect(backoff(1, null, () => 0)).toBe(1000);
  expect(backoff(1, null, () => 1)).toBe(2000);
  expect(backoff(4, null, () => 1)).toBe(16_000);
  expect(backoff(1000, null, () => 1)).toBe(300_000);
});

test('never comes back before the server asked', () => {
  expect(backoff(1, 60_000, () => 0)).toBe(60_000);
});
