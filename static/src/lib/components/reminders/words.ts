/** What a reminder is called in words: when it comes, about what, and what became of it. */
import { dateWords, weekdayName } from '#lib/components/plan/words.ts';
import { dateLocale, dayName, timeOf } from '#lib/components/ui/dates.ts';
import { localDate } from '#lib/domain/clock.ts';
import { addDays } from '#lib/domain/dates.ts';
import { weekdayOf } from '#lib/domain/prescription.ts';
import {
  isQuiet,
  restsOn,
  rhythmOf,
  shiftOf,
  wallOf,
  zoneOf,
  type Due,
  type Occurrence,
  type QuietHours,
  type Reminder,
  type ReminderBody,
  type ReminderFault,
  type ReminderKind
} from '#lib/domain/reminders.ts';
import type { Weekday } from '#lib/domain/types.ts';
import { m } from '#lib/paraglide/messages.js';

/** What routines and plans are called. */
export interface Names {
  routine: (id: string) => string | undefined;
  plan: (id: string) => string | undefined;
}

const listed = (words: string[]) => new Intl.ListFormat(dateLocale(), { type: 'conjunction' }).format(words);

/** A wall time, HH:MM, with the phone's habits. */
export const wallWords = (wall: string) => timeOf(`2026-01-01T${wall}:00Z`, 'UTC');
export const timesWords = (times: readonly string[]) => listed(times.map(wallWords));
export const zoneWords = (zone: string) => zone.replaceAll('_', ' ');

const daysWords = (days: readonly Weekday[]) => listed(days.map((day) => weekdayName(day)));

/** "Every day at 07:30 and 19:00" */
export function whenWords(body: Pick<ReminderBody, 'frequency' | 'interval' | 'weekdays' | 'starts_on' | 'times'>): string {
  const times = timesWords(body.times);
  const count = body.interval;
  // A weekly one without weekdays comes on that of its first day.
  const weekdays = body.frequency === 'weekly' && body.weekdays.length === 0 ? [weekdayOf(body.starts_on)] : body.weekdays;
  switch (rhythmOf(body)) {
    case 'weeks':
      return m.reminders_when_weeks({ count, days: daysWords(weekdays), times });
    case 'days':
      return weekdays.length > 0 && weekdays.length < 7
        ? m.reminders_when_days_if({ count, days: daysWords(weekdays), times })
        : m.reminders_when_days({ count, times });
    case 'weekdays':
      if (weekdays.length === 7) return m.reminders_when_daily({ times });
      if (weekdays.join() === 'mon,tue,wed,thu,fri') return m.reminders_when_workdays({ times });
      return m.reminders_when_week({ days: daysWords(weekdays), times });
    default:
      return m.reminders_when_daily({ times });
  }
}

type About = Pick<ReminderBody, 'kind' | 'routine' | 'prescription' | 'text'>;

/** The name of what it is about, as part of a sentence. */
export function aboutWords({ kind, routine, prescription, text }: About, names: Names): string {
  switch (kind) {
    case 'routine':
      return (routine && names.routine(routine)) || m.reminders_about_routine_gone();
    case 'prescription':
      return (prescription && names.plan(prescription)) || m.reminders_about_prescription_gone();
    case 'custom':
      return m.reminders_about_custom({ text });
    default:
      return { log: m.reminders_about_log, weekly: m.reminders_about_weekly, morning: m.reminders_about_morning }[kind]();
  }
}

/** "Every day at 07:30 and 19:00 · your diary" */
export const reminderWords = (body: ReminderBody, names: Names) =>
  m.reminders_row({ when: whenWords(body), about: aboutWords(body, names) });

/** As `dayName`, and tomorrow by its name. */
export const dayWords = (date: string, today: string) => (date === addDays(today, 1) ? m.reminders_tomorrow() : dayName(date, today));

export function momentWords(moment: string, zone: string, today: string): string {
  return m.reminders_due_at({ day: dayWords(localDate(moment, zone), today), time: timeOf(moment, zone) });
}

const DONE_WORDS: Record<ReminderKind, () => string> = {
  log: m.reminders_next_written,
  routine: m.reminders_next_done,
  prescription: m.reminders_next_done,
  weekly: m.reminders_next_answered,
  morning: m.reminders_next_answered,
  // Nobody sees whether the person's own words were followed.
  custom: m.reminders_next_done
};

/** When it rings next, on the clock that it goes by. `own`: the person's time zone; `today`: the date there. */
export function nextWords(reminder: Reminder, own: string, today: string): string {
  if (!reminder.active) return m.reminders_off();
  const { next_due_at: due, pause } = reminder;
  const rings = reminder.next_told_at === undefined ? due : reminder.next_told_at;
  if (!rings) return m.reminders_next_none();
  const zone = zoneOf(reminder, own);
  const when = momentWords(rings, zone, today);
  const next = m.reminders_next({ when: zone === own ? when : m.reminders_next_fixed({ when, zone: zoneWords(zone) }) });
  // What quiet hours hold back, or the person put off, comes before what is due next.
  if (!due || rings < due) return next;
  if (pause && restsOn(reminder, localDate(due, zone))) {
    const resting = m.reminders_next_resting({ date: dateWords(pause.to, today) });
    return rings > due ? m.reminders_next_after_rest({ resting, next }) : resting;
  }
  const silent = reminder.next_done && localDate(due, zone) !== localDate(rings, zone);
  return silent ? `${DONE_WORDS[reminder.kind]()} ${next}` : next;
}

