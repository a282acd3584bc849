/** How much it got in the way of the week, and what is hard: when to ask, and what the answers say (3-clinical, 5). */
import type { StoredMeasure } from './documents.ts';
import { dayNumber } from './dates.ts';
import type { Activity, MeasureBody, Rating } from './types.ts';

export type Subject = MeasureBody['kind'];
/** `unknown`: answered once. */
export type Change = 'better' | 'worse' | 'same' | 'unknown';

export const MOST_ACTIVITIES = 3;
export const NAME_LENGTH = 80;
/** In days: how often each is asked. */
export const EVERY: Record<Subject, number> = { interference: 7, activities: 14 };
/** In days from the first entry on: nobody is asked about a week that the diary does not know. Our own choice (B). */
const QUIET = 7;
/** From how many points on a change is real: of the mean of the activities, and of a single one (3-clinical, 5). */
const REAL = { mean: 2, one: 3 };

const byTime = (one: StoredMeasure, other: StoredMeasure) =>
  Date.parse(one.answered_at) - Date.parse(other.answered_at) || (one.id < other.id ? -1 : 1);

/** The answers of one kind, oldest first. */
export const ofKind = (measures: readonly StoredMeasure[], kind: Subject): StoredMeasure[] =>
  measures.filter((one) => one.kind === kind && !one.deleted_at).sort(byTime);

/** What was answered on that date already: answered anew, it is corrected. */
export const answeredOn = (measures: readonly StoredMeasure[], kind: Subject, date: string): StoredMeasure | undefined =>
  ofKind(measures, kind).findLast(({ local_date }) => local_date === date);

/** `began`: the date of the first entry. What is dated ahead by a wrong clock keeps nothing from being asked. */
export function dueOn(measures: readonly StoredMeasure[], today: string, began: string | undefined): Subject[] {
  const ago = (date: string) => dayNumber(today) - dayNumber(date);
  if (began === undefined || ago(began) < QUIET) return [];
  const isFresh = (kind: Subject) => (one: StoredMeasure) => ago(one.local_date) >= 0 && ago(one.local_date) < EVERY[kind];
  return (['interference', 'activities'] as const).filter((kind) => !ofKind(measures, kind).some(isFresh(kind)));
}

/** Of those that were rated; null where none was. */
export function meanOf(ratings: readonly Rating[]): number | null {
  const rated = ratings.filter((one) => one !== null);
  return rated.length === 0 ? null : rated.reduce((sum, one) => sum + one, 0) / rated.length;
}

/** One activity in two spellings of case is one, as on the server. */
export const sameName = (name: string) => name.trim().toLowerCase();

/** What was named last, to be rated again. */
export const namedLast = (measures: readonly StoredMeasure[]): Activity[] => ofKind(measures, 'activities').at(-1)?.activities ?? [];

export interface Course {
  name: string;
  /** Oldest first, at least one. */
  ratings: { date: string; rating: number }[];
  change: Change;
}

/** A higher rating is better. */
function changeOf(points: number, enough: number): Change {
  if (Math.abs(points) < enough) return 'same';
  return points > 0 ? 'better' : 'worse';
}

const pointsOf = ({ ratings }: Course) => ratings.at(-1)!.rating - ratings[0]!.rating;

/** In the order in which they were named first; the last rating against the first. */
export function coursesOf(measures: readonly StoredMeasure[]): Course[] {
  const found = new Map<string, Course>();
  for (const { local_date, activities } of ofKind(measures, 'activities')) {
    for (const { name, rating } of activities) {
      const course = found.get(sameName(name)) ?? { name: name.trim(), ratings: [], change: 'unknown' };
      course.ratings.push({ date: local_date, rating });
      found.set(sameName(name), course);
    }
  }
  return [...found.values()].map((course) => ({
    ...course,
    change: course.ratings.length < 2 ? 'unknown' : changeOf(pointsOf(course), REAL.one)
  }));
}

export interface MeanChange {
  start: number;
  now: number;
  change: Change;
}

/** Over those of the last time that were rated before; null where fewer than two were: one alone speaks for itself. */
export function meanChange(measures: readonly StoredMeasure[]): MeanChange | null {
  const last = new Set(namedLast(measures).map(({ name }) => sameName(name)));
  const courses = coursesOf(measures).filter(({ name, ratings }) => last.has(sameName(name)) && ratings.length > 1);
  if (courses.length < 2) return null;
  const start = meanOf(courses.map(({ ratings }) => ratings[0]!.rating))!;
  const now = meanOf(courses.map(({ ratings }) => ratings.at(-1)!.rating))!;
  // Counted in whole points: thirds do not add up to two.
  const points = courses.reduce((sum, course) => sum + pointsOf(course), 0);
  return { start, now, change: changeOf(points, REAL.mean * courses.length) };
}
