/** What a plan is called in words: its days, its span, its limits. */
import { dateLocale } from '#lib/components/ui/dates.ts';
import type { Fault, Part, Times } from '#lib/domain/prescription.ts';
import { WEEKDAYS, type PainRule, type PrescriptionBody, type Weekday } from '#lib/domain/types.ts';
import { m } from '#lib/paraglide/messages.js';

// 2026-11-16 was a Monday.
const dayOf = (day: Weekday) => new Date(Date.UTC(2026, 10, 16 + WEEKDAYS.indexOf(day)));

export function weekdayName(day: Weekday, style: 'long' | 'short' = 'long'): string {
  return new Intl.DateTimeFormat(dateLocale(), { weekday: style, timeZone: 'UTC' }).format(dayOf(day));
}

function daysWords(days: readonly Weekday[]): string {
  if (days.length === 7) return m.plan_days_all();
  const names = days.map((day) => weekdayName(day, days.length > 3 ? 'short' : 'long'));
  return new Intl.ListFormat(dateLocale(), { type: 'conjunction' }).format(names);
}

/** "21 November", with the year when it is not this one's. */
export function dateWords(date: string, today: string): string {
  const year = date.slice(0, 4) === today.slice(0, 4) ? undefined : 'numeric';
  const noon = new Date(`${date}T12:00:00Z`);
  return new Intl.DateTimeFormat(dateLocale(), { day: 'numeric', month: 'long', year, timeZone: 'UTC' }).format(noon);
}

/** Who set a plan; a physiotherapist may have taken their name away. */
export const setByWords = (name: string): string => (name ? m.plan_by({ name }) : m.plan_by_nameless());

/** "Twice a day, on Monday and Friday" */
export function whenWords({ times_a_day: times, weekdays }: Pick<PrescriptionBody, 'times_a_day' | 'weekdays'>): string {
  const often = m.plan_times({ times });
  return weekdays.length === 7 ? m.plan_when_daily({ often }) : m.plan_when({ often, days: daysWords(weekdays) });
}

export function spanWords({ starts_on, ends_on }: Pick<PrescriptionBody, 'starts_on' | 'ends_on'>, today: string): string {
  const from = dateWords(starts_on, today);
  return ends_on ? m.plan_span({ from, until: dateWords(ends_on, today) }) : m.plan_span_open({ from });
}

/** How far it is with what a plan asks for today. */
export function todayWords({ done, begun }: Times, times: number): string {
  if (done >= times) return m.plan_today_done();
  if (begun) return m.plan_today_begun({ done, times, begun });
  return times === 1 ? m.plan_today_once() : m.plan_today({ done, times });
}

export const LIMIT_WORDS: Record<keyof PainRule, () => string> = {
  ease_at: m.plan_rule_ease_at,
  stop_at: m.plan_rule_stop_at,
  ease_rise: m.plan_rule_ease_rise_at,
  stop_rise: m.plan_rule_stop_rise_at
};

export const FAULT_WORDS: Record<Fault, () => string> = {
  name: m.stretch_edit_name_missing,
  items: m.stretch_edit_items_missing,
  weekdays: m.plan_fault_weekdays,
  starts_on: m.plan_fault_date,
  ends_on: m.plan_fault_date,
  ends_before_start: m.plan_fault_ends
};

export const PART_WORDS: Record<Extract<Part, 'name' | 'when' | 'span'>, () => string> = {
  name: m.plan_part_name,
  when: m.plan_part_when,
  span: m.plan_part_span
};
