import { describe, expect, it } from 'vitest';
import { newReminder, type Due, type Occurrence, type Reminder, type ReminderBody } from '#lib/domain/reminders.ts';
import { aboutWords, dueNotes, nextWords, outcomeWords, reminderWords, toldWords, whenWords } from './words.ts';

const TODAY = '2026-11-20';
const BERLIN = 'Europe/Berlin';
const base = newReminder('log', BERLIN, TODAY);
const body = (parts: Partial<ReminderBody> = {}): ReminderBody => ({ ...base, times: ['07:30', '19:00'], ...parts });
const names = { routine: (id: string) => (id === 'r' ? 'Gentle start' : undefined), plan: (id: string) => (id === 'p' ? 'Back plan' : undefined) };
// Whatever this machine's habits are, 12 hours or 24.
const plain = (words: string) => words.replace(/(\d+):(\d+)\s?([ap])m/gi, (_, hour, minute, half) => {
  const hours = (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0);
  return `${String(hours).padStart(2, '0')}:${minute}`;
});

describe('when a reminder comes', () => {
  it.each<[Partial<ReminderBody>, string]>([
    [{}, 'Every day at 07:30 and 19:00'],
    [{ interval: 3 }, 'Every 3 days at 07:30 and 19:00'],
    [{ frequency: 'weekly', weekdays: ['mon', 'thu'] }, 'Every Monday and Thursday at 07:30 and 19:00'],
    [{ frequency: 'weekly', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] }, 'Monday to Friday at 07:30 and 19:00'],
    [{ frequency: 'weekly', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] }, 'Every day at 07:30 and 19:00'],
    [{ frequency: 'weekly', interval: 2, weekdays: ['sun'], times: ['18:00'] }, 'Every 2 weeks on Sunday at 18:00'],
    // 2026-11-20 is a Friday.
    [{ frequency: 'weekly', weekdays: [], times: ['18:00'] }, 'Every Friday at 18:00'],
    [{ weekdays: ['sat', 'sun'], times: ['09:15'] }, 'Every Saturday and Sunday at 09:15'],
    [{ interval: 2, weekdays: ['mon'], times: ['09:15'] }, 'Every 2 days, on Monday only, at 09:15']
  ])('%j is "%s"', (parts, words) => {
    expect(plain(whenWords(body(parts)))).toBe(words);
  });

  it('is said with what it is about', () => {
    expect(plain(reminderWords(body(), names))).toBe('Every day at 07:30 and 19:00 · your diary');
    expect(aboutWords(body({ kind: 'routine', routine: 'r' }), names)).toBe('Gentle start');
    expect(aboutWords(body({ kind: 'prescription', prescription: 'p' }), names)).toBe('Back plan');
    expect(aboutWords(body({ kind: 'routine', routine: 'gone' }), names)).toBe('a routine that is no longer there');
    expect(aboutWords(body({ kind: 'custom', text: 'Change the pillow' }), names)).toBe('“Change the pillow”');
  });
});

describe('the next time', () => {
  const kept = (parts: Partial<Reminder> = {}): Reminder => ({
    ...body(),
    ...{ id: 'x', version: 1, changed_at: '2026-11-20T06:00:00Z', deleted_at: null, next_due_at: '2026-11-21T06:30:00Z' },
    ...parts
  });
  it.each<[string, Partial<Reminder>, string]>([
    ['tomorrow', {}, 'Next time: Tomorrow, 07:30'],
    ['on a clock elsewhere', { follow_device: false, time_zone: 'Asia/Tokyo' }, 'Next time: Tomorrow, 15:30 (Asia/Tokyo)'],
    ['never', { next_due_at: null }, 'No further times'],
    ['off', { active: false, next_due_at: null }, 'Off'],
    ['in a pause', { pause: { from: '2026-11-21', to: '2026-11-30' } }, 'Paused until 30 November'],
    ['after a pause', { next_told_at: '2026-12-02T06:30:00Z', pause: { from: '2026-11-21', to: '2026-11-30' } },
      'Paused until 30 November. Next time: Wednesday 2 December, 07:30'],
    ['after a pause in which it ends', { next_told_at: null, pause: { from: '2026-11-21', to: '2026-11-30' } }, 'No further times'],
    ['of what is held back', { next_told_at: '2026-11-20T18:00:00Z', next_done: false }, 'Next time: Today, 19:00'],
    ['of the last one, held back', { next_due_at: null, next_told_at: '2026-11-20T18:00:00Z', next_done: false }, 'Next time: Today, 19:00'],
    ['on a day on which it is written already', { next_due_at: '2026-11-20T18:00:00Z', next_told_at: '2026-11-21T06:30:00Z', next_done: true },
      'Not today: you have written already. Next time: Tomorrow, 07:30'],
    ['later on a day on which it is written once', { next_due_at: '2026-11-20T06:30:00Z', next_told_at: '2026-11-20T18:00:00Z', next_done: true },
      'Next time: Today, 19:00'],
    ['of questions that are answered', { kind: 'weekly', next_told_at: '2026-11-28T06:30:00Z', next_done: true },
      'Not this time: you have answered already. Next time: Saturday 28 November, 07:30'],
    ['after the quiet hours', { next_told_at: '2026-11-21T07:00:00Z', next_done: false }, 'Next time: Tomorrow, 08:00'],
    ['of a plan that is over', { next_told_at: null, next_done: false }, 'No further times'],
    ['before a pause', { pause: { from: '2026-11-22', to: '2026-11-30' } }, 'Next time: Tomorrow, 07:30']
  ])('%s', (_, parts, words) => expect(plain(nextWords(kept(parts), BERLIN, TODAY))).toBe(words));
});

