import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { vi } from 'vitest';
import type { LogBody, Profile, SessionBody } from '#lib/domain/types.ts';
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
  weekly_mode: false
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
  started_at: '2026-11-20T20:00:00+01:00',
  ended_at: '2026-11-20T20:10:00+01:00',
  time_zone: 'Europe/Berlin',
  ended: 'completed',
  stop_reason: null,
  items: [],
  pain_before: 4,
  numbness_before: 5,
  pain_after: 3,
  numbness_after: 5,
  pain_next_morning: null,
  numbness_next_morning: null,
  note
});

export const openAs = (person: string): Promise<Database> => openDatabase(person);
