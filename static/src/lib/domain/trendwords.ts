/**
 * What a flag about a trend has to say, read out of its evidence (`tracker/settling.py` writes it) and out of the diary
 * on the phone. The words themselves are the components'.
 */
import { depthOf } from './anatomy.ts';
import { dateOf, dayNumber, isDate } from './dates.ts';
import type { DayIndex } from './days.ts';
import { meanOf } from './periods.ts';
import { REGIONS, SIDES, STREAMS, type Region, type Side, type Stream } from './types.ts';

/** `reach`: how far down the leg anything was felt, 0 (nowhere) to 10 (toes, sole). */
export const FOLLOWED = [...STREAMS, 'reach'] as const;
export type Followed = (typeof FOLLOWED)[number];

export interface Place {
  region: Region;
  side: Side;
}

interface Told {
  /** The first day of it, and the day on which it could be told. */
  since: string;
  day: string;
  /** Flags of all rules together in a year in which nothing changes, at the sensitivity of then; null: not said. */
  rate: number | null;
}

export interface Worsening extends Told {
  rule: 'sustained-worsening';
  stream: Followed;
  /** Points of 0-10, before and since. */
  baseline: number;
  recent: number;
  /** Days above usual, of so many logged since. */
  above: number;
  entries: number;
  place: Place | null;
}

export interface Flare extends Told {
  rule: 'flare';
  stream: Followed;
  baseline: number;
  /** The last of the bad days. */
  last: string;
  entries: number;
  place: Place | null;
}

export interface Spreading extends Told {
  rule: 'spreading';
  how: 'further-down' | 'other-side';
  places: Place[];
}

export interface Aggravating {
  /** The catalogue's slug. */
  exercise: string;
  stream: 'pain' | 'numbness';
  moment: 'after' | 'next_morning';
  /** Sessions after which it rose, of so many. */
  rose: number;
  of: number;
}

export interface Aggravated extends Told {
  rule: 'aggravated-by';
  exercises: Aggravating[];
}

export type Trend = Worsening | Flare | Spreading | Aggravated;

type Evidence = Readonly<Record<string, unknown>>;

const number = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : null);
const oneOf = <T extends string>(list: readonly T[], value: unknown) => list.find((one) => one === value) ?? null;
const dated = (value: unknown) => (typeof value === 'string' && isDate(value) ? value : null);
const record = (value: unknown): Evidence => (typeof value === 'object' && value !== null ? (value as Evidence) : {});
const listOf = (value: unknown): Evidence[] => (Array.isArray(value) ? value.map(record) : []);

function placeOf(evidence: Evidence): Place | null {
  const region = oneOf(REGIONS, evidence.region);
  const side = oneOf(SIDES, evidence.side);
  return region && side ? { region, side } : null;
}

function level(told: Told, flag: { stream: string | null }, evidence: Evidence) {
  const stream = oneOf(FOLLOWED, flag.stream);
  const baseline = number(evidence.baseline);
  const entries = number(evidence.entries);
  if (!stream || baseline === null || entries === null) return null;
  return { ...told, stream, baseline, entries, place: placeOf(evidence) };
}

function aggravating(one: Evidence): Aggravating[] {
  const stream = oneOf(['pain', 'numbness'], one.stream);
  const moment = oneOf(['after', 'next_morning'], one.moment);
  const [rose, of] = [number(one.rose), number(one.of)];
  if (typeof one.exercise !== 'string' || !stream || !moment || rose === null || of === null) return [];
  return [{ exercise: one.exercise, stream, moment, rose, of }];
}

/** Null for a red flag, and for what a newer server says in a way that this version does not know. */
export function trendOf(flag: { rule: string; stream: string | null; evidence: Evidence }): Trend | null {
  const { evidence, rule } = flag;
  const [since, day] = [dated(evidence.since), dated(evidence.day)];
  if (!since || !day) return null;
  const told: Told = { since, day, rate: number(evidence.false_alarms_per_year) };
  if (rule === 'spreading') {
    const how = oneOf(['further-down', 'other-side'], evidence.how);
    const places = listOf(evidence.places).flatMap((one) => placeOf(one) ?? []);
    return how && places.length > 0 ? { ...told, rule, how, places } : null;
  }
  if (rule === 'aggravated-by') {
    const exercises = listOf(evidence.exercises).flatMap(aggravating);
    return exercises.length > 0 ? { ...told, rule, exercises } : null;
  }
  const facts = level(told, flag, evidence);
  if (rule === 'flare' && facts) return { ...facts, rule, last: dated(evidence.last) ?? day };
  const [recent, above] = [number(evidence.recent), number(evidence.above)];
  if (rule !== 'sustained-worsening' || !facts || recent === null || above === null) return null;
  return { ...facts, rule, recent, above };
}

