/**
 * The signs that were answered with yes and still stand, as the server keeps them in its flags (`tracker/flagging.py`).
 * Each check brings its levels along: nothing here needs the long table of questions.
 */
import type { CheckBody, Flag, LogBody } from './types.ts';

/** Why a sign is over, as the person says. */
export const SETTLING = ['checked', 'recovered', 'mistake', 'other'] as const;

export interface Settled {
  rule: string;
  reason: (typeof SETTLING)[number];
  at: string;
  /** The server knows it. */
  sent: boolean;
}

export type Check = Pick<CheckBody, 'answered_at' | 'answers' | 'flags' | 'read_at' | 'entry'> & { id: string };

/** Of one rule one sign stands at a time: the worst that was said since it was last settled, of equals the latest. */
export interface Sign<T extends Check = Check> extends Flag {
  check: T;
}

const ORDER = 'EDWN';
export const isWorse = (one: Flag['level'], other: Flag['level']) => ORDER.indexOf(one) < ORDER.indexOf(other);

/** What could not wait is over when the person says so, and not by a later "no". */
const canWait = (level: Flag['level']) => level === 'W' || level === 'N';

/** The worst first. */
export function standingSigns<T extends Check>(checks: readonly T[], settled: readonly Settled[]): Sign<T>[] {
  const over = new Map(settled.map((one) => [one.rule, one]));
  const found = new Map<string, Sign<T>>();
  for (const check of checks.toSorted((one, other) => Date.parse(one.answered_at) - Date.parse(other.answered_at))) {
    const levels = new Map(check.flags.map(({ rule, level }) => [rule, level]));
    for (const [rule, answer] of Object.entries(check.answers)) {
      const end = over.get(rule);
      // Times are to the second: what was answered within the same one is not over.
      if (end && Date.parse(end.at) > Date.parse(check.answered_at)) continue;
      const level = levels.get(rule);
      const known = found.get(rule);
      if (!level) {
        if (answer === 'no' && known && canWait(known.level)) found.delete(rule);
      } else if (!(answer === 'unchanged' && end?.reason === 'checked') && !(known && isWorse(known.level, level))) {
        found.set(rule, { rule, level, check });
      }
    }
  }
  return [...found.values()].sort((one, other) => ORDER.indexOf(one.level) - ORDER.indexOf(other.level));
}

/** The check whose advice the person has not confirmed having read, the worst first; undefined when there is none. */
export function unreadCheck<T extends Check>(signs: readonly Sign<T>[]): T | undefined {
  return signs.find(({ level, check }) => !canWait(level) && check.read_at === null)?.check;
}

/** Whether the questions that an entry gave rise to, or a doctor since, have said more precisely what its mark says. */
export function isAnswered(
  entry: Pick<LogBody, 'occurred_at'> & { id: string },
  checks: readonly Check[],
  settled: readonly Settled[]
): boolean {
  const seen = settled.some(({ rule, at }) => rule === 'saddle' && Date.parse(at) >= Date.parse(entry.occurred_at));
  return seen || checks.some(({ entry: about, flags, answers }) => {
    return about === entry.id && answers.saddle !== 'unsure' && flags.some(({ rule }) => rule === 'saddle');
  });
}
