/**
 * The pain rule: what to do when an exercise hurts. `tests/contracts/painrule_cases.json` holds every place that applies
 * it to one answer.
 *
 * The rise of 2 points that calls for a change is 3-clinical (3); the limits of the rating itself follow the usual
 * pain-monitoring model (source B, review: unreviewed).
 */
import type { PainRule, Rating, SkipReason, Verdict } from './types.ts';

export const DEFAULT_RULE: PainRule = { ease_at: 4, stop_at: 6, ease_rise: 2, stop_rise: 3 };

export interface Felt {
  pain: Rating;
  numbness: Rating;
}

/** What somebody says in the middle of an exercise. */
export interface Answer extends Felt {
  /** Pain or numbness has moved further down the leg. */
  further_down: boolean;
  weakness: boolean;
}

/** Was anything said but that it hurts? */
export const isAnswered = ({ pain, numbness, further_down, weakness }: Answer): boolean =>
  pain !== null || numbness !== null || further_down || weakness;

const SEVERITY: Record<Verdict, number> = { go: 0, ease: 1, stop: 2 };

export const worseOf = (one: Verdict, other: Verdict): Verdict => (SEVERITY[one] >= SEVERITY[other] ? one : other);

/** The limits hold as they are written on the plan, however it was before: nobody has to work out an exception in pain. */
function verdictOn(before: Rating, now: Rating, rule: PainRule): Verdict {
  if (now === null) return 'go';
  const rise = before === null ? 0 : now - before;
  if (now >= rule.stop_at || rise >= rule.stop_rise) return 'stop';
  return now >= rule.ease_at || rise >= rule.ease_rise ? 'ease' : 'go';
}

/** The worse of what pain and numbness say; a weak leg, or symptoms further down it, stop whatever the ratings are. */
export function verdictOf(before: Felt, answer: Answer, rule: PainRule = DEFAULT_RULE): Verdict {
  if (answer.weakness || answer.further_down) return 'stop';
  return worseOf(verdictOn(before.pain, answer.pain, rule), verdictOn(before.numbness, answer.numbness, rule));
}

const STREAMS = ['pain', 'numbness'] as const;

/** What of it is at the limit for stopping before anything has begun. */
export const atStop = (felt: Felt, rule: PainRule): (keyof Felt)[] =>
  STREAMS.filter((stream) => verdictOn(null, felt[stream], rule) === 'stop');

/**
 * Whether a rating is higher now than before; null: that cannot be told. A limit is a level: whoever begins at it has
 * reached it without anything getting worse. Of a rating of 0 it can be told, whatever it was before.
 */
export function roseFrom(before: Rating, now: Rating): boolean | null {
  if (now === null || (before === null && now > 0)) return null;
  return now > (before ?? 0);
}

/** The same of pain and numbness together: one that rose is enough, and what was not rated now says nothing. */
export function risen(before: Felt, now: Felt): boolean | null {
  const said = STREAMS.filter((stream) => now[stream] !== null);
  const rose = said.map((stream) => roseFrom(before[stream], now[stream]));
  if (rose.includes(true)) return true;
  return rose.length === 0 || rose.includes(null) ? null : false;
}

/** What an exercise is left for after such an answer: a weak leg before all, then the worse of the two. */
export function reasonOf(before: Felt, answer: Answer, rule: PainRule = DEFAULT_RULE): SkipReason {
  if (answer.weakness) return 'weakness';
  const pain = verdictOn(before.pain, answer.pain, rule);
  const numbness = verdictOn(before.numbness, answer.numbness, rule);
  return pain !== numbness && worseOf(pain, numbness) === numbness ? 'numbness' : 'pain';
}
