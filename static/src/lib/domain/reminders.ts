/** Reminders as the server keeps them (docs at /api/docs/), what came due, and the answers to it. */
import { addDays } from './dates.ts';
import { WEEKDAYS, type Weekday } from './types.ts';
import { fromWallTime } from './walltime.ts';

export const REMINDER_KINDS = ['log', 'routine', 'prescription', 'weekly', 'morning', 'custom'] as const;
export type ReminderKind = (typeof REMINDER_KINDS)[number];
export type Channel = 'push' | 'email';

export const MOST_TIMES = 8;
export const LONGEST_TEXT = 200;
export const GRACES = [30, 60, 120, 240] as const;
const USUAL_GRACE = 120;

/** Wall times, HH:MM; over midnight when the end is the earlier. */
export interface QuietHours {
  from: string;
  to: string;
}

export interface ReminderBody {
  kind: ReminderKind;
  routine: string | null;
  prescription: string | null;
  text: string;
  /** Wall times of the day, HH:MM. */
  times: string[];
  frequency: 'daily' | 'weekly';
  interval: number;
  weekdays: Weekday[];
  starts_on: string;
  ends_on: string | null;
  time_zone: string;
  follow_device: boolean;
  channels: Channel[];
  quiet: 'defer' | 'drop';
  grace_minutes: number;
  /** Local dates, both included. */
  pause: { from: string; to: string } | null;
  active: boolean;
}

export interface Reminder extends ReminderBody {
  id: string;
  version: number;
  changed_at: string;
  deleted_at: string | null;
  /** Null: never again, as things stand. */
  next_due_at: string | null;
  /** When it says something next; null: not in sight. Left out by a server that was older, as what is kept may be. */
  next_told_at?: string | null;
  /** At `next_due_at` it stays silent: what it asks for is done already. */
  next_done?: boolean;
}

/** One of the next times, from the preview. */
export interface Due {
  local_date: string;
  slot: number;
  due_at: string;
  /** What it asks for is done already: nothing comes. */
  done?: boolean;
}

export type Answer = 'done' | 'skip' | 'snooze';
export const SNOOZE_MINUTES = [10, 30, 60] as const;

export interface Occurrence {
  id: string;
  reminder: string;
  kind: ReminderKind;
  routine: string | null;
  prescription: string | null;
  text: string;
  local_date: string;
  due_at: string;
  send_at: string;
  state: 'due' | 'answered' | 'missed';
  reason: 'quiet' | 'late' | 'changed' | 'already' | null;
  answer: Answer | null;
  answered_at: string | null;
  snoozed_until: string | null;
  changed_at: string;
  deliveries: { channel: 'inbox' | Channel; state: 'pending' | 'accepted' | 'failed' | 'cancelled'; at: string }[];
}

/** An answer on its way to the server. `answered_at`: when the button was pressed, offline too. */
export interface PendingAnswer {
  occurrence: string;
  answer: Answer;
  minutes: number | null;
  until: 'evening' | null;
  answered_at: string;
}

/** A browser that takes notifications. */
export interface PushDevice {
  id: string;
  device: string;
  key_id: string;
  created_at: string;
  last_accepted_at: string | null;
  /** The push service has given it up. */
  gone_at: string | null;
}

/** The secret address at which calendars read the reminders. `made_at` null: there is none. */
export interface CalendarFeed {
  made_at: string | null;
  /** Only when it has just been made: the server keeps no more than its hash. */
  url: string | null;
}

/** What the server last said, for a screen without a connection. */
export interface KeptReminders {
  reminders: Reminder[];
  occurrences: Occurrence[];
  read_at: string;
}

const FIELDS = [
  ...['kind', 'routine', 'prescription', 'text', 'times', 'frequency', 'interval', 'weekdays', 'starts_on', 'ends_on'],
  ...['time_zone', 'follow_device', 'channels', 'quiet', 'grace_minutes', 'pause', 'active']
] as (keyof ReminderBody)[];

/** What the person chose, without anything that the server added. */
export function reminderBody(reminder: ReminderBody): ReminderBody {
  return Object.fromEntries(FIELDS.map((field) => [field, reminder[field]])) as unknown as ReminderBody;
}

