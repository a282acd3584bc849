/** The few days around a change, ready to be drawn: what was on which day, the usual level, and since when. */
import { dateOf, dayNumber } from './dates.ts';
import { isTrended, worstOfDay, type DatedEntry, type DayIndex } from './days.ts';
import { rankOf, shownUsual, type Aggravating, type Trend } from './trendwords.ts';
import { STREAMS, type Rating, type SessionBody, type Stream } from './types.ts';

export interface Dot {
  /** Day number. */
  day: number;
  value: number;
  /** Of a session: the rating before it, of which `value` is what came of it. */
  before?: number;
}

export interface Line {
  value: number;
  from: number;
  to: number;
}

export interface TrendChart {
  /** Both ends included. */
  from: number;
  to: number;
  since: number;
  /** Days without an entry have none. */
  dots: Dot[];
  usual: Line | null;
  recent: Line | null;
  /** What the height means. */
  scale: 'points' | 'reach' | 'sides';
  stream: Stream | null;
}

/** Days before the change, so that one sees what was usual; and after it was told, so that one sees what came of it. */
const LEAD = 42;
const AFTER = 21;

type Rated = Pick<SessionBody, 'pain_before' | 'numbness_before' | 'pain_after' | 'numbness_after'> &
  Pick<SessionBody, 'pain_next_morning' | 'numbness_next_morning'>;
export interface Trained extends Rated {
  local_date: string;
  items: readonly { exercise: string; status: string }[];
}

export interface Told {
  days: Pick<DayIndex, 'entriesBetween'>;
  sessions: readonly Trained[];
  /** The local calendar date. */
  today: string;
}

export function chartOf(trend: Trend, told: Told): TrendChart {
  const since = dayNumber(trend.since);
  const to = Math.max(since, Math.min(dayNumber(told.today), dayNumber(trend.day) + AFTER));
  if (trend.rule === 'aggravated-by') return sessionChart(trend.exercises[0], since, dayNumber(trend.day), told.sessions);
  const from = since - LEAD;
  const common = { from, to, since, usual: null, recent: null, stream: null };
  if (trend.rule === 'spreading') {
    const valuesOf = trend.how === 'further-down' ? furthest : sides;
    const scale = trend.how === 'further-down' ? 'reach' : 'sides';
    return { ...common, scale, dots: dotsOf(told.days, from, to, valuesOf) };
  }
  const { stream } = trend;
  const usual = { value: shownUsual(trend), from, to: since };
  const recent = trend.rule === 'flare' ? null : { value: trend.recent, from: since, to: dayNumber(trend.day) };
  if (stream === 'reach') return { ...common, usual, recent, scale: 'reach', dots: dotsOf(told.days, from, to, furthest) };
  const worst = (entries: DatedEntry[]) => worstOfDay(entries)[stream];
  return { ...common, usual, recent, scale: 'points', stream, dots: dotsOf(told.days, from, to, (day) => [worst(day)]) };
}

function dotsOf(
  days: Pick<DayIndex, 'entriesBetween'>,
  from: number,
  to: number,
  valuesOf: (entries: DatedEntry[]) => readonly Rating[]
): Dot[] {
  return [...days.entriesBetween(dateOf(from), dateOf(to))].flatMap((entries) => {
    const day = dayNumber(entries[0]?.local_date ?? '');
    return valuesOf(entries).flatMap((value) => (value === null ? [] : [{ day, value }]));
  });
}

const felt = (entries: DatedEntry[]) =>
  entries.flatMap(({ readings }) => readings).filter((one) => {
    return isTrended(one) && STREAMS.some((stream) => (one[stream] ?? 0) > 0);
  });

const furthest = (entries: DatedEntry[]) => [Math.max(0, ...felt(entries).map(({ region }) => rankOf(region)))];

/** 0 left, 1 right. */
const sides = (entries: DatedEntry[]) =>
  (['left', 'right'] as const).flatMap((side, n) => (felt(entries).some((one) => one.side === side) ? [n] : []));

function sessionChart(
  one: Aggravating | undefined,
  since: number,
  told: number,
  sessions: readonly Trained[]
): TrendChart {
  const rated = one ? sessions.flatMap((session) => rise(session, one, told)) : [];
  // The last ones before it was told: those that the rule looked at.
  const dots = rated.sort((a, b) => b.day - a.day).slice(0, one?.of ?? 0).reverse();
  const from = Math.min(since, dots[0]?.day ?? since);
  return { from: from - 1, to: told + 1, since, dots, usual: null, recent: null, scale: 'points', stream: one?.stream ?? null };
}

function rise(session: Trained, { exercise, stream, moment }: Aggravating, told: number): Dot[] {
  const day = dayNumber(session.local_date);
  const done = session.items.some((item) => item.exercise === exercise && item.status !== 'skipped');
  const [before, value] = [session[`${stream}_before`], session[`${stream}_${moment}`]];
  return done && day <= told && before !== null && value !== null ? [{ day, value, before }] : [];
}
