/** Those who let a physiotherapist in, as the server shows them (docs at /api/docs/). */
import type { RaisedFlag } from './flags.ts';
import type { StoredPrescription } from './documents.ts';
import { dayNumber } from './dates.ts';
import type { StoppedFor } from './stopped.ts';
import { STREAMS, type Stream } from './types.ts';

export const SIGNALS = ['red-flag', 'worsening', 'made-worse', 'two-missed', 'silent-week', 'message', 'good-news'] as const;
export type Signal = (typeof SIGNALS)[number];
export type Group = 'attention' | 'acknowledged' | 'good-news' | 'quiet';

/** When it was noted last, by whom (null: gone), and whether that was the reader. */
export interface NotedBy {
  at: string;
  by: string | null;
  by_you: boolean;
}

export interface Reason {
  reason: Signal;
  acknowledged: boolean;
  noted: NotedBy | null;
  /** A local date of the patient's. */
  since: string;
  level: RaisedFlag['level'] | null;
  flag: string | null;
  rule: string | null;
  stream: string | null;
  count: number | null;
  days: string[] | null;
  start: number | null;
  now: number | null;
}

export interface Series {
  first: string;
  /** The day's worst, 0-10, of 28 days; null where nothing was logged. */
  numbness: (number | null)[];
  pain: (number | null)[];
}

export interface Named {
  id: string;
  name: string;
}

export interface Patient extends Named {
  link: string;
  scopes: string[];
  sees_from: string | null;
  /** The patient's own date. */
  today: string;
  stands_in_for: Named | null;
  group: Group;
  /** The first puts the patient where they stand. */
  reasons: Reason[];
  last_entry: string | null;
  unread: number;
  series: Series;
}

export interface Practice {
  practises: boolean;
  signals: Signal[];
  /** HH:MM on the physiotherapist's own wall; null: never. */
  tell_at: string | null;
}

export interface Noted {
  level: RaisedFlag['level'];
  at: string;
  by: string | null;
  text: string;
}

export interface PatientFlag extends RaisedFlag {
  acknowledgements: Noted[];
  acknowledged: boolean;
}

export interface PatientNote {
  id: string;
  text: string;
  created_at: string;
  changed_at: string;
}

/** An exercise that was stopped lately for how it felt, and not done well since. */
export interface PatientStop {
  exercise: string;
  date: string;
  /** `limits`: they were reached, and it was not said by what. */
  what: StoppedFor | 'limits';
  /** Of pain or numbness, 0-10; null: none was said. */
  rating: number | null;
  /** It was an easier form, done in place of this exercise. */
  eased: boolean;
}

export type PatientPlan = StoredPrescription;

export type BodySpan = 'start' | 'now' | 'mean';

/** A report as the server made it (`sharing/snapshot.py` says what each figure is). */
export interface Report {
  made_at: string;
  sections: string[];
  patient: { name: string; conditions: string[] };
  /** `begins`: the first entry, from which the start is counted. */
  period: { start: string; end: string; days: number; logged: number; begins?: string };
  question: string;
  changes: Change[];
  days: ReportDay[];
  program: { date: string; name: string; what: string; by: string }[];
  red_flags: { answered_at: string; asked: number; notable: { question: string; text: string; answer_text: string; level: string | null }[] } | null;
  /** The entry that gives a reason to ask, where nobody has answered yet; with the patient's own offset. */
  red_flags_waiting?: string;
  flags: ReportedFlag[];
  adherence: { prescribed: number; carried_out: number; begun: number; percent: number | null; reasons: Record<string, number> } | null;
  exercises: ReportExercise[];
  /** `drawn`: those of the three that had logged days enough; reports of before do not say. */
  body: (Record<BodySpan, { region: string; side: string; numbness: number | null; pain: number | null }[]> & { drawn?: BodySpan[] }) | null;
  interference: { date: string; mean: number | null }[];
  activities: { name: string; ratings: [string, number][] }[];
}

/** `reason`: why it is over; `because`: what was asked and answered, or what was found. */
export interface ReportedFlag {
  id: string;
  stream: string;
  level: RaisedFlag['level'];
  state: string;
  opened_on: string;
  resolved_on: string | null;
  reason: string | null;
  title: string;
  because: string;
}

export interface Change {
  key: string;
  start: number | null;
  now: number | null;
  change: number | null;
  meaning: 'better' | 'worse' | 'same' | 'unknown';
}

export interface ReportDay {
  date: string;
  entries: number;
  numbness: number | null;
  tingling: number | null;
  pain: number | null;
  weakness: number | null;
  sleep: number | null;
  means: Record<string, number | null>;
  triggers: string[];
  self_care: string[];
  notes: string[];
  sessions: number;
}

export interface RatingsOf {
  n: number;
  before: number | null;
  after: number | null;
  next_morning: number | null;
}

export interface ReportExercise {
  exercise: string;
  name: string;
  dose: string;
  prescribed: number;
  done: number;
  partial: number;
  skipped: number;
  reasons: Record<string, number>;
  pain: RatingsOf;
  numbness: RatingsOf;
}

/** Points of a line through a series, in a box; a gap in the series is a gap in the line. */
export function strokes(values: readonly (number | null)[], width: number, height: number): string[] {
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  const found: string[][] = [[]];
  values.forEach((value, at) => {
    if (value === null) found.push([]);
    else found.at(-1)?.push(`${(at * step).toFixed(1)},${(height - (value / 10) * height).toFixed(1)}`);
  });
  return found.filter((points) => points.length > 0).map((points) => points.join(' '));
}

/** A day by itself has no line: it is a dot, which is a line of no length with round ends. */
export const orDot = (points: string): string => (points.includes(' ') ? points : `${points} ${points}`);

/** What a chart draws: numbness and pain, and of the others what a flag speaks of. */
export const chartLines = (flags: Report['flags']): Stream[] =>
  STREAMS.filter((stream) => stream === 'numbness' || stream === 'pain' || flags.some((flag) => flag.stream === stream));

/** As `sharing/snapshot.py` has it: how many days the start and now have, and from which day the start is counted. */
export function edgesOf({ start, end, begins = start }: Report['period']): { days: number; from: string } {
  return { days: Math.min(14, Math.floor((dayNumber(end) - dayNumber(begins) + 1) / 2)), from: begins };
}

/** The latest rating of each stream that was rated at all. */
export function latestRatings(days: readonly ReportDay[]): { stream: Stream; value: number; date: string }[] {
  return STREAMS.flatMap((stream) => {
    const day = days.findLast((one) => one[stream] !== null);
    return day ? [{ stream, value: day[stream] ?? 0, date: day.date }] : [];
  });
}

const isUrgent = ({ level }: Pick<Reason, 'level'>) => level === 'E' || level === 'D';

/** Taking note settles nothing: a sign weighs as much as before until the patient says that it is checked. */
export const isNoted = (reason: Pick<Reason, 'acknowledged' | 'level'>): boolean => reason.acknowledged && !isUrgent(reason);
export const hasUrgent = ({ reasons }: Pick<Patient, 'reasons'>): boolean => reasons.some(isUrgent);

export const may = (patient: Pick<Patient, 'scopes'>, scope: string): boolean => patient.scopes.includes(scope);
