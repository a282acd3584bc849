import { dayNumber } from '#lib/domain/dates.ts';

/** The part of the diary that the chart shows: day numbers, with fractions while a finger drags. */
export interface Span {
  min: number;
  max: number;
}

/** Half a day of air at both ends, so that the outermost dots are whole. */
export const AIR = 0.6;
const CLOSEST = 6;

/** From half a year on single days and weeks are noise: 28-day means, and no dots. */
export function isFar({ min, max }: Span): boolean {
  return max - min >= 180;
}

export function spanOf(from: string, to: string): Span {
  return { min: dayNumber(from) - AIR, max: dayNumber(to) + AIR };
}

/** Moves and narrows a span until it lies within the diary; never closer than a week. */
export function within(span: Span, limits: Span): Span {
  const whole = limits.max - limits.min;
  const width = Math.min(whole, Math.max(Math.min(CLOSEST, whole), span.max - span.min));
  const middle = (span.min + span.max) / 2;
  const min = Math.min(Math.max(middle - width / 2, limits.min), limits.max - width);
  return { min, max: min + width };
}

export function panned(span: Span, days: number, limits: Span): Span {
  return within({ min: span.min + days, max: span.max + days }, limits);
}

/** Zooms by a factor (above 1: closer) with the day `around` staying where it is. */
export function zoomed(span: Span, factor: number, around: number, limits: Span): Span {
  const whole = limits.max - limits.min;
  const width = span.max - span.min;
  const wanted = Math.min(whole, Math.max(Math.min(CLOSEST, whole), width / factor));
  const min = around - ((around - span.min) / width) * wanted;
  return within({ min, max: min + wanted }, limits);
}
