/** Which signs a clinician has looked at: "the same as then" is no news for as long as that look speaks for it. */
import { isRed, notedIn, type RaisedFlag } from './flags.ts';
import { LOOK_AGAIN, type Looked } from './redflagnews.ts';
import type { Settled } from './signs.ts';

export type Looks = ReadonlyMap<string, Looked>;

interface Told {
  answered_at: string;
  answers: Record<string, string>;
}

interface Ending {
  rule: string;
  reason: string;
  at: string;
  answers: readonly string[];
}

/** A clock may be ahead by this. What ended later than that has not ended yet. */
const SLACK = 3_600_000;

function endingOf(flag: RaisedFlag): Ending[] {
  const { rule, reason, resolved_at: at } = flag;
  if (!at || !isRed(flag) || reason === 'corrected' || reason === 'mistake') return [];
  const answers = notedIn(flag)!.flatMap(({ answer }) => answer ?? []);
  return [{ rule, reason: reason === 'known' ? 'checked' : reason!, at, answers }];
}

/** By rule, where that is how the sign was last settled, on this phone or on the server. */
export function looksOf(
  checks: readonly Told[],
  settled: readonly Pick<Settled, 'rule' | 'reason' | 'at'>[],
  flags: readonly RaisedFlag[],
  now: Date
): Looks {
  const age = ({ at }: Ending) => now.getTime() - Date.parse(at);
  const endings = [...flags.flatMap(endingOf), ...settled.map((one): Ending => ({ ...one, answers: [] }))]
    .filter((end) => age(end) >= -SLACK)
    .sort((one, other) => age(other) - age(one));
  const looked = [...new Map(endings.map((end) => [end.rule, end])).values()].filter(
    (end) => end.reason === 'checked' && age(end) < LOOK_AGAIN
  );
  return new Map(
    looked.map(({ rule, at, answers }) => {
      const then = checks.filter(({ answered_at }) => Date.parse(answered_at) < Date.parse(at));
      return [rule, { at, answers: [...answers, ...then.flatMap((one) => one.answers[rule] ?? [])] }];
    })
  );
}