/** Every evening, wherever the person is: the least to choose. */
export function newReminder(kind: ReminderKind, zone: string, today: string): ReminderBody {
  return {
    kind,
    routine: null,
    prescription: null,
    text: '',
    times: [kind === 'morning' ? '08:00' : '19:00'],
    frequency: kind === 'weekly' ? 'weekly' : 'daily',
    interval: 1,
    weekdays: kind === 'weekly' ? ['sun'] : [],
    starts_on: today,
    ends_on: null,
    time_zone: zone,
    follow_device: true,
    channels: ['push'],
    quiet: 'defer',
    grace_minutes: USUAL_GRACE,
    pause: null,
    active: true
  };
}

const SPREAD: Record<number, string[]> = { 1: ['08:00'], 2: ['08:00', '18:00'], 3: ['08:00', '13:00', '18:00'] };

/** Times for something to be done so often a day, between breakfast and evening. */
export function timesFor(often: number): string[] {
  if (SPREAD[often]) return SPREAD[often];
  const count = Math.min(MOST_TIMES, often);
  const minutes = Array.from({ length: count }, (_, index) => 480 + Math.round((index * 720) / (count - 1) / 30) * 30);
  return minutes.map((at) => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`);
}

/** One more time, an hour or more away from those that there are. */
export function oneMoreTime(times: readonly string[]): string {
  const usual = ['08:00', '19:00', '13:00', '10:00', '16:00', '21:00', '07:00', '18:00', '12:00'];
  return usual.find((at) => !times.includes(at)) ?? '09:00';
}

export const RHYTHMS = ['daily', 'weekdays', 'days', 'weeks'] as const;
/** How the editor calls a rule: every day, on chosen weekdays, every so many days, every so many weeks. */
export type Rhythm = (typeof RHYTHMS)[number];

export function rhythmOf({ frequency, interval, weekdays }: Pick<ReminderBody, 'frequency' | 'interval' | 'weekdays'>): Rhythm {
  if (frequency === 'weekly') return interval === 1 ? 'weekdays' : 'weeks';
  if (interval > 1) return 'days';
  return weekdays.length > 0 && weekdays.length < 7 ? 'weekdays' : 'daily';
}

export function withRhythm(body: ReminderBody, rhythm: Rhythm, startDay: Weekday): ReminderBody {
  const weekdays = body.weekdays.length > 0 ? body.weekdays : [startDay];
  const rule = {
    daily: { frequency: 'daily', interval: 1, weekdays: [] },
    weekdays: { frequency: 'weekly', interval: 1, weekdays },
    days: { frequency: 'daily', interval: Math.max(2, body.interval), weekdays: [] },
    weeks: { frequency: 'weekly', interval: Math.max(2, body.interval), weekdays }
  } as const;
  return { ...body, ...rule[rhythm], weekdays: [...rule[rhythm].weekdays] };
}

/** Whose wall the times are on. */
export const zoneOf = (body: Pick<ReminderBody, 'follow_device' | 'time_zone'>, own: string) =>
  body.follow_device ? own : body.time_zone;

export function restsOn({ pause }: Pick<ReminderBody, 'pause'>, date: string): boolean {
  return pause !== null && pause.from <= date && date <= pause.to;
}

/** The time on the wall of `zone`, HH:MM. */
export function wallOf(moment: string, zone: string): string {
  const shape = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  try {
    return new Intl.DateTimeFormat('en-GB', { ...shape, timeZone: zone }).format(new Date(moment));
  } catch {
    // A zone that this device has never heard of.
    return new Intl.DateTimeFormat('en-GB', shape).format(new Date(moment));
  }
}

/** What a change of the clocks does to a time: it is missing that day, or there twice; null on all other days. */
export function shiftOf({ due_at, local_date }: Due, wall: string, zone: string): 'missing' | 'twice' | null {
  if (wallOf(due_at, zone) !== wall) return 'missing';
  const at = Date.parse(due_at);
  // Clocks are put back by an hour, on Lord Howe Island by half of one.
  const again = [30, 60, 120].some((minutes) => wallOf(new Date(at + minutes * 60_000).toISOString(), zone) === wall);
  return again && fromWallTime(`${local_date}T${wall}`, zone) !== null ? 'twice' : null;
}

/** Whether a wall time lies in the quiet hours: their begin does, their end does not. */
export function isQuiet(wall: string, quiet: QuietHours | null): boolean {
  if (!quiet || quiet.from === quiet.to) return false;
  const { from, to } = quiet;
  return from < to ? from <= wall && wall < to : from <= wall || wall < to;
}

/** Why they cannot be kept: a time is missing, or they would be over as they begin. Null: they can, or there are none. */
export function quietFault(quiet: QuietHours | null): 'missing' | 'same' | null {
  if (!quiet) return null;
  if (!quiet.from || !quiet.to) return 'missing';
  return quiet.from === quiet.to ? 'same' : null;
}

export const sameHours = (one: QuietHours | null, other: QuietHours | null) => one?.from === other?.from && one?.to === other?.to;

/** What nobody has answered by then is no longer asked, in ms. */
const ASKED_FOR = 24 * 3_600_000;

/** With the answers that the server has not heard: the first one stands, as it does there. */
export function withAnswers(occurrences: readonly Occurrence[], pending: readonly PendingAnswer[]): Occurrence[] {
  return occurrences.map((one) => {
    const said = pending.filter(({ occurrence }) => occurrence === one.id).at(-1);
    if (!said || (one.state === 'answered' && one.answer !== 'snooze')) return one;
    const until = said.minutes === null ? one.snoozed_until : new Date(Date.parse(said.answered_at) + said.minutes * 60_000).toISOString();
    const snoozed_until = said.answer === 'snooze' ? until : null;
    return { ...one, state: 'answered', answer: said.answer, answered_at: said.answered_at, snoozed_until };
  });
}

/** asked: it waits for an answer. later: put off, and can still be answered. over: nothing to do. */
export type Standing = 'asked' | 'later' | 'over';

export function standingOf(one: Occurrence, now: number): Standing {
  const recent = (moment: string) => now - Date.parse(moment) < ASKED_FOR;
  if (one.state === 'due') return recent(one.send_at) ? 'asked' : 'over';
  if (one.answer !== 'snooze') return 'over';
  // Until this evening, said without a connection: the server knows until when.
  if (one.snoozed_until === null) return 'later';
  if (Date.parse(one.snoozed_until) > now) return 'later';
  return recent(one.snoozed_until) ? 'asked' : 'over';
}

/** Until when "until evening" is still to come, on the wall. */
export const EVENING = '19:00';
export const isBeforeEvening = (now: number, zone: string) => wallOf(new Date(now).toISOString(), zone) < EVENING;

export type ReminderFault = 'text' | 'routine' | 'prescription' | 'times' | 'weekdays' | 'starts_on' | 'ends_on' | 'pause';

/** What the server would refuse, under the field at which it is said. */
export function reminderFaults(body: ReminderBody): ReminderFault[] {
  const faults: ReminderFault[] = [];
  if (body.kind === 'custom' && !body.text.trim()) faults.push('text');
  if (body.kind === 'routine' && !body.routine) faults.push('routine');
  if (body.kind === 'prescription' && !body.prescription) faults.push('prescription');
  if (body.times.length === 0 || body.times.some((at) => !/^\d\d:\d\d$/.test(at))) faults.push('times');
  if (body.frequency === 'weekly' && body.weekdays.length === 0) faults.push('weekdays');
  if (!body.starts_on) faults.push('starts_on');
  if (body.ends_on !== null && body.ends_on < body.starts_on) faults.push('ends_on');
  if (body.pause && !(body.pause.from && body.pause.from <= body.pause.to)) faults.push('pause');
  return faults;
}

/** As the server keeps it. */
export function tidy(body: ReminderBody): ReminderBody {
  const weekdays = WEEKDAYS.filter((day) => body.weekdays.includes(day));
  return {
    ...body,
    text: body.kind === 'custom' ? body.text.trim() : '',
    routine: body.kind === 'routine' ? body.routine : null,
    prescription: body.kind === 'prescription' ? body.prescription : null,
    times: [...new Set(body.times)].sort(),
    weekdays
  };
}

/** A holiday from today on. */
export const pauseOf = (today: string, days: number) => ({ from: today, to: addDays(today, days - 1) });
