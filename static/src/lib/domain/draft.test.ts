import { describe, expect, it } from 'vitest';
import { bodyOfDraft, draftOf, emptyDraft, isEmptyDraft, isPossibleTime, parseDraft } from './draft.ts';
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
