import { expect, test } from 'vitest';
import { localDate, withOffset } from './clock.ts';

test.each([
  ['2026-11-20T23:30:00Z', 'Europe/Berlin', '2026-11-21'],
  ['2026-11-20T07:30:00+01:00', 'Europe/Berlin', '2026-11-20'],
  ['2026-11-20T07:30:00+01:00', 'Pacific/Auckland', '2026-11-20'],
  ['2026-11-20T12:30:00+01:00', 'Pacific/Auckland', '2026-11-21'],
  ['2026-11-20T05:00:00Z', 'America/Los_Angeles', '2026-11-19'],
  // The hour that Berlin has twice.
  ['2026-10-25T00:30:00Z', 'Europe/Berlin', '2026-10-25']
])('%s was the day %s knows as %s', (moment, zone, date) => {
  expect(localDate(moment, zone)).toBe(date);
});

test('falls back to the written date in a zone that this device does not know', () => {
  expect(localDate('2026-11-20T23:30:00-05:00', 'Mars/Olympus')).toBe('2026-11-20');
});

test('writes a moment with its offset, so that it reads back as the same moment', () => {
  const moment = new Date('2026-11-20T06:30:15.000Z');
  expect(withOffset(moment)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:15[+-]\d\d:\d\d$/);
  expect(new Date(withOffset(moment))).toEqual(moment);
});
