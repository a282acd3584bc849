import { describe, expect, it } from 'vitest';
import { lastBefore, partOfDay, safeNext, unaskedSession } from './today.ts';

it('greets by the hour', () => {
  expect([3, 5, 12, 18, 22].map(partOfDay)).toEqual(['night', 'morning', 'afternoon', 'evening', 'night']);
});

it('copies from the latest entry of the most recent day before today', () => {
  const entry = (id: string, local_date: string) => {
    return { id, local_date, occurred_at: `${local_date}T08:00:00Z`, readings: [] };
  };
  const entries = [entry('today', '2026-11-20'), entry('latest', '2026-11-18'), entry('earlier', '2026-11-18')];
  expect(lastBefore(entries, '2026-11-20')?.id).toBe('latest');
  expect(lastBefore([], '2026-11-20')).toBeUndefined();
});

describe('the question of the next morning', () => {
  const now = new Date('2026-11-20T07:00:00Z');
  const session = (local_date: string, pain_next_morning: number | null) => ({
    local_date,
    pain_next_morning,
    numbness_next_morning: null,
    time_zone: 'Europe/Berlin',
    started_at: `${local_date}T18:00:00+01:00`
  });

  it('is asked once, about yesterday', () => {
    expect(unaskedSession([session('2026-11-19', null)], now)?.local_date).toBe('2026-11-19');
    expect(unaskedSession([session('2026-11-19', 3)], now)).toBeUndefined();
    expect(unaskedSession([session('2026-11-20', null), session('2026-11-17', null)], now)).toBeUndefined();
  });
});

it('leads after a sign-in to an address of ours only', () => {
  expect(safeNext('/history?range=90')).toBe('/history?range=90');
  for (const next of [null, '', 'https://example.org', '//example.org', '/\\example.org']) {
    expect(safeNext(next)).toBe('/');
  }
});
