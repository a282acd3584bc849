/** Dates and numbers as people read them. Dates are calendar dates: formatted in UTC, no time zone can move them. */
import { dateLocale } from '#lib/components/ui/dates.ts';
import { dayNumber } from '#lib/domain/dates.ts';
import type { Rating } from '#lib/domain/types.ts';
import { getLocale } from '#lib/paraglide/runtime.js';

const SHAPES = {
  full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  day: { weekday: 'short', day: 'numeric' },
  short: { day: 'numeric', month: 'short' },
  long: { day: 'numeric', month: 'long' },
  longYear: { day: 'numeric', month: 'long', year: 'numeric' },
  shortYear: { day: 'numeric', month: 'short', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
  monthName: { month: 'long' },
  monthOnly: { month: 'short' },
  monthYear: { month: 'short', year: 'numeric' },
  year: { year: 'numeric' },
  narrow: { weekday: 'narrow' }
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
export type DateShape = keyof typeof SHAPES;

// Making a formatter costs far more than using it, and an axis asks at every frame of a drag.
const formatters = new Map<string, Intl.DateTimeFormat>();
const numbers = new Map<string, Intl.NumberFormat>();

/** The reader's own way to write times and numbers, where the device speaks the app's language. */
function region(): string {
  const language = getLocale();
  return navigator.languages.find((one) => one === language || one.startsWith(`${language}-`)) ?? language;
}

function formatterOf(shape: DateShape): Intl.DateTimeFormat {
  const locale = dateLocale();
  const key = `${locale} ${shape}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(locale, { ...SHAPES[shape], timeZone: 'UTC' });
    formatters.set(key, formatter);
  }
  return formatter;
}

export function dayWords(day: number, shape: DateShape): string {
  return formatterOf(shape).format(day * 86_400_000);
}

export function dateWords(date: string, shape: DateShape): string {
  return dayWords(dayNumber(date), shape);
}

/** Two days as one span: "23 Oct – 21 Nov 2026", or by months where a day says too much. */
export function spanWords(first: number, last: number, shape: 'short' | 'shortYear' | 'monthYear'): string {
  return formatterOf(shape).formatRange(first * 86_400_000, last * 86_400_000);
}

/** "8 November", with the year where it is not this one. */
export function dateInWords(date: string, today: string): string {
  return dateWords(date, date.slice(0, 4) === today.slice(0, 4) ? 'long' : 'longYear');
}

/** A number as it is, with the decimals that it has. */
export function numberWords(value: number): string {
  return new Intl.NumberFormat(region()).format(value);
}

/** A mean with one decimal; a missing one is empty. */
export function meanWords(mean: Rating): string {
  if (mean === null) return '';
  const locale = region();
  let formatter = numbers.get(locale);
  if (!formatter) {
    formatter = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    numbers.set(locale, formatter);
  }
  return formatter.format(mean);
}

/** The time of day of a moment, as the clocks there showed it. */
export function timeWords(moment: string, zone: string): string {
  const shape = { hour: 'numeric', minute: '2-digit' } as const;
  try {
    return new Intl.DateTimeFormat(region(), { ...shape, timeZone: zone }).format(new Date(moment));
  } catch {
    // A zone that this device has never heard of, or a moment it cannot read: the text itself has the time.
    return moment.slice(11, 16);
  }
}
