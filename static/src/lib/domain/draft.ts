/** An entry being written: what a form holds until it is saved. */
import { withOffset } from './clock.ts';
import { isEmptyReading } from './body.ts';
import type { LogBody } from './types.ts';

/** `occurred_at` null means "now", whenever that will be when it is saved. */
export type LogDraft = Omit<LogBody, 'occurred_at' | 'time_zone'> & { occurred_at: string | null };

export const NOTE_LENGTH = 2000;
export const TRIGGER_LENGTH = 40;
export const MOST_TRIGGERS = 20;
const EARLIEST = Date.UTC(2000, 0, 1);
const DAY_MS = 86_400_000;

export function emptyDraft(): LogDraft {
  return { occurred_at: null, readings: [], sleep_quality: null, triggers: [], note: '', self_care: [] };
}

export function draftOf(body: LogBody): LogDraft {
  const { occurred_at, readings, sleep_quality, triggers, note, self_care } = body;
  return structuredClone({ occurred_at, readings, sleep_quality, triggers, note, self_care });
}

/** Nothing in it that would be missed. */
export function isEmptyDraft(draft: LogDraft): boolean {
  return (
    draft.readings.length === 0 &&
    draft.sleep_quality === null &&
    draft.triggers.length === 0 &&
    draft.note.trim() === '' &&
    draft.self_care.length === 0
  );
}

/** Whether an entry may carry this time: since 2000, at most a day ahead (travel across the date line). */
export function isPossibleTime(moment: Date, now: Date): boolean {
  return moment.getTime() >= EARLIEST && moment.getTime() <= now.getTime() + DAY_MS;
}

/** The body to save. A place that was opened and left unrated says nothing and is left out. */
export function bodyOfDraft(draft: LogDraft, zone: string, now: Date): LogBody {
  return {
    occurred_at: draft.occurred_at ?? withOffset(now),
    time_zone: zone,
    readings: draft.readings.filter((reading) => reading.region === 'saddle' || !isEmptyReading(reading)),
    sleep_quality: draft.sleep_quality,
    triggers: draft.triggers,
    note: draft.note,
    self_care: draft.self_care
  };
}

/** Would saving turn an entry that marked something into "no symptoms"? Nobody's taking back of a mark says that. */
export function takesBackAll(draft: LogDraft, before: Pick<LogBody, 'readings'>): boolean {
  return before.readings.length > 0 && bodyOfDraft(draft, '', new Date()).readings.length === 0;
}

/** `text` is a draft as JSON that this or an older version of the app kept; null when it is none. */
export function parseDraft(text: string | null): LogDraft | null {
  try {
    const kept: unknown = JSON.parse(text ?? 'null');
    if (typeof kept !== 'object' || kept === null) return null;
    const draft = { ...emptyDraft(), ...kept };
    const whole = Array.isArray(draft.readings) && Array.isArray(draft.triggers) && Array.isArray(draft.self_care);
    return whole && typeof draft.note === 'string' ? draft : null;
  } catch {
    return null;
  }
}

/** A trigger as it is stored: one space between words, 40 characters at most; empty when there is nothing in it. */
export function tidyTrigger(text: string): string {
  return text.trim().replace(/\s+/g, ' ').slice(0, TRIGGER_LENGTH).trim();
}
