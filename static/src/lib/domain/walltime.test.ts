import { expect, test } from 'vitest';
import { fromWallTime, wallTime } from './walltime.ts';

test.each([
  ['2026-11-20T08:30', 'Asia/Tokyo', '2026-11-20T08:30:00+09:00'],
  ['2026-11-20T08:30', 'America/St_Johns', '2026-11-20T08:30:00-03:30'],
  ['2026-11-20T08:30', 'UTC', '2026-11-20T08:30:00+00:00'],
  // An hour before and after the clocks change.
  ['2026-03-29T01:30', 'Europe/Berlin', '2026-03-29T01:30:00+01:00'],
  ['2026-03-29T03:30', 'Europe/Berlin', '2026-03-29T03:30:00+02:00'],
  ['2026-10-25T01:30', 'Europe/Berlin', '2026-10-25T01:30:00+02:00'],
  ['2026-10-25T03:30', 'Europe/Berlin', '2026-10-25T03:30:00+01:00']
])('%s in %s is %s, wherever the phone is now', (value, zone, moment) => {
  expect(fromWallTime(value, zone)).toBe(moment);
  expect(wallTime(moment)).toBe(value);
});

test('a field without a whole time has none', () => {
  for (const value of ['', '2026-11-20T', '2026-13-40T08:30']) expect(fromWallTime(value, 'UTC')).toBeNull();
});

test('in a zone that this phone does not know its own clock must do', () => {
  expect(new Date(fromWallTime('2026-11-20T08:30', 'Mars/Olympus')!)).toEqual(new Date('2026-11-20T08:30'));
});
