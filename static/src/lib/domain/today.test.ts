import { describe, expect, it } from 'vitest';
import { copyOf, lastBefore, partOfDay, restsUntil, safeNext, yesterdaysSession } from './today.ts';
import type { Reading, SessionBody } from './types.ts';

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

it('asks for nothing for a week after an entry of whoever writes once a week', () => {
  const last = { local_date: '2026-11-25' };
  expect(restsUntil(last, '2026-11-26')).toBe('2026-12-02');
  expect(restsUntil(last, '2026-12-01')).toBe('2026-12-02');
  expect(restsUntil(last, '2026-12-02')).toBeNull();
  expect(restsUntil(undefined, '2026-12-02')).toBeNull();
});

describe('the question of the next morning', () => {
  const session = (local_date: string, patch: object = {}) => ({
    local_date,
    items: [{ status: 'done' }] as SessionBody['items'],
    pain_next_morning: null as number | null,
    numbness_next_morning: null,
    next_morning_declined: false,
    stop_reason: null as SessionBody['stop_reason'],
    ...patch
  });
  const zone = 'Europe/Berlin';
  const morning = new Date('2026-03-30T05:30:00Z');

  it('is about the last session of the day before, by the calendar of the place', () => {
    const sessions = [session('2026-03-30'), session('2026-03-29'), session('2026-03-29')];
    expect(yesterdaysSession(sessions, morning, zone)).toBe(sessions[1]);
    // Still the 29th in Los Angeles.
    expect(yesterdaysSession(sessions, morning, 'America/Los_Angeles')).toBeUndefined();
  });

  it('is about a leg that turned weak, even before anything was done', () => {
    const patch = { items: [{ status: 'skipped' }], stop_reason: 'weakness' };
    expect(yesterdaysSession([session('2026-03-29', patch)], morning, zone)).toBeDefined();
  });

  it('is asked once, and not about what was left out', () => {
    const skipped = session('2026-03-29', { items: [{ status: 'skipped' }] });
    const answered = session('2026-03-29', { pain_next_morning: 2 });
    const declined = session('2026-03-29', { next_morning_declined: true });
    const another = session('2026-03-29');
    for (const sessions of [[answered, another], [another, answered], [declined, another], [another, declined], [skipped], []]) {
      expect(yesterdaysSession(sessions, morning, zone)).toBeUndefined();
    }
    expect(yesterdaysSession([skipped, session('2026-03-29')], morning, zone)).toBeDefined();
  });

  it('is asked again about another day', () => {
    const before = session('2026-03-28', { next_morning_declined: true });
    expect(yesterdaysSession([session('2026-03-29'), before], morning, zone)).toBeDefined();
  });

  it('knows days of 25 and of 23 hours', () => {
    const late = new Date('2026-10-25T23:30:00+01:00');
    expect(yesterdaysSession([session('2026-10-25')], late, zone)).toBeUndefined();
    const early = new Date('2026-03-30T00:30:00+02:00');
    expect(yesterdaysSession([session('2026-03-29')], early, zone)).toBeDefined();
  });
});

it('leads after a sign-in to an address of ours only', () => {
  expect(safeNext('/history?range=90')).toBe('/history?range=90');
  for (const next of [null, '', 'https://example.org', '//example.org', '/\\example.org']) {
    expect(safeNext(next)).toBe('/');
  }
});

it('copies no mark on the saddle area', () => {
  const calf = { region: 'calf', side: 'left', numbness: 4, tingling: null, pain: null, weakness: null, qualities: [] };
  const readings = [calf, { ...calf, region: 'saddle', side: 'midline' }] as Reading[];
  expect(copyOf({ readings })).toEqual([calf]);
});