/** Where a flag stands for the person: `new` and `due` (put off until now) want to be looked at. */
export type Standing = 'new' | 'due' | 'read' | 'put-off' | 'settled';

export function standingOf(flag: { state: string; snoozed_until: string | null }, now: Date): Standing {
  if (flag.state === 'resolved') return 'settled';
  if (flag.snoozed_until !== null) return Date.parse(flag.snoozed_until) > now.getTime() ? 'put-off' : 'due';
  return flag.state === 'seen' ? 'read' : 'new';
}

/** Two levels so that they can be told apart: in halves of a point, or in tenths where halves would be the same. */
export function toldApart(one: number, other: number): [number, number] {
  const halves = (value: number) => Math.round(value * 2) / 2;
  const tenths = (value: number) => Math.round(value * 10) / 10;
  return halves(one) === halves(other) ? [tenths(one), tenths(other)] : [halves(one), halves(other)];
}

/**
 * The usual level as it is said and drawn: a day counts as above it when its dot lies above the line
 * (`tracker/settling.py` counts them so).
 */
export function shownUsual(trend: Worsening | Flare): number {
  if (trend.stream === 'reach') return trend.baseline;
  return toldApart(trend.baseline, trend.rule === 'flare' ? Infinity : trend.recent)[0];
}

/** Whole years from one wrong flag to the next, 1 at least; null for a rate that says nothing. */
export function yearsApart(rate: number | null): number | null {
  return rate !== null && rate > 0 ? Math.max(1, Math.round(1 / rate)) : null;
}

/**
 * How often a year somebody whose exercises do nothing is told that one of them makes it worse, by the rate of all other
 * flags that the person accepts: `benchmarks/trends/exercising.py`, 1,000 simulated people, four sessions a week.
 */
const AGGRAVATED_PER_YEAR: Record<number, number> = { 0.25: 0.001, 0.5: 0.1, 1: 0.24 };

/** How often a year a flag of this kind is wrong; null: not known. */
export function wrongPerYear(trend: Trend): number | null {
  if (trend.rule !== 'aggravated-by') return trend.rate;
  return AGGRAVATED_PER_YEAR[trend.rate ?? 0] ?? null;
}

/** The server's ranks of `reach` (`tracker/trends/spreading.py`), by steps down the leg; the sole counts as the toes. */
const RANKS = [1, 2, 4, 5, 7, 9, 10] as const;
export const ZONES = ['low-back', 'hip', 'thigh', 'knee', 'lower-leg', 'foot', 'toes'] as const;
export type Zone = (typeof ZONES)[number];

export function rankOf(region: Region): number {
  return region === 'sole' ? 10 : (RANKS[depthOf(region)] ?? 0);
}

/** The zone that a (mean) rank lies nearest to; null: nearer to nowhere. */
export function zoneOf(rank: number): Zone | null {
  const ranks = [0, ...RANKS];
  const gaps = ranks.map((one) => Math.abs(one - rank));
  return ZONES[gaps.indexOf(Math.min(...gaps)) - 1] ?? null;
}

/** Where a (mean) rank stands among the zones, evenly: 0 nowhere, 1 the first zone; between two of them in between. */
export function heightOf(rank: number): number {
  const ranks = [0, ...RANKS];
  const above = Math.max(1, ranks.findIndex((one) => one >= rank));
  const [low, high] = [ranks[above - 1] ?? 0, ranks[above] ?? 10];
  return above - 1 + Math.min(1, Math.max(0, (rank - low) / (high - low)));
}

const ENOUGH_DAYS = 8;
const CLOSE = 0.5;

/**
 * The month before it began (`YYYY-MM-01`), if its days on this phone say the same as the usual level: then it can be
 * called by its name. Otherwise null.
 */
export function usualMonth(trend: Trend, days: Pick<DayIndex, 'between'>): string | null {
  if (trend.rule !== 'sustained-worsening' || trend.stream === 'reach') return null;
  const stream: Stream = trend.stream;
  const lastDay = dateOf(dayNumber(`${trend.since.slice(0, 7)}-01`) - 1);
  const first = `${lastDay.slice(0, 7)}-01`;
  const values = days.between(first, lastDay).map((day) => day[stream]);
  const mean = meanOf(values);
  const enough = values.filter((value) => value !== null).length >= ENOUGH_DAYS;
  return enough && mean !== null && Math.abs(mean - trend.baseline) <= CLOSE ? first : null;
}
