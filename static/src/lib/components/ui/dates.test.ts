import { beforeAll, expect, test, vi } from 'vitest';
import { dayAndTime, dayName, dayWithin, fullMoment, momentWithin } from './dates.ts';

beforeAll(() => vi.stubGlobal('navigator', { languages: ['en-GB'] }));

test('today and yesterday are small inside a sentence, and a day of the week keeps its capital', () => {
  const days = ['2026-11-22', '2026-11-21', '2026-11-20'];
  expect(days.map((day) => dayWithin(day, '2026-11-22'))).toEqual(['today', 'yesterday', dayName('2026-11-20', '2026-11-22')]);
  expect(dayWithin('2026-11-20', '2026-11-22')).toMatch(/^Friday/);
  const moment = ['2026-11-22T10:33:00+01:00', 'Europe/Berlin', '2026-11-22'] as const;
  expect([momentWithin(...moment), dayAndTime(...moment)]).toEqual(['today, 10:33', 'Today, 10:33']);
});

test('a record has the whole date, of this year and today too, by the clock of its zone', () => {
  expect(fullMoment('2026-11-22T22:33:00Z', 'Pacific/Kiritimati')).toBe('23 November 2026, 12:33');
});
