import { expect, test } from 'vitest';
import type { PatientStop, Reason, ReportedFlag } from '#lib/domain/patients.ts';
import { endWords, lastWords, reasonWords, stopWords } from './words.ts';

const sign = { reason: 'red-flag', rule: 'saddle', level: 'E', since: '2026-11-21', acknowledged: true } as Reason;
const words = (by: string | null, by_you = false) =>
  reasonWords({ ...sign, noted: { at: '2026-11-22T09:33:00+00:00', by, by_you } }, '2026-11-22', 'Europe/Berlin');

test('a noted sign says by whom and when, on the clock of who reads it', () => {
  expect(reasonWords({ ...sign, noted: null }, '2026-11-22', 'Europe/Berlin')).not.toContain('noted');
  expect(words('Petra', true)).toMatch(/ \(noted by you, 22 November, 10:33.*\)$/);
  expect(words('Cleo')).toMatch(/ \(noted by Cleo, 22 November, 10:33.*\)$/);
  expect(words(null)).toMatch(/ \(noted\)$/);
});

test('without an entry it is said from when on entries are seen, where earlier ones are not shown', () => {
  const last = (last_entry: string | null, sees_from: string | null) => lastWords({ last_entry, sees_from, today: '2026-11-22' });
  expect(last(null, null)).toBe('No entry yet');
  expect(last(null, '2026-11-22')).toBe('No entry since 22 November, from when on you see them');
  expect(last('2026-11-22', '2026-11-22')).toBe('Last entry: 22 November');
});

test('of what is over it is told from when until when, and by whose word', () => {
  const flag = { opened_on: '2026-11-20', resolved_on: '2026-11-21', reason: 'checked' } as ReportedFlag;
  const told = (parts: Partial<ReportedFlag>) => endWords({ ...flag, ...parts }, '2026-11-22');
  expect(told({})).toBe('From 20 November to 21 November, over: it was looked at, the patient says.');
  expect(told({ reason: 'recovered' })).toMatch(/over: back to usual\.$/);
  expect(told({ reason: null })).toMatch(/over: for another reason\.$/);
});

test('of what was stopped it is said for what, when and how bad it was', () => {
  const stop: PatientStop = { exercise: 'bridge', date: '2026-11-20', what: 'pain', rating: 7, eased: false };
  const told = (parts: Partial<PatientStop>) => stopWords({ ...stop, ...parts }, '2026-11-22');
  expect(told({})).toBe('Stopped for pain on 20 November: 7 of 10');
  expect(told({ rating: 0 })).toBe('Stopped for pain on 20 November: 0 of 10');
  expect(told({ what: 'numbness', rating: null })).toBe('Stopped for numbness or tingling on 20 November');
  expect(told({ what: 'weakness', rating: null })).toBe('Stopped on 20 November: a leg turned weak');
  expect(told({ what: 'further', rating: null })).toBe('Stopped on 20 November: felt further down the leg');
  expect(told({ what: 'limits', rating: null })).toBe('Reached the limit for stopping on 20 November');
  expect(told({ eased: true })).toBe('Stopped for pain on 20 November: 7 of 10 (an easier form of it)');
});
