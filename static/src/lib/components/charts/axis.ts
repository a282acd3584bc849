/** Where the time axis has its ticks: on the first of months and years, or every few days, whatever fits. */
import { dateOf, dayNumber } from '#lib/domain/dates.ts';
import { dayWords } from './words.ts';

interface Step {
  /** About how many days from tick to tick. */
  days: number;
  months: number;
}

const STEPS: readonly Step[] = [
  { days: 1, months: 0 },
  { days: 2, months: 0 },
  { days: 7, months: 0 },
  { days: 14, months: 0 },
  ...[1, 2, 3, 6, 12, 24, 60].map((months) => ({ days: months * 30.4, months }))
];

/** The finest step whose ticks stand at least `apart` days from each other. */
export function stepFor(apart: number): Step {
  return STEPS.find((step) => step.days >= apart) ?? { days: 3650, months: 120 };
}

export function ticks(min: number, max: number, { days, months }: Step): number[] {
  const found: number[] = [];
  if (months === 0) {
    for (let day = Math.ceil(min / days) * days; day <= max; day += days) found.push(day);
    return found;
  }
  const start = dateOf(Math.floor(min));
  let month = Number(start.slice(0, 4)) * 12 + Number(start.slice(5, 7)) - 1;
  month = Math.ceil(month / months) * months;
  for (; ; month += months) {
    const year = String(Math.floor(month / 12)).padStart(4, '0');
    const day = dayNumber(`${year}-${String((month % 12) + 1).padStart(2, '0')}-01`);
    if (day > max) return found;
    if (day >= min) found.push(day);
  }
}

/** "12 Mar" day by day, "Mar" month by month with the year where it begins, "2026" year by year. */
export function tickWords(day: number, step: Step): string {
  if (step.months >= 12) return dayWords(day, 'year');
  if (step.months === 0) return dayWords(day, 'short');
  return dateOf(day).slice(5, 7) === '01' ? dayWords(day, 'year') : dayWords(day, 'monthOnly');
}