describe('what is special about a time', () => {
  const due = (local_date: string, due_at: string): Due => ({ local_date, due_at, slot: 0 });
  const night = body({ times: ['02:30'] });
  const notes = (one: Due, rule = night, quiet: { from: string; to: string } | null = null) => dueNotes(one, rule, BERLIN, quiet).map(plain);

  it('is that the clocks go forward over it', () => {
    expect(notes(due('2027-03-28', '2027-03-28T01:30:00Z'))).toEqual(['The clocks go forward: 02:30 is missing that day.']);
  });
  it('is that it is there twice', () => {
    expect(notes(due('2026-10-25', '2026-10-25T00:30:00Z'))).toEqual(['The clocks go back: 02:30 comes twice, the first one counts.']);
  });
  it('is that nothing comes of what is done already', () => {
    const quiet = { from: '22:00', to: '07:00' };
    expect(notes({ ...due('2026-11-21', '2026-11-21T01:30:00Z'), done: true }, night, quiet)).toEqual(['Already done: nothing comes.']);
  });
  it('is nothing on all other days', () => {
    expect(notes(due('2026-11-21', '2026-11-21T01:30:00Z'))).toEqual([]);
    expect(notes(due('2026-10-25', '2026-10-25T06:30:00Z'), body({ times: ['07:30'] }))).toEqual([]);
  });
  it('is that it lies in the quiet hours', () => {
    const quiet = { from: '22:00', to: '07:00' };
    const late = body({ times: ['23:15'] });
    expect(notes(due('2026-11-21', '2026-11-21T01:30:00Z'), night, quiet)).toEqual(['In your quiet hours: comes at 07:00.']);
    expect(notes(due('2026-11-21', '2026-11-21T22:15:00Z'), late, quiet)).toEqual(['In your quiet hours: comes at 07:00 the next morning.']);
    expect(notes(due('2026-11-21', '2026-11-21T22:15:00Z'), { ...late, quiet: 'drop' }, quiet)).toEqual(['In your quiet hours: skipped.']);
    expect(notes(due('2026-11-21', '2026-11-21T06:00:00Z'), body({ times: ['07:00'] }), quiet)).toEqual([]);
  });
});

describe('what became of it', () => {
  const occurrence = (parts: Partial<Occurrence> = {}): Occurrence => ({
    ...{ id: 'o', reminder: 'x', kind: 'log', routine: null, prescription: null, text: '', local_date: TODAY },
    ...{ due_at: '2026-11-20T06:30:00Z', send_at: '2026-11-20T06:30:00Z', state: 'due', reason: null, answer: null },
    ...{ answered_at: null, snoozed_until: null, changed_at: '2026-11-20T06:30:00Z', deliveries: [] },
    ...parts
  });
  const at = '2026-11-20T07:00:00Z';
  it.each<[Partial<Occurrence>, boolean, string]>([
    [{}, true, 'Waits for an answer'],
    [{}, false, 'Not answered'],
    [{ state: 'missed', reason: 'late' }, false, 'Could not be sent in time'],
    [{ state: 'missed', reason: 'changed' }, false, 'Not sent: you changed, paused or deleted the reminder, or turned it off'],
    [{ state: 'missed', reason: 'quiet' }, false, 'Skipped in your quiet hours'],
    [{ state: 'answered', answer: 'done', answered_at: at }, false, 'You said done at 08:00'],
    [{ state: 'answered', answer: 'skip', answered_at: at }, false, 'You skipped it at 08:00'],
    [{ state: 'answered', answer: 'snooze', answered_at: at }, false, 'You put it off at 08:00'],
    [{ state: 'answered', answer: 'done', reason: 'already', answered_at: at }, false, 'Already done, so nothing was sent']
  ])('%j', (parts, asked, words) => expect(plain(outcomeWords(occurrence(parts), asked, BERLIN))).toBe(words));

  it('names each way it was told by, and never says that it was seen', () => {
    const deliveries: Occurrence['deliveries'] = [
      { channel: 'inbox', state: 'accepted', at },
      { channel: 'push', state: 'failed', at },
      { channel: 'push', state: 'accepted', at },
      { channel: 'email', state: 'failed', at }
    ];
    expect(toldWords({ deliveries }, BERLIN).map(plain)).toEqual(['notification taken at 08:00', 'no e-mail got through']);
    expect(toldWords({ deliveries: [] }, BERLIN)).toEqual([]);
  });
});
