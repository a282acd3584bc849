import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { vi } from 'vitest';
import type { CheckBody, LogBody, MeasureBody, PrescriptionBody, Profile, SessionBody } from '#lib/domain/types.ts';
import { openDatabase, type Database } from './db.ts';

/** A phone out of the box: an IndexedDB of its own. */
export function newPhone(): void {
  vi.stubGlobal('indexedDB', new IDBFactory());
}

export const profileOf = (id: string): Profile => ({
  id,
  email: `${id}@example.org`,
  display_name: '',
  time_zone: 'Europe/Berlin',
  language: 'en',
  country: 'DE',
  emergency_number: '',
  quiet_hours: null,
  weekly_mode: false,
  conditions: []
});

export function log(note: string, more: Partial<LogBody> = {}): LogBody {
  return {
    occurred_at: '2026-11-20T07:30:00+01:00',
    time_zone: 'Europe/Berlin',
    readings: [],
    sleep_quality: null,
    triggers: [],
    note,
    self_care: [],
    ...more
  };
}

export const session = (note: string): SessionBody => ({
  routine: null,
  routine_name: 'Evening',
  prescription: null,
  prescription_version: null,
  started_at: '2026-11-20T20:00:00+01:00',
  ended_at: '2026-11-20T20:10:00+01:00',
  time_zone: 'Europe/Berlin',
  ended: 'completed',
  stop_reason: null,
  items: [],
  hurts: [],
  pain_before: 4,
  numbness_before: 5,
  pain_after: 3,
  numbness_after: 5,
  pain_next_morning: null,
  numbness_next_morning: null,
  next_morning_declined: false,
  note
});

export const check = (answer: string): CheckBody => ({
  answered_at: '2026-11-20T08:00:00+01:00',
  time_zone: 'Europe/Berlin',
  answers: { saddle: answer },
  since: {},
  entry: null,
  read_at: null,
  table_version: 1,
  level: answer === 'no' ? null : 'E',
  flags: answer === 'no' ? [] : [{ rule: 'saddle', level: 'E' }]
});

export const measure = (pain: number): MeasureBody => ({
  kind: 'interference',
  answered_at: '2026-11-20T19:00:00+01:00',
  time_zone: 'Europe/Berlin',
  interference: { pain, enjoyment: 3, activity: null },
  activities: []
});

export const prescription = (note: string): PrescriptionBody => ({
  name: 'Evening',
  items: [
    {
      exercise: 'bridge',
      sets: 1,
      repetitions: 3,
      hold_seconds: 10,
      rest_seconds: 10,
      sides: 'none',
      tempo: '',
      superset: null,
      round_rest_seconds: 0
    }
  ],
  times_a_day: 2,
  weekdays: ['mon', 'wed', 'fri'],
  starts_on: '2026-11-20',
  ends_on: null,
  pain_rule: { ease_at: 4, stop_at: 6, ease_rise: 2, stop_rise: 3 },
  note
});

export const openAs = (person: string): Promise<Database> => openDatabase(person);
