/** A plan: on which days it holds, how often it was carried out, and what has to be put right before it is saved. */
import { addDays, dayNumber, isDate } from './dates.ts';
import { DEFAULT_RULE } from './painrule.ts';
import {
  WEEKDAYS,
  type PainRule,
  type PrescriptionBody,
  type RoutineItem,
  type SessionItem,
  type Weekday
} from './types.ts';

export const LONGEST_NOTE = 2000;
export const MOST_TIMES_A_DAY = 10;

// 1970-01-01 was a Thursday.
const THURSDAY = WEEKDAYS.indexOf('thu');

export const weekdayOf = (date: string): Weekday => WEEKDAYS[(((dayNumber(date) + THURSDAY) % 7) + 7) % 7]!;

/** In the order of the week, as the server takes them. */
export const inWeekOrder = (days: readonly Weekday[]): Weekday[] => WEEKDAYS.filter((day) => days.includes(day));

/** How long a plan is mostly set for. */
export const USUAL_WEEKS = [2, 3, 4, 6] as const;

/** The last of so many weeks; null while there is no day to count from. */
export const endAfter = (starts_on: string, weeks: number): string | null =>
  isDate(starts_on) ? addDays(starts_on, 7 * weeks - 1) : null;

type Span = Pick<PrescriptionBody, 'starts_on' | 'ends_on'>;

export const hasEnded = (plan: Span, today: string) => plan.ends_on !== null && plan.ends_on < today;
export const isLater = (plan: Span, today: string) => plan.starts_on > today;

/** Is it to be done on this date? */
export function isDue(plan: Span & Pick<PrescriptionBody, 'weekdays'>, date: string): boolean {
  return !hasEnded(plan, date) && !isLater(plan, date) && plan.weekdays.includes(weekdayOf(date));
}

type Item = Pick<SessionItem, 'exercise' | 'status' | 'eased_from'>;
interface Followed {
  /** Missing from what an older app has recorded. */
  prescription?: string | null;
  local_date: string;
  items: readonly Item[];
}

/** Whether anything was done. "Not today" is recorded too, as a session of which everything was skipped. */
export const isBegun = ({ items }: { items: readonly Pick<Item, 'status'>[] }) =>
  items.some((item) => item.status !== 'skipped');

/**
 * A session's items, each with what was done in its place: an item and the next one, when that is `eased_from` it, are
 * one exercise. The server's rule, too (`exercises/adherence.py`).
 */
export function exercisesAmong<T extends Pick<Item, 'exercise' | 'eased_from'>>(items: readonly T[]): T[][] {
  const exercises: T[][] = [];
  items.forEach((item, index) => {
    const before = items[index - 1];
    if (before && item.eased_from === before.exercise) exercises.at(-1)!.push(item);
    else exercises.push([item]);
  });
  return exercises;
}

/** Whether at least half of its exercises were done; one and the easier form in its place when that one was. */
export function isCarriedOut({ items }: { items: readonly Item[] }): boolean {
  const exercises = exercisesAmong(items);
  const done = exercises.filter((forms) => forms.at(-1)!.status === 'done');
  return exercises.length > 0 && 2 * done.length >= exercises.length;
}

export interface Times {
  done: number;
  /** Of the others. */
  begun: number;
}

/** What its sessions of one day are of the `times` that it asks for; those that were carried out come first. */
export function timesAmong(sessions: readonly Pick<Followed, 'items'>[], times: number): Times {
  const done = Math.min(times, sessions.filter(isCarriedOut).length);
  const begun = sessions.filter((one) => isBegun(one) && !isCarriedOut(one)).length;
  return { done, begun: Math.min(times - done, begun) };
}

/** How many of the `times` on a date were carried out, or begun. */
export function timesDone(plan: string, sessions: readonly Followed[], date: string, times: number): Times {
  return timesAmong(sessions.filter((one) => one.prescription === plan && one.local_date === date), times);
}

export type Fault = 'name' | 'items' | 'weekdays' | 'starts_on' | 'ends_on' | 'ends_before_start';

/** What the server would refuse, each under the field at which it is said. */
export function faultsOf(plan: PrescriptionBody): Fault[] {
  const faults: Fault[] = [];
  if (!plan.name.trim()) faults.push('name');
  if (plan.items.length === 0) faults.push('items');
  if (plan.weekdays.length === 0) faults.push('weekdays');
  if (!isDate(plan.starts_on)) faults.push('starts_on');
  if (plan.ends_on !== null && !isDate(plan.ends_on)) faults.push('ends_on');
  else if (plan.ends_on !== null && plan.ends_on < plan.starts_on) faults.push('ends_before_start');
  return faults;
}

/** Limits in order: what makes it easier never lies above what stops it. `changed` is the one that was moved. */
export function orderedRule<T extends PainRule>(rule: T, changed: keyof T & string): T {
  const ordered = { ...rule };
  if (changed === 'ease_at') ordered.stop_at = Math.max(rule.stop_at, rule.ease_at);
  if (changed === 'stop_at') ordered.ease_at = Math.min(rule.stop_at, rule.ease_at);
  if (changed === 'ease_rise') ordered.stop_rise = Math.max(rule.stop_rise, rule.ease_rise);
  if (changed === 'stop_rise') ordered.ease_rise = Math.min(rule.stop_rise, rule.ease_rise);
  return ordered;
}

/** Of each limit the lowest among `rules`, of which there is at least one. */
export const strictest = (rules: readonly PainRule[]): PainRule => ({
  ease_at: Math.min(...rules.map(({ ease_at }) => ease_at)),
  stop_at: Math.min(...rules.map(({ stop_at }) => stop_at)),
  ease_rise: Math.min(...rules.map(({ ease_rise }) => ease_rise)),
  stop_rise: Math.min(...rules.map(({ stop_rise }) => stop_rise))
});

export type Part = 'name' | 'items' | 'when' | 'span' | 'pain_rule' | 'note';
const PARTS: [Part, (keyof PrescriptionBody)[]][] = [
  ['name', ['name']],
  ['items', ['items']],
  ['when', ['times_a_day', 'weekdays']],
  ['span', ['starts_on', 'ends_on']],
  ['pain_rule', ['pain_rule']],
  ['note', ['note']]
];

/** What has changed from one version to the next. */
export function changes(
  before: PrescriptionBody,
  after: PrescriptionBody,
  same: (one: unknown, other: unknown) => boolean
): Part[] {
  return PARTS.filter(([, fields]) => !fields.every((field) => same(before[field], after[field]))).map(([part]) => part);
}

/** Once a day, every day, from today on: the least that a plan can ask. */
export function newPlan(name: string, items: RoutineItem[], today: string): PrescriptionBody {
  return {
    name,
    items,
    times_a_day: 1,
    weekdays: [...WEEKDAYS],
    starts_on: today,
    ends_on: null,
    pain_rule: DEFAULT_RULE,
    note: ''
  };
}
