import { describe, expect, it } from 'vitest';
import { bodyOfDraft, draftOf, emptyDraft, isEmptyDraft, isPossibleTime, parseDraft, takesBackAll } from './draft.ts';
import { emptyReading } from './body.ts';

const now = new Date('2026-11-20T08:00:00Z');

describe('a draft', () => {
  it('that was left at now takes the time of saving', () => {
    const body = bodyOfDraft(emptyDraft(), 'Europe/Berlin', now);
    expect(Date.parse(body.occurred_at)).toBe(now.getTime());
    expect(body.time_zone).toBe('Europe/Berlin');
  });

  it('leaves out a place without a rating, but never a mark on the saddle', () => {
    const readings = [emptyReading('calf', 'left'), emptyReading('saddle', 'midline')];
    const body = bodyOfDraft({ ...emptyDraft(), readings }, 'UTC', now);
    expect(body.readings.map((reading) => reading.region)).toEqual(['saddle']);
  });

  it('comes back from what was kept, and from nothing else', () => {
    const draft = { ...emptyDraft(), note: 'on the stairs' };
    expect(parseDraft(JSON.stringify(draft))).toEqual(draft);
    for (const text of [null, '', 'null', '3', '{"readings": 4}', '{"note": 1}']) expect(parseDraft(text)).toBeNull();
  });

  it('is empty until something is in it', () => {
    expect(isEmptyDraft(emptyDraft())).toBe(true);
    expect(isEmptyDraft({ ...emptyDraft(), sleep_quality: 0 })).toBe(false);
    expect(isEmptyDraft(draftOf({ ...emptyDraft(), occurred_at: now.toISOString(), time_zone: 'UTC' }))).toBe(true);
  });
});

describe('taking back the last mark of an entry', () => {
  const marked = { readings: [emptyReading('saddle', 'midline')] };

  it('is asked about: it does not say that nothing was felt', () => {
    expect(takesBackAll(emptyDraft(), marked)).toBe(true);
    expect(takesBackAll({ ...emptyDraft(), readings: [emptyReading('calf', 'left')] }, marked)).toBe(true);
  });

  it('is no question where a mark is left, or where none was', () => {
    expect(takesBackAll({ ...emptyDraft(), ...marked }, marked)).toBe(false);
    expect(takesBackAll(emptyDraft(), { readings: [] })).toBe(false);
  });
});

describe('the time of an entry', () => {
  it.each([
    ['2026-11-21T07:59:00Z', true],
    ['2026-11-21T08:01:00Z', false],
    ['2000-01-01T00:00:00Z', true],
    ['1999-12-31T23:59:00Z', false]
  ])('%s: %s', (time, possible) => {
    expect(isPossibleTime(new Date(time), now)).toBe(possible);
  });
});
