/**
 * The shapes that the screens, the store on the phone and the server agree on (docs at /api/docs/).
 * Ratings are numeric rating scale values: whole numbers 0-10, or null when not asked.
 * Times are ISO 8601 with offset; dates are local calendar dates, `YYYY-MM-DD`.
 */

import type { CONDITIONS, EQUIPMENT, POSITIONS, QUALITIES, SELF_CARE_KINDS } from './lists.ts';

export const STREAMS = ['numbness', 'tingling', 'pain', 'weakness'] as const;
export type Stream = (typeof STREAMS)[number];

export type Rating = number | null;

export const REGIONS = [
  'low-back',
  'groin',
  'saddle',
  'outer-hip',
  'buttock',
  'front-thigh',
  'outer-thigh',
  'inner-thigh',
  'back-of-thigh',
  'knee',
  'inner-shin',
  'outer-shin',
  'calf',
  'top-of-foot',
  'big-toe',
  'little-toes',
  'outer-foot',
  'heel',
  'sole'
] as const;
export type Region = (typeof REGIONS)[number];

/** Regions without a left and a right: their readings carry the side `midline`. */
export const MIDLINE_REGIONS: readonly Region[] = ['low-back', 'saddle'];

export const SIDES = ['left', 'right', 'midline'] as const;
export type Side = (typeof SIDES)[number];

export type Quality = (typeof QUALITIES)[number];

export type SelfCareKind = (typeof SELF_CARE_KINDS)[number];

export interface Reading extends Record<Stream, Rating> {
  region: Region;
  side: Side;
  qualities: Quality[];
}

export interface SelfCare {
  kind: SelfCareKind;
  minutes?: number | null;
  name?: string;
  dose?: string;
}

/** What the person wrote. No readings means "no symptoms", and counts as 0 in every stream. */
export interface LogBody {
  occurred_at: string;
  time_zone: string;
  readings: Reading[];
  sleep_quality: Rating;
  triggers: string[];
  note: string;
  self_care: SelfCare[];
}

export interface Flag {
  rule: string;
  level: 'E' | 'D' | 'W' | 'N';
}

/**
 * Answers to questions about signs that need a doctor, by rule (`redflagrules.ts`), and since when (a wall date) where
 * that was said. `level` and `flags` are what this phone found; the server works them out for itself.
 */
export interface CheckBody {
  answered_at: string;
  time_zone: string;
  answers: Record<string, string>;
  since: Record<string, string>;
  /** The log that was the reason to ask. */
  entry: string | null;
  /** When the person confirmed having read what to do. */
  read_at: string | null;
  table_version: number | null;
  level: Flag['level'] | null;
  flags: Flag[];
}

export const INTERFERENCE = ['pain', 'enjoyment', 'activity'] as const;
/** How much the week was taken up: 0 not at all, 10 wholly. */
export type Interference = Record<(typeof INTERFERENCE)[number], Rating>;

/** Something that is hard, in the person's own words: 0 not at all, 10 as well as ever. */
export interface Activity {
  name: string;
  rating: number;
}

/** One answering of either kind: `interference` is null where activities were asked about, and those are empty where it was. */
export interface MeasureBody {
  kind: 'interference' | 'activities';
  answered_at: string;
  time_zone: string;
  interference: Interference | null;
  activities: Activity[];
}

/** What the server adds to a document that it has taken. */
export interface ServerFields {
  id: string;
  version: number;
  received_at: string;
  changed_at: string;
  deleted_at: string | null;
}

export interface ServerLog extends LogBody, ServerFields {
  local_date: string;
  flags: Flag[];
}

export interface ServerCheck extends CheckBody, ServerFields {
  local_date: string;
}

export interface ServerMeasure extends MeasureBody, ServerFields {
  local_date: string;
}

export type Sides = 'both' | 'left' | 'right' | 'none';

export interface Dose {
  sets: number;
  repetitions: number;
  /** 0: counted repetitions that are not held. */
  hold_seconds: number;
  rest_seconds: number;
  sides: Sides;
  /** Seconds out, at the turn, and back of a repetition that is not held, as `2-0-2`; empty: the player's calm pace. */
  tempo: string;
}

/**
 * Neighbours with the same `superset` number are done in turn, a set of each, and `round_rest_seconds` of rest after
 * each round; all of them carry the same number of seconds. Null: done by itself, and `round_rest_seconds` is 0.
 */
export interface RoutineItem extends Dose {
  exercise: string;
  superset: number | null;
  round_rest_seconds: number;
}

export interface RoutineBody {
  name: string;
  items: RoutineItem[];
}

