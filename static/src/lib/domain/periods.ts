/** A stretch of the diary as a whole: how much was logged, the means in it, and where on the body. */
import { keyOf } from './body.ts';
import { addDays, dayNumber } from './dates.ts';
import { isTrended, perStream, type DatedEntry, type DayIndex } from './days.ts';
import type { Rating, Stream } from './types.ts';

export const RANGES = [30, 90, 365, 'all'] as const;
export type Range = (typeof RANGES)[number];

export interface Period {
  from: string;
  to: string;
}

export interface PeriodSummary extends Period {
  /** Days of the period since the diary began: days before the first entry could not have been logged. */
  daysPossible: number;
  daysLogged: number;
  entries: number;
  /** Days on which the saddle area was marked. */
  saddleDays: number;
  /** The mean of the day values over the days that have one. */
  means: Record<Stream, Rating>;
}

export function isRange(value: unknown): value is Range {
  return (RANGES as readonly unknown[]).includes(value);
}

export function readRange(text: string | null): Range {
  const value = text === 'all' ? text : Number(text);
  return isRange(value) ? value : 30;
}

/** The days that a range shows, ending today; "all" reaches back to the first entry, and ahead to one dated later. */
export function periodOf(range: Range, index: DayIndex, today: string): Period {
  const to = index.last && index.last > today ? index.last : today;
  if (range !== 'all') return { from: addDays(today, 1 - range), to };
  return { from: index.first && index.first < today ? index.first : today, to };
}

/** As many days again, right before; null where the diary does not reach back that far. */
export function periodBefore({ from, to }: Period, index: DayIndex): Period | null {
  const length = dayNumber(to) - dayNumber(from) + 1;
  const before = { from: addDays(from, -length), to: addDays(from, -1) };
  return index.first && index.first <= before.to ? before : null;
}

export function summarise(index: DayIndex, { from, to }: Period): PeriodSummary {
  const began = index.first && index.first > from ? index.first : from;
  const days = began > to ? [] : index.between(began, to);
  const logged = days.filter((day) => day.entries > 0);
  return {
    from,
    to,
    daysPossible: index.first ? days.length : 0,
    daysLogged: logged.length,
    entries: logged.reduce((sum, day) => sum + day.entries, 0),
    saddleDays: logged.filter((day) => day.saddle).length,
    means: perStream((stream) => meanOf(logged.map((day) => day[stream])))
  };
}

export function meanOf(values: readonly Rating[]): Rating {
  const known = values.filter((value) => value !== null);
  return known.length ? known.reduce((sum, value) => sum + value, 0) / known.length : null;
}

/**
 * Where on the body a stream sat over a period: by reading key (`calf:left`) the mean of that place's day values, over
 * the days on which it was rated there. The saddle is left out here too.
 */
export function heatOf(index: DayIndex, stream: Stream, { from, to }: Period): Map<string, number> {
  const sums = new Map<string, { sum: number; days: number }>();
  for (const entries of index.entriesBetween(from, to)) {
    for (const [place, worst] of worstByPlace(entries, stream)) {
      const spot = sums.get(place) ?? { sum: 0, days: 0 };
      sums.set(place, { sum: spot.sum + worst, days: spot.days + 1 });
    }
  }
  return new Map([...sums].map(([place, { sum, days }]) => [place, sum / days]));
}

function worstByPlace(entries: readonly DatedEntry[], stream: Stream): Map<string, number> {
  const places = new Map<string, number>();
  for (const reading of entries.flatMap((entry) => entry.readings)) {
    const value = reading[stream];
    if (value === null || !isTrended(reading)) continue;
    const place = keyOf(reading);
    places.set(place, Math.max(value, places.get(place) ?? 0));
  }
  return places;
}
