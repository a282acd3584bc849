/**
 * What the entries make of each calendar day.
 *
 * The value of a stream on a day is the worst rating of that day over all its entries and regions, the saddle left
 * out: it belongs to the red flags and is never trended. An entry without readings says "no symptoms" and counts as 0
 * in every stream. Nothing logged, or a stream nobody rated that day, is null: missing days stay missing. That the
 * saddle was marked is said beside the values, so that such a day never looks like a quiet one.
 */
import { dateOf, dayNumber } from './dates.ts';
import { STREAMS, type Rating, type Reading, type Stream } from './types.ts';

export const MEAN_WINDOW = 7;
/** Fewer logged days than this in the window, and a "7-day mean" would be one or two days' dots drawn again. */
export const MEAN_NEEDS = 3;
/** The same for a view of months, where a week's mean is still noise. */
export const LONG_WINDOW = 28;
export const LONG_NEEDS = 8;

export interface DatedEntry {
  id: string;
  local_date: string;
  readings: readonly Reading[];
}

export type DayRatings = Record<Stream, Rating>;

export interface Day extends DayRatings {
  date: string;
  entries: number;
  /** The saddle area was marked: it has no value here, and needs checking. */
  saddle: boolean;
}

/** Aligned arrays, one item for each calendar day of the range. */
export interface Series {
  from: string;
  to: string;
  days: number[];
  values: Record<Stream, Rating[]>;
  means: Record<Stream, Rating[]>;
  /** Means over LONG_WINDOW days. */
  longMeans: Record<Stream, Rating[]>;
  /** Whether the saddle area was marked on the day. */
  saddles: boolean[];
}

export function isTrended(reading: Reading): boolean {
  return reading.region !== 'saddle';
}

export function marksSaddle(entries: Iterable<DatedEntry>): boolean {
  for (const entry of entries) if (!entry.readings.every(isTrended)) return true;
  return false;
}

/** The worse of two ratings; null is "not asked" and yields to any rating. */
export function worse(one: Rating, other: Rating): Rating {
  if (one === null) return other;
  return other === null || one >= other ? one : other;
}

function rated(entry: DatedEntry, stream: Stream): Rating {
  if (entry.readings.length === 0) return 0;
  return entry.readings.reduce<Rating>(
    (worst, reading) => (isTrended(reading) ? worse(worst, reading[stream]) : worst),
    null
  );
}

export function perStream<T>(make: (stream: Stream) => T): Record<Stream, T> {
  return Object.fromEntries(STREAMS.map((stream) => [stream, make(stream)])) as Record<Stream, T>;
}

export function worstOfDay(entries: Iterable<DatedEntry>): DayRatings {
  const worst = perStream<Rating>(() => null);
  for (const entry of entries) {
    for (const stream of STREAMS) worst[stream] = worse(worst[stream], rated(entry, stream));
  }
  return worst;
}

interface Slot {
  entries: Map<string, DatedEntry>;
  /** Worked out when first asked for after a change. */
  worst: DayRatings | null;
  saddle: boolean | null;
}

/** The entries by day, kept up to date: a new entry costs its own day, not ten years. */
export class DayIndex {
  #known = new Map<string, DatedEntry>();
  #slots = new Map<number, Slot>();
  #bounds: { first: number; last: number } | null = null;

  constructor(entries: readonly DatedEntry[] = []) {
    this.update(entries);
  }

