import { expect, test } from 'vitest';
import type { Reason, Report } from '#lib/domain/patients.ts';
import { hasDay, leadOf } from './leads.ts';

const reason = (parts: Partial<Reason>): Reason => ({
  reason: 'worsening',
  acknowledged: false,
  noted: null,
  since: '2026-11-10',
  level: null,
  flag: null,
  rule: null,
  stream: null,
  count: null,
  days: null,
  start: null,
  now: null,
  ...parts
});
const report = (parts: object): Report =>
  ({
    sections: ['symptoms', 'exercises', 'diary'],
    period: { start: '2026-11-01', end: '2026-11-21', days: 21, logged: 9 },
    days: [{ date: '2026-11-12' }, { date: '2026-11-14' }],
    exercises: [{ exercise: 'bridge' }],
    adherence: null,
    ...parts
  }) as unknown as Report;
const patient = { link: 'one' };
const lead = (of: Partial<Reason>, shown: Report | null = report({})) => leadOf(reason(of), patient, shown);

test('each reason leads to what it speaks of', () => {
  expect(lead({ reason: 'red-flag', flag: 'f' })).toBe('#flag-f');
  expect(lead({ reason: 'worsening', flag: 'g' })).toBe('#flag-g');
  expect(lead({ reason: 'made-worse', days: ['2026-11-12', '2026-11-14'] })).toBe('#harmed');
  expect(lead({ reason: 'two-missed', days: ['2026-11-13'] })).toBe('#exercises');
  expect(lead({ reason: 'silent-week' })).toBe('#chart');
  expect(lead({ reason: 'good-news' })).toBe('#changes');
  expect(lead({ reason: 'message' })).toBe('/messages/one');
});

test('what a session did leads to where it is answered, whatever else the patient shows', () => {
  expect(lead({ reason: 'made-worse', days: ['2026-11-14'] }, report({ sections: ['exercises'] }))).toBe('#harmed');
  expect(lead({ reason: 'made-worse', days: ['2026-11-14'] }, null)).toBe('#harmed');
  expect(lead({ reason: 'made-worse', flag: 'h', days: ['2026-11-14'] })).toBe('#flag-h');
});

test('a day is found in the table where the patient shows it', () => {
  expect(hasDay(report({}), '2026-11-14')).toBe(true);
  expect(hasDay(report({}), '2026-11-13')).toBe(false);
  expect(hasDay(report({ sections: ['symptoms', 'exercises'] }), '2026-11-14')).toBe(false);
});

test('a reason leads nowhere that the patient does not show', () => {
  expect(lead({ reason: 'two-missed' }, report({ sections: ['symptoms'] }))).toBeNull();
  expect(lead({ reason: 'silent-week' }, report({ period: { start: '', end: '', days: 21, logged: 0 } }))).toBeNull();
  expect(lead({ reason: 'message' }, null)).toBe('/messages/one');
});
