/** Makes a check out of answers: what they say is worked out here, on the phone. */
import { deviceZone, withOffset } from '#lib/domain/clock.ts';
import { evaluateCheck } from '#lib/domain/redflagchecks.ts';
import { TABLE, type Answer } from '#lib/domain/redflagrules.ts';
import type { CheckBody } from '#lib/domain/types.ts';

export function newCheck(answers: Record<string, Answer>, more: Partial<CheckBody> = {}): CheckBody {
  return {
    answered_at: withOffset(),
    time_zone: deviceZone(),
    answers,
    since: {},
    entry: null,
    read_at: null,
    table_version: TABLE.version,
    ...more,
    ...evaluateCheck(answers)
  };
}

/** Other answers of the same check. Who has read what to do about one answer has not read about a worse one. */
export function corrected(check: CheckBody, answers: Record<string, Answer>, since = check.since): CheckBody {
  const found = evaluateCheck(answers);
  const same = JSON.stringify(found.flags) === JSON.stringify(check.flags);
  const holding = Object.entries(since).filter(([rule]) => (answers[rule] ?? 'no') !== 'no');
  return { ...check, answers, since: Object.fromEntries(holding), read_at: same ? check.read_at : null, ...found };
}
