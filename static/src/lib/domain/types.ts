/**
 * The shapes that the screens, the store on the phone and the server agree on (docs at /api/docs/).
 * Ratings are numeric rating scale values: whole numbers 0-10, or null when not asked.
 * Times are ISO 8601 with offset; dates are local calendar dates, `YYYY-MM-DD`.
 */

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

export const QUALITIES = [
  'aching',
  'burning',
  'cold',
  'cramping',
  'dull',
  'electric',
  'heavy',
  'itching',
  'pins-and-needles',
  'sharp',
  'shooting',
  'stabbing',
  'stiff',
  'throbbing',
  'tight'
] as const;
export type Quality = (typeof QUALITIES)[number];

export const SELF_CARE_KINDS = [
  'rest',
  'heat',
  'cold',
  'medicine',
  'massage',
  'walking',
  'sleep-position',
  'long-sitting'
] as const;
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

export type Sides = 'both' | 'left' | 'right' | 'none';

export interface Dose {
  sets: number;
  repetitions: number;
  hold_seconds: number;
  rest_seconds: number;
  sides: Sides;
}

export interface RoutineItem extends Dose {
  exercise: string;
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

export interface Caution {
  text: string;
  source: string;
}

/** One catalogue entry, already in the person's language. `figure` is read by domain/figure.ts. */
export interface Exercise extends Dose {
  slug: string;
  name: string;
  summary: string;
  position: 'back' | 'front' | 'side' | 'floor' | 'chair' | 'standing' | 'all-fours';
  steps: string[];
  cautions: Caution[];
  easier: string;
  harder: string;
  source: string;
  review: 'unreviewed' | 'clinician-reviewed';
  figure: unknown;
}

export const SKIP_REASONS = ['pain', 'numbness', 'weakness', 'too-hard', 'no-time', 'no-space', 'tired', 'other'] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

export interface SessionItem {
  exercise: string;
  prescribed: Dose;
  status: 'done' | 'partial' | 'skipped';
  reason: SkipReason | null;
  sets_done: number;
  seconds_held: number;
}

/** `ended` is why the session ended: to the last item, or stopped by the person (`stop_reason` says why). */
export interface SessionBody {
  routine: string | null;
  routine_name: string;
  started_at: string;
  ended_at: string;
  time_zone: string;
  ended: 'completed' | 'stopped';
  stop_reason: SkipReason | null;
  items: SessionItem[];
  pain_before: Rating;
  numbness_before: Rating;
  pain_after: Rating;
  numbness_after: Rating;
  pain_next_morning: Rating;
  numbness_next_morning: Rating;
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
}