type Ruled = Pick<ReminderBody, 'times' | 'quiet'>;

/** What is special about one of the next times: that it stays silent, a change of the clocks, quiet hours. */
export function dueNotes(due: Due, { times, quiet: does }: Ruled, zone: string, quiet: QuietHours | null): string[] {
  if (due.done) return [m.reminders_due_done()];
  const notes: string[] = [];
  const wall = times[due.slot] ?? wallOf(due.due_at, zone);
  const shift = shiftOf(due, wall, zone);
  if (shift === 'missing') notes.push(m.reminders_shift_missing({ wall: wallWords(wall) }));
  if (shift === 'twice') notes.push(m.reminders_shift_twice({ wall: wallWords(wall) }));
  const comes = wallOf(due.due_at, zone);
  if (quiet && isQuiet(comes, quiet)) {
    const time = wallWords(quiet.to);
    if (does === 'drop') notes.push(m.reminders_due_quiet_drop());
    else notes.push(comes < quiet.to ? m.reminders_due_quiet_defer({ time }) : m.reminders_due_quiet_night({ time }));
  }
  return notes;
}

export const KIND_WORDS: Record<ReminderKind, () => string> = {
  log: m.reminders_kind_log,
  routine: m.reminders_kind_routine,
  prescription: m.reminders_kind_prescription,
  weekly: m.reminders_kind_weekly,
  morning: m.reminders_kind_morning,
  custom: m.reminders_kind_custom
};

export const FAULT_WORDS: Record<ReminderFault, () => string> = {
  text: m.reminders_fault_text,
  routine: m.reminders_fault_routine,
  prescription: m.reminders_fault_prescription,
  times: m.reminders_fault_times,
  weekdays: m.reminders_fault_weekdays,
  starts_on: m.reminders_fault_starts_on,
  ends_on: m.reminders_fault_ends_on,
  pause: m.reminders_fault_pause
};

const TITLES: Record<ReminderKind, () => string> = {
  log: m.reminders_title_log,
  routine: m.reminders_title_routine,
  prescription: m.reminders_title_prescription,
  weekly: m.reminders_title_weekly,
  morning: m.reminders_title_morning,
  custom: m.reminders_title_custom
};

/** What stands above something that came due: the person's own words, the routine's name. */
export function occurrenceTitle(one: Occurrence, names: Names): string {
  if (one.kind === 'custom') return one.text;
  const name = one.kind === 'routine' ? names.routine(one.routine ?? '') : one.kind === 'prescription' ? names.plan(one.prescription ?? '') : undefined;
  return name ?? TITLES[one.kind]();
}

/** Where what it is about is done; null for the person's own words. */
export function occurrenceHref({ kind, routine, prescription }: Occurrence): string | null {
  if (kind === 'log') return '/log';
  if (kind === 'routine') return `/routines/${routine}`;
  if (kind === 'prescription') return `/plans/${prescription}`;
  return kind === 'custom' ? null : '/';
}

const MISSED: Partial<Record<string, () => string>> = { quiet: m.reminders_log_missed_quiet, changed: m.reminders_log_missed_changed };

/** What became of it, in a sentence. */
export function outcomeWords(one: Occurrence, asked: boolean, zone: string): string {
  if (one.state === 'missed') return (MISSED[one.reason ?? ''] ?? m.reminders_log_missed_late)();
  if (one.state === 'due') return asked ? m.reminders_log_asked() : m.reminders_log_unanswered();
  if (one.reason === 'already') return m.reminders_log_already();
  const time = timeOf(one.answered_at ?? one.changed_at, zone);
  if (one.answer === 'done') return m.reminders_log_answer_done({ time });
  return one.answer === 'skip' ? m.reminders_log_answer_skip({ time }) : m.reminders_log_answer_snooze({ time });
}

/** By which ways it was told, the newest word of each. */
export function toldWords({ deliveries }: Pick<Occurrence, 'deliveries'>, zone: string): string[] {
  return (['push', 'email'] as const).flatMap((channel) => {
    const some = deliveries.filter((one) => one.channel === channel);
    const taken = some.findLast(({ state }) => state === 'accepted');
    if (taken) {
      const time = timeOf(taken.at, zone);
      return [channel === 'push' ? m.reminders_log_took_push({ time }) : m.reminders_log_took_email({ time })];
    }
    if (some.some(({ state }) => state === 'pending')) return [m.reminders_log_on_its_way()];
    if (!some.some(({ state }) => state === 'failed')) return [];
    return [channel === 'push' ? m.reminders_log_lost_push() : m.reminders_log_lost_email()];
  });
}
