/**
 * What was done, against what was prescribed, by day and by ISO week.
 *
 * The server counts the same (`exercises/adherence.py`, where the rules stand); `tests/contracts/adherence_cases.json`
 * holds both to one answer. All dates are local ones: no clock change and no time zone moves them. A day without a
 * session is blank, never missed.
 */
import { addDays, dateOf, dayNumber } from './dates.ts';
import { sameValue } from './merge.ts';
import { exercisesAmong, isBegun, timesAmong, weekdayOf } from './prescription.ts';
import type { PrescriptionVersion, SessionItem, SkipReason } from './types.ts';

export interface Plan {
  id: string;
  versions: readonly PrescriptionVersion[];
}

export interface Recorded {
  local_date: string;
  /** Missing from what an older app has recorded. */
  prescription?: string | null;
  stop_reason: SkipReason | null;
  items: readonly Pick<SessionItem, 'exercise' | 'status' | 'reason' | 'seconds_held' | 'eased_from'>[];
}

export interface Tally {
  sessions: number;
  done: number;
  partial: number;
  skipped: number;
  prescribed: number;
  prescribed_done: number;
  /** Of the others. */
  prescribed_begun: number;
}
export interface DayTally extends Tally {
  date: string;
  seconds_held: number;
}
/** Monday to Sunday; counts the days that were asked for. */
export interface WeekTally extends Tally {
  week: string;
  from: string;
  to: string;
}
export interface Period {
  /** Null: as far as there is something. */
  from: string | null;
  to: string | null;
}

export const BLANK: Readonly<Tally> = {
  sessions: 0,
  done: 0,
  partial: 0,
  skipped: 0,
  prescribed: 0,
  prescribed_done: 0,
  prescribed_begun: 0
};
const COUNTS = Object.keys(BLANK) as (keyof Tally)[];
const TERMS = ['times_a_day', 'weekdays', 'starts_on', 'ends_on'] as const;

// 1970-01-01 was a Thursday, the fourth day of its week.
const placeInWeek = (day: number) => (((day + 3) % 7) + 7) % 7;
export const mondayOf = (date: string): string => addDays(date, -placeInWeek(dayNumber(date)));

/** The week's name after ISO 8601, `2026-W47`: it belongs to the year of its Thursday. */
export function weekName(monday: string): string {
  const thursday = addDays(monday, 3);
  const year = thursday.slice(0, 4);
  const number = Math.floor((dayNumber(thursday) - dayNumber(`${year}-01-01`)) / 7) + 1;
  return `${year}-W${String(number).padStart(2, '0')}`;
}

type Stored = Omit<PrescriptionVersion, 'version' | 'since'> & {
  id: string;
  version: number;
  versions?: PrescriptionVersion[];
};

/** A plan of the phone's row: the versions that the server knows, and an edit that waits, which holds from today on. */
export function planOf(row: Stored, today: string): Plan {
  const versions = row.versions ?? [];
  const last = versions.at(-1);
  if (last && TERMS.every((name) => sameValue(last[name], row[name]))) return { id: row.id, versions };
  const { times_a_day, weekdays, starts_on, ends_on } = row;
  const version = (last?.version ?? row.version) + 1;
  return { id: row.id, versions: [...versions, { version, since: today, times_a_day, weekdays, starts_on, ends_on }] };
}

/** The version that held on a day: the newest that was taken over by its end; the first one for the days before it. */
export function inForce(versions: readonly PrescriptionVersion[], day: string): PrescriptionVersion | undefined {
  const known = [...versions].sort((one, other) => one.version - other.version);
  return known.findLast((one) => one.since <= day) ?? known[0];
}

/** How many times something was prescribed on a day. */
export function timesOn({ versions }: Plan, day: string): number {
  const held = inForce(versions, day);
  if (!held || day < held.starts_on || (held.ends_on !== null && day > held.ends_on)) return 0;
  return held.weekdays.includes(weekdayOf(day)) ? held.times_a_day : 0;
}

/** The next day after `today` on which something is prescribed, within the eight weeks that a person looks ahead. */
export function nextDay(plan: Plan, today: string): string | null {
  for (let ahead = 1; ahead <= 56; ahead++) {
    const date = addDays(today, ahead);
    if (timesOn(plan, date) > 0) return date;
  }
  return null;
}

/** "Not today", with its reason: nothing was done, and no exercise was even begun. */
export const isNotToday = (session: Recorded) =>
  Boolean(session.prescription) &&
  session.items.length > 0 &&
  session.items.every((item) => item.status === 'skipped' && item.reason === null);

const within = (date: string, { from, to }: Period) => (!from || date >= from) && (!to || date <= to);
const least = (dates: (string | null)[]) => dates.filter((one) => one !== null).sort()[0];

/** How many of these times were due; `answered`: the sessions recorded for them, "not today" too. */
function dueOn(plan: Plan, day: string, today: string, answered: number): number {
  const times = timesOn(plan, day);
  return Math.min(times, Math.max(day < today ? Math.min(times, timesByMorning(plan, day)) : 0, answered));
}

