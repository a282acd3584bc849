/** Dates that are the same on every day they are read, for what is printed. */
import { localDate } from '#lib/domain/clock.ts';
import { m } from '#lib/paraglide/messages.js';
import { dateLocale, format, timeOf } from './dates.ts';

/** `date` is a local calendar date, `YYYY-MM-DD`. */
export function calendarDate(date: string): string {
  const options = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return format(new Date(`${date}T12:00:00Z`), options, dateLocale());
}

export function calendarDateAndTime(moment: string, zone: string): string {
  return m.common_day_and_time({ day: calendarDate(localDate(moment, zone)), time: timeOf(moment, zone) });
}
