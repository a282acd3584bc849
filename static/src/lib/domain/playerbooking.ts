/**
 * Which tones to hand to the sound card, and for when. It keeps time by itself, to the sample, while pages are put to
 * sleep: tones are booked well ahead on its clock, and booked anew when that clock and the wall clock move apart, or
 * when the routine takes another turn. Pure: decides, and makes no sound.
 */
import type { Moment } from './player.ts';

/** One and the same instant on both clocks: the wall's in milliseconds, and what is heard then, in seconds of the card. */
export interface Clocks {
  wall: number;
  audio: number;
}

export interface Booking {
  key: string;
  /** Seconds on the sound card's clock. */
  at: number;
}

/** Hidden pages may be woken once a minute only. */
export const AHEAD_MS = 90_000;

/** Moved by more than this, a tone is booked anew. Reading the card's clock is not more exact on every phone. */
const TOLERANCE_S = 0.02;

/** What is about to sound is left alone: the clocks may differ by this much without a cue having been taken back. */
const SETTLED_S = 0.06;

/** So long after its moment a tone may still begin: one that was due while the page was busy. */
const LATE_S = 0.08;

/** Remembered for so long, so that a page that wakes up late does not ring again what has rung without it. */
const REMEMBERED_S = 150;

export interface Rebooking<B extends Booking> {
  keep: B[];
  cancel: B[];
  book: (Booking & Pick<Moment, 'cue'>)[];
}

export function rebook<B extends Booking>(booked: readonly B[], wanted: readonly Moment[], clocks: Clocks): Rebooking<B> {
  const { audio } = clocks;
  const due = wanted.map(({ key, at, cue }) => ({ key, cue, at: onCard(at, clocks) }));
  const isWanted = (one: B) => due.some(({ key, at }) => key === one.key && Math.abs(at - one.at) <= TOLERANCE_S);
  const begun = (one: B) => one.at <= audio + SETTLED_S;
  const keep = booked.filter((one) => (begun(one) ? one.at > audio - REMEMBERED_S : isWanted(one)));
  const cancel = booked.filter((one) => !begun(one) && !isWanted(one));
  const book = due.filter(({ key, at }) => at >= audio - LATE_S && !isBooked(keep, key, at));
  return { keep, cancel, book: book.map((one) => ({ ...one, at: Math.max(one.at, audio) })) };
}

/** The moment of the wall clock on the sound card's. */
export const onCard = (at: number, { wall, audio }: Clocks) => audio + (at - wall) / 1000;

/** Is a tone of that cue booked for about that moment, or has it just rung? */
export function isBooked(booked: readonly Booking[], key: string, at: number): boolean {
  return booked.some((one) => one.key === key && Math.abs(one.at - at) <= LATE_S + SETTLED_S);
}

/** How long to sleep until the next cue, in milliseconds; null when there is none to wait for. */
export function wakeIn(wanted: readonly Moment[], now: number): number | null {
  const next = wanted.find(({ at }) => at > now);
  return next ? Math.ceil(next.at - now) : null;
}