/** How many times had been prescribed when the day began. */
function timesByMorning({ id, versions }: Plan, day: string): number {
  if (inForce(versions, day)?.since !== day) return timesOn({ id, versions }, day);
  const earlier = versions.filter((one) => one.since < day);
  if (earlier.length > 0) return timesOn({ id, versions: earlier }, day);
  // A plan that began before it was written down was followed before, too.
  const first = versions.reduce((one, other) => (other.version < one.version ? other : one));
  return first.starts_on < day ? timesOn({ id, versions: [first] }, day) : 0;
}

/** The days of the period with a session or something due, oldest first; what is still to come is not. */
export function tallyDays(
  sessions: readonly Recorded[],
  plans: readonly Plan[],
  period: Period,
  today: string
): DayTally[] {
  const days = new Map<string, DayTally>();
  const on = (date: string): DayTally => {
    const day = days.get(date) ?? { date, ...BLANK, seconds_held: 0 };
    days.set(date, day);
    return day;
  };
  const followed = new Map<string, Recorded[]>();
  for (const session of sessions) {
    if (!within(session.local_date, period)) continue;
    const day = on(session.local_date);
    for (const { status, seconds_held } of session.items) {
      day[status] += 1;
      day.seconds_held += seconds_held;
    }
    if (isBegun(session) || session.items.length === 0) day.sessions += 1;
    const key = `${session.prescription} ${session.local_date}`;
    followed.set(key, [...(followed.get(key) ?? []), session]);
  }
  const last = least([period.to, today])!;
  for (const plan of plans) {
    const start = least(plan.versions.map((one) => one.starts_on));
    if (!start) continue;
    const first = period.from && period.from > start ? period.from : start;
    for (let n = dayNumber(first); n <= dayNumber(last); n++) {
      const date = dateOf(n);
      const recorded = followed.get(`${plan.id} ${date}`) ?? [];
      const times = dueOn(plan, date, today, recorded.length);
      if (times === 0) continue;
      const day = on(date);
      day.prescribed += times;
      const { done, begun } = timesAmong(recorded, times);
      day.prescribed_done += done;
      day.prescribed_begun += begun;
    }
  }
  return [...days.values()].sort((one, other) => (one.date < other.date ? -1 : 1));
}

/** The ISO weeks that have one of `days` (oldest first), oldest first. */
export function tallyWeeks(days: readonly DayTally[]): WeekTally[] {
  const weeks = new Map<string, WeekTally>();
  for (const day of days) {
    const from = mondayOf(day.date);
    const week = weeks.get(from) ?? { week: weekName(from), from, to: addDays(from, 6), ...BLANK };
    for (const name of COUNTS) week[name] += day[name];
    weeks.set(from, week);
  }
  return [...weeks.values()];
}

/**
 * How often each reason was given for an exercise that was left out, or left early. Why a session was stopped counts,
 * once, where none of its exercises says anything.
 */
export function countReasons(sessions: readonly Recorded[], period: Period): Partial<Record<SkipReason, number>> {
  const found: Partial<Record<SkipReason, number>> = {};
  for (const session of sessions) {
    if (!within(session.local_date, period)) continue;
    const given = session.items.map((item) => item.reason).filter((reason) => reason !== null);
    const stopped = session.stop_reason ? [session.stop_reason] : [];
    for (const reason of given.length > 0 ? given : stopped) found[reason] = (found[reason] ?? 0) + 1;
  }
  return found;
}

/** Exercises, each once: one that was made easier is one with what took its place. */
export interface Exercises {
  done: number;
  partial: number;
  /** Left out for a reason that the person gave. What a stopped session never reached is not among them. */
  left_out: number;
}
type Practised = { local_date: string; items: readonly Pick<SessionItem, 'exercise' | 'eased_from' | 'status' | 'reason'>[] };

/** `other` stands for every exercise that was passed over without a question, too: it says nothing. */
const saysWhy = (reason: SkipReason | null) => Boolean(reason) && reason !== 'other';

/** How much of a session's exercises was done, and how many they were. */
export function tallyItems(items: Practised['items']): Exercises & { total: number } {
  const exercises = exercisesAmong(items);
  const found = { done: 0, partial: 0, left_out: 0, total: exercises.length };
  for (const forms of exercises) {
    if (forms.at(-1)!.status === 'done') found.done += 1;
    else if (forms.some((item) => item.status !== 'skipped')) found.partial += 1;
    else if (forms.some((item) => saysWhy(item.reason))) found.left_out += 1;
  }
  return found;
}

export function tallyExercises(sessions: readonly Practised[], period: Period): Exercises {
  const found = { done: 0, partial: 0, left_out: 0 };
  for (const { local_date, items } of sessions) {
    if (!within(local_date, period)) continue;
    const { done, partial, left_out } = tallyItems(items);
    found.done += done;
    found.partial += partial;
    found.left_out += left_out;
  }
  return found;
}

/** What a physiotherapist asks about before anything else. */
const FELT: readonly SkipReason[] = ['weakness', 'numbness', 'pain'];

/** The reasons that say something: what was felt, then the rest, the most frequent first. */
export function namedReasons(sessions: readonly Recorded[], period: Period): [SkipReason, number][] {
  const all = Object.entries(countReasons(sessions, period)) as [SkipReason, number][];
  return all.filter(([reason]) => saysWhy(reason)).sort(
    ([one, times], [other, others]) => Number(FELT.includes(other)) - Number(FELT.includes(one)) || others - times
  );
}
