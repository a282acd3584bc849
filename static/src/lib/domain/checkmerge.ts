/** Two devices answered one check: of what contradicts, the worse answer stands, and no answer does not count as a no. */
import { carryOver, sameValue } from './merge.ts';
import { isWorse } from './signs.ts';
import type { CheckBody, Flag } from './types.ts';

const levelIn = ({ flags }: CheckBody, rule: string) => flags.find((flag) => flag.rule === rule)?.level;

/** Whose answer to a question stands. */
function chosen(rule: string, base: CheckBody | null, mine: CheckBody, theirs: CheckBody): CheckBody {
  const [ours, others] = [levelIn(mine, rule), levelIn(theirs, rule)];
  const missing = (check: CheckBody) => check.answers[rule] === undefined;
  if (missing(mine) || missing(theirs)) return missing(mine) ? theirs : mine;
  if (base && mine.answers[rule] === base.answers[rule]) return theirs;
  if (base && theirs.answers[rule] === base.answers[rule]) return mine;
  if (others && (!ours || isWorse(others, ours))) return theirs;
  return mine;
}

/** The worst first, and by name. */
export const inOrder = (flags: Flag[]): Flag[] =>
  flags.sort((one, other) => Number(isWorse(other.level, one.level)) - Number(isWorse(one.level, other.level)) || one.rule.localeCompare(other.rule));

/** `base` is what both began with; null when that is not known. Who has read about one answer has not read about another. */
export function mergeChecks(base: CheckBody | null, mine: CheckBody, theirs: CheckBody): CheckBody {
  const rules = [...new Set([...Object.keys(theirs.answers), ...Object.keys(mine.answers)])];
  const from = new Map(rules.map((rule) => [rule, chosen(rule, base, mine, theirs)]));
  const answers = Object.fromEntries([...from].map(([rule, check]) => [rule, check.answers[rule]!]));
  const since = Object.fromEntries(
    [...from].flatMap(([rule, check]) => (check.since[rule] === undefined ? [] : [[rule, check.since[rule]]]))
  );
  const flags = inOrder([...from].flatMap(([rule, check]) => check.flags.filter((flag) => flag.rule === rule)));
  const same = (check: CheckBody) => flags.every((flag) => check.flags.some((one) => sameValue(one, flag)));
  const reader = [theirs, mine].find((check) => check.read_at !== null && same(check));
  const rest = carryOver(base ?? mine, mine, theirs);
  return { ...rest, answers, since, flags, level: flags[0]?.level ?? null, read_at: reader?.read_at ?? null };
}