  /** Takes over the list as it is now; only the days of entries that are new, other or gone are touched. */
  update(entries: readonly DatedEntry[]): void {
    for (const entry of entries) {
      if (this.#known.get(entry.id) !== entry) this.put(entry);
    }
    if (this.#known.size === entries.length) return;
    const present = new Set(entries.map((entry) => entry.id));
    for (const id of [...this.#known.keys()]) {
      if (!present.has(id)) this.remove(id);
    }
  }

  put(entry: DatedEntry): void {
    const day = dayNumber(entry.local_date);
    const known = this.#known.get(entry.id);
    const slot = this.#slots.get(day);
    this.#known.set(entry.id, entry);
    // Only its way to the server has changed: what it says about its day has not.
    if (known?.readings === entry.readings && known.local_date === entry.local_date) {
      slot?.entries.set(entry.id, entry);
      return;
    }
    if (known && known.local_date !== entry.local_date) this.#leave(known);
    if (slot) {
      slot.entries.set(entry.id, entry);
      slot.worst = slot.saddle = null;
    } else {
      this.#slots.set(day, { entries: new Map([[entry.id, entry]]), worst: null, saddle: null });
      this.#bounds = null;
    }
  }

  remove(id: string): void {
    const entry = this.#known.get(id);
    if (!entry) return;
    this.#known.delete(id);
    this.#leave(entry);
  }

  #leave(entry: DatedEntry): void {
    const day = dayNumber(entry.local_date);
    const slot = this.#slots.get(day);
    slot?.entries.delete(entry.id);
    if (slot?.entries.size) {
      slot.worst = slot.saddle = null;
    } else {
      this.#slots.delete(day);
      this.#bounds = null;
    }
  }

  get size(): number {
    return this.#known.size;
  }

  /** The first and the last date with an entry. */
  get first(): string | null {
    const bounds = this.#span();
    return bounds ? dateOf(bounds.first) : null;
  }

  get last(): string | null {
    const bounds = this.#span();
    return bounds ? dateOf(bounds.last) : null;
  }

  dayOf(date: string): Day {
    const day = dayNumber(date);
    const entries = this.#slots.get(day)?.entries.size ?? 0;
    return { date, ...this.#ratings(day), entries, saddle: this.#hasSaddle(day) };
  }

  /** Every calendar date of the range, both ends included. */
  between(from: string, to: string): Day[] {
    const days: Day[] = [];
    for (let day = dayNumber(from); day <= dayNumber(to); day++) days.push(this.dayOf(dateOf(day)));
    return days;
  }

  /** The nearest date with an entry before or after this one. */
  neighbour(date: string, step: -1 | 1): string | null {
    const bounds = this.#span();
    if (!bounds) return null;
    // From far outside the diary, start at its edge.
    let day = dayNumber(date) + step;
    day = step < 0 ? Math.min(day, bounds.last) : Math.max(day, bounds.first);
    for (; day >= bounds.first && day <= bounds.last; day += step) {
      if (this.#slots.has(day)) return dateOf(day);
    }
    return null;
  }

  /**
   * Day values and trailing means. A mean covers the day and the days before it (also those before `from`), divides
   * by the days that have a value, and is null where too few do.
   */
  series(from: string, to: string): Series {
    const first = dayNumber(from);
    const length = Math.max(0, dayNumber(to) - first + 1);
    const days = Array.from({ length }, (_, n) => first + n);
    const lead = LONG_WINDOW - 1;
    const led = Array.from({ length: length + lead }, (_, n) => this.#ratings(first - lead + n));
    const columns = perStream((stream) => led.map((ratings) => ratings[stream]));
    return {
      from,
      to,
      days,
      values: perStream((stream) => columns[stream].slice(lead)),
      means: perStream((stream) => trailingMeans(columns[stream]).slice(lead)),
      longMeans: perStream((stream) => trailingMeans(columns[stream], LONG_WINDOW, LONG_NEEDS).slice(lead)),
      saddles: days.map((day) => this.#hasSaddle(day))
    };
  }

  /** The entries of each logged day of the period, day by day. */
  *entriesBetween(from: string, to: string): Generator<DatedEntry[]> {
    const bounds = this.#span();
    if (!bounds) return;
    const last = Math.min(dayNumber(to), bounds.last);
    for (let day = Math.max(dayNumber(from), bounds.first); day <= last; day++) {
      const slot = this.#slots.get(day);
      if (slot) yield [...slot.entries.values()];
    }
  }

  #ratings(day: number): DayRatings {
    const slot = this.#slots.get(day);
    if (!slot) return NOTHING;
    return (slot.worst ??= worstOfDay(slot.entries.values()));
  }

  #hasSaddle(day: number): boolean {
    const slot = this.#slots.get(day);
    return slot !== undefined && (slot.saddle ??= marksSaddle(slot.entries.values()));
  }

  #span(): { first: number; last: number } | null {
    if (this.#bounds || this.#slots.size === 0) return this.#bounds;
    let first = Infinity;
    let last = -Infinity;
    for (const day of this.#slots.keys()) {
      if (day < first) first = day;
      if (day > last) last = day;
    }
    return (this.#bounds = { first, last });
  }
}

const NOTHING: DayRatings = Object.freeze(perStream<Rating>(() => null));

/** Trailing means over `window` items: the sums are of whole numbers, so sliding them loses nothing. */
export function trailingMeans(values: readonly Rating[], window = MEAN_WINDOW, needs = MEAN_NEEDS): Rating[] {
  let sum = 0;
  let count = 0;
  return values.map((value, n) => {
    const leaving = values[n - window] ?? null;
    if (value !== null) {
      sum += value;
      count += 1;
    }
    if (leaving !== null) {
      sum -= leaving;
      count -= 1;
    }
    return count >= needs ? sum / count : null;
  });
}