/** A starter routine belongs to nobody and cannot be changed; a copy of it can. */
export interface ServerRoutine extends RoutineBody, ServerFields {
  starter: boolean;
  /** Whom a starter suits; one's own have none. */
  description: string;
}

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/**
 * From which rating (0-10), and from which rise over the rating before the session, an exercise is made easier or
 * stopped. `ease_at <= stop_at`, `ease_rise <= stop_rise`.
 */
export interface PainRule {
  ease_at: number;
  stop_at: number;
  ease_rise: number;
  stop_rise: number;
}

/** A routine that somebody is to carry out: how often, on which days, from when until when, and within which limits. */
export interface PrescriptionBody extends RoutineBody {
  times_a_day: number;
  weekdays: Weekday[];
  starts_on: string;
  ends_on: string | null;
  pain_rule: PainRule;
  note: string;
}

/** `prescribed_by` names the physiotherapist; null: the person wrote it down for herself, and may change it. */
export interface ServerPrescription extends PrescriptionBody, ServerFields {
  prescribed_by: string | null;
  /** What was prescribed when, oldest first; missing until the server has taken it. */
  versions?: PrescriptionVersion[];
}

/** When and how often a version asks for something; `since` is the local date on which it was taken over. */
export interface PrescriptionVersion
  extends Pick<PrescriptionBody, 'times_a_day' | 'weekdays' | 'starts_on' | 'ends_on'> {
  version: number;
  since: string;
}

export type Condition = (typeof CONDITIONS)[number];

/** With a `condition`, whoever has it in the profile is warned before the exercise is added. */
export interface Caution {
  text: string;
  source: string;
  condition: Condition | null;
}

export type Position = (typeof POSITIONS)[number];
export type Equipment = (typeof EQUIPMENT)[number];

/** One catalogue entry, already in the person's language. `figure` is read by domain/figure.ts. */
export interface Exercise extends Dose {
  slug: string;
  name: string;
  summary: string;
  /** The exercise of which this is a form (its own slug for the usual form), and where on that ladder it stands: 0. */
  ladder: string;
  rung: number;
  muscles: string[];
  position: Position;
  equipment: Equipment[];
  regions: Region[];
  /** Can be done at a desk. */
  desk: boolean;
  /** The time of the hold is spent moving, as in walking. */
  continuous: boolean;
  steps: string[];
  cautions: Caution[];
  easier: string;
  harder: string;
  source: string;
  review: 'unreviewed' | 'clinician-reviewed';
  figure: unknown;
  /** No longer in the catalogue, but named by a routine or a session. */
  retired: boolean;
}

export const SKIP_REASONS = [
  'pain',
  'numbness',
  'weakness',
  'too-hard',
  'unsure-how',
  'no-time',
  'no-space',
  'forgot',
  'tired',
  'feeling-fine',
  'other'
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

export interface SessionItem {
  exercise: string;
  prescribed: Dose;
  status: 'done' | 'partial' | 'skipped';
  reason: SkipReason | null;
  sets_done: number;
  repetitions_done: number;
  seconds_held: number;
  /** The slug of the form that was planned, when an easier one was done in its place. */
  eased_from: string | null;
}

export type Verdict = 'go' | 'ease' | 'stop';

/** "This hurts", said in the middle of an exercise: `item` counts the session's items from 0. */
export interface Hurt {
  item: number;
  at: string;
  pain: Rating;
  numbness: Rating;
  further_down: boolean;
  weakness: boolean;
  verdict: Verdict;
}

/** `ended` is why the session ended: to the last item, or stopped by the person (`stop_reason` says why). */
export interface SessionBody {
  routine: string | null;
  routine_name: string;
  prescription: string | null;
  /** The version of the prescription that was carried out; null when the server had not taken it yet. */
  prescription_version: number | null;
  started_at: string;
  ended_at: string;
  time_zone: string;
  ended: 'completed' | 'stopped';
  stop_reason: SkipReason | null;
  items: SessionItem[];
  hurts: Hurt[];
  pain_before: Rating;
  numbness_before: Rating;
  pain_after: Rating;
  numbness_after: Rating;
  pain_next_morning: Rating;
  numbness_next_morning: Rating;
  /** Asked about the next morning, the person did not want to say; she is not asked again. */
  next_morning_declined: boolean;
  note: string;
}

export interface ServerSession extends SessionBody, ServerFields {
  local_date: string;
}

export interface Profile {
  id: string;
  email: string;
  display_name: string;
  time_zone: string;
  language: string;
  /** ISO 3166-1 alpha-2, or empty when not known. */
  country: string;
  /** The number the person prefers; empty means the country's own. */
  emergency_number: string;
  quiet_hours: { from: string; to: string } | null;
  weekly_mode: boolean;
  conditions: Condition[];
}
