/** Dates as people say them in the app's language; times with the phone's habits (24 hours or 12). */
import { localDate } from '#lib/domain/clock.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import { m } from '#lib/paraglide/messages.js';

function habits(): string {
  const language = getLocale();
  return navigator.languages.find((one) => one === language || one.startsWith(`${language}-`)) ?? language;
}

/** Plain `en` would put the month first; the app's English is not tied to one country, and 21 Nov is read in all. */
export function dateLocale(): string {
  const language = getLocale();
  return language === 'en' ? 'en-GB' : language;
}

export function format(moment: Date, options: Intl.DateTimeFormatOptions, locale = habits()): string {
  try {
    return new Intl.DateTimeFormat(locale, options).format(moment);
  } catch {
    // A time zone that this device does not know.
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: undefined }).format(moment);
  }
}

/** The time on the wall where it happened. */
export function timeOf(moment: string, zone: string): string {
  return format(new Date(moment), { hour: 'numeric', minute: '2-digit', timeZone: zone });
}

/** `date` and `today` are local calendar dates, `YYYY-MM-DD`. */
export function dayName(date: string, today: string): string {
  const noon = new Date(`${date}T12:00:00Z`);
  const days = Math.round((Date.parse(`${today}T12:00:00Z`) - noon.getTime()) / 86_400_000);
  if (days === 0) return m.common_today();
  if (days === 1) return m.common_yesterday();
  const year = date.slice(0, 4) === today.slice(0, 4) ? undefined : 'numeric';
  return format(noon, { weekday: 'long', day: 'numeric', month: 'long', year, timeZone: 'UTC' }, dateLocale());
}

/** The same inside a sentence: "on today", not "on Today". */
export function dayWithin(date: string, today: string): string {
  const name = dayName(date, today);
  if (name === m.common_today()) return m.common_within_today();
  return name === m.common_yesterday() ? m.common_within_yesterday() : name;
}

export function momentWithin(moment: string, zone: string, today: string): string {
  return m.common_day_and_time({ day: dayWithin(localDate(moment, zone), today), time: timeOf(moment, zone) });
}

/** "22 November 2026, 13:21": of a record, which is read on other days. */
export function fullMoment(moment: string, zone: string): string {
  const day = format(new Date(moment), { day: 'numeric', month: 'long', year: 'numeric', timeZone: zone }, dateLocale());
  return m.common_day_and_time({ day, time: timeOf(moment, zone) });
}

export function dayAndTime(moment: string, zone: string, today: string): string {
  return m.common_day_and_time({ day: dayName(localDate(moment, zone), today), time: timeOf(moment, zone) });
}
