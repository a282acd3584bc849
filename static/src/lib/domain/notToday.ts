/** "Not today": recorded as a session of which everything was skipped, so that it reaches whoever set the plan. */
import type { PrescriptionBody, SessionBody, SkipReason } from './types.ts';

/** What is asked, the likeliest first; nobody has to answer. */
export const OFF_REASONS = [
  'no-time',
  'forgot',
  'tired',
  'pain',
  'numbness',
  'weakness',
  'too-hard',
  'unsure-how',
  'no-space',
  'feeling-fine',
  'other'
] as const satisfies SkipReason[];

interface Plan extends Pick<PrescriptionBody, 'name' | 'items'> {
  id: string;
  /** Null while the server has not taken this version. */
  version: number | null;
}

/** `at` is now, with the device's offset. */
export function notToday(plan: Plan, reason: SkipReason, at: string, time_zone: string): SessionBody {
  return {
    routine: null,
    routine_name: plan.name,
    prescription: plan.id,
    prescription_version: plan.version,
    started_at: at,
    ended_at: at,
    time_zone,
    ended: 'stopped',
    stop_reason: reason,
    items: plan.items.map(({ exercise, sets, repetitions, hold_seconds, rest_seconds, sides, tempo }) => ({
      exercise,
      prescribed: { sets, repetitions, hold_seconds, rest_seconds, sides, tempo },
      status: 'skipped',
      // The reason is the day's, not the exercise's: it is said, and counted, once.
      reason: null,
      sets_done: 0,
      repetitions_done: 0,
      seconds_held: 0,
      eased_from: null
    })),
    hurts: [],
    pain_before: null,
    numbness_before: null,
    pain_after: null,
    numbness_after: null,
    pain_next_morning: null,
    numbness_next_morning: null,
    next_morning_declined: false,
    note: ''
  };
}
