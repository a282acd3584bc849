/**
 * The signs that were answered with yes and still stand, as the server keeps them in its flags (`tracker/flagging.py`).
 * Each check brings its levels along: nothing here needs the long table of questions.
 */
import { isRed, isUnread, notedIn, stands, type FlagAct, type NotedSign, type RaisedFlag, type Resolution } from './flags.ts';
import { isOldNews } from './redflagnews.ts';
import type { CheckBody, Flag, LogBody } from './types.ts';
import { madeAt } from './madeat.ts';

export interface Settled {
  rule: string;
  reason: Resolution;
  at: string;
  /** The server knows it. */
  sent: boolean;
  /**
   * The entries and checks that said so, as far as this phone knew: those are over, and nothing else, whatever its date.
   * Missing in what an older app has kept: then all that was answered before is.
   */
  known?: readonly string[];
}

export type Check = Pick<CheckBody, 'answered_at' | 'answers' | 'since' | 'flags' | 'read_at' | 'entry'> & { id: string };

/** Of one rule one sign stands at a time: the worst that was said since it was last settled, of equals the latest. */
export interface Sign<T extends Check = Check> extends Flag {
  /** What said so; null when only the server knows: it came from an entry, or this phone does not have the check. */
  check: T | null;
  /** What only the server says, or says worse; null where the check says it. */
  flag: RaisedFlag | null;
  noted_at: string;
}

/** What the server says, beside what is on this phone. */
export interface Known {
  /** With what waits to be told to the server. */
  flags: readonly RaisedFlag[];
  /** Whether this phone knows better than the flag what an entry or a check says: it was corrected here since. */
  isNewerHere(noted: NotedSign, flag: RaisedFlag): boolean;
}

const NOTHING: Known = { flags: [], isNewerHere: () => false };

const ORDER = 'EDWN';
export const isWorse = (one: Flag['level'], other: Flag['level']) => ORDER.indexOf(one) < ORDER.indexOf(other);

/** What could not wait is over when the person says so, and not by a later "no". */
const canWait = (level: Flag['level']) => level === 'W' || level === 'N';

/** Of very many signs only the latest come along: then nothing is known of the others. */
function hasAllSigns({ evidence }: RaisedFlag): boolean {
  const { count, signs } = evidence as { count?: number; signs: NotedSign[] };
  return (count ?? 0) <= signs.length;
}

/** With a `level` nothing worse is over by it; `ids` name the entries and checks that are over whenever they were noted. */
interface Ending {
  rule: string;
  reason: string;
  at: string;
  level?: Flag['level'];
  ids: ReadonlySet<string>;
  /** What was noted before is over, too: it cannot be told what was known then. */
  until: number;
  /** What had been answered until then. */
  answers?: string[];
}

/** Settled as a mistake, a flag is no look by a doctor that anything later could be compared with. */
const NEVER = '1970-01-01T00:00:00Z';
const HOUR = 3_600_000;
/** By a clock that ran ahead when it was settled, everything since would have been answered before. */
const isAhead = (at: string, by = 0) => Date.parse(at) > Date.now() + by;

/** What the server's flags say is over, and what was settled on this phone; the latest last. */
function endingsOf(rule: string, settled: readonly Settled[], flags: readonly RaisedFlag[]): Ending[] {
  const theirs = flags.flatMap((flag): Ending[] => {
    const { reason, level, resolved_at } = flag;
    if (flag.rule !== rule || !resolved_at || !isRed(flag) || reason === 'corrected') return [];
    const noted = notedIn(flag)!;
    const ids = new Set(noted.map(({ id }) => id));
    const answers = noted.flatMap(({ answer }) => answer ?? []);
    const at = reason === 'mistake' ? NEVER : resolved_at;
    const until = hasAllSigns(flag) ? 0 : Date.parse(at);
    return [{ rule, level, ids, until, answers, reason: reason === 'known' ? 'checked' : reason!, at }];
  });
  const mine = settled
    .filter((one) => one.rule === rule)
    .map(({ known, ...one }): Ending => {
      return { ...one, ids: new Set(known), until: known || isAhead(one.at) ? 0 : Date.parse(one.at) };
    });
  return [...theirs, ...mine].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

// Times are to the second: what was answered within the same one is not over.
const ends = ({ ids, until }: Ending, check: Check) => ids.has(check.id) || until > Date.parse(check.answered_at);

const isOver = (check: Check, level: Flag['level'] | undefined, endings: readonly Ending[]) =>
  endings.some((end) => !(level && end.level && isWorse(level, end.level)) && ends(end, check));

/** A clinician has looked at it when it was last settled, and this says no more. */
function isNoNews(
  { rule, level, check }: Pick<Sign, 'rule' | 'level'> & { check: Check },
  endings: readonly Ending[],
  checks: readonly Check[]
): boolean {
  const end = endings.findLast(({ at }) => !isAhead(at, HOUR));
  if (end?.reason !== 'checked') return false;
  const then = checks.filter((one) => ends(end, one));
  const answers = [...(end.answers ?? []), ...then.flatMap((one) => one.answers[rule] ?? [])];
  const said = { answer: check.answers[rule]!, level, at: check.answered_at, since: check.since[rule] };
  return isOldNews(said, { at: end.at, answers });
}

/** What the checks on this phone say. */
function saidHere<T extends Check>(checks: readonly T[], endings: (rule: string) => Ending[]): Map<string, Sign<T>> {
  const found = new Map<string, Sign<T>>();
  for (const check of checks.toSorted((one, other) => Date.parse(one.answered_at) - Date.parse(other.answered_at))) {
    const levels = new Map(check.flags.map(({ rule, level }) => [rule, level]));
    for (const [rule, answer] of Object.entries(check.answers)) {
      const level = levels.get(rule);
      const over = endings(rule);
      if (isOver(check, level, over)) continue;
      const known = found.get(rule);
      if (!level) {
        if (answer === 'no' && known && canWait(known.level)) found.delete(rule);
      } else if (!isNoNews({ rule, level, check }, over, checks) && !(known && isWorse(known.level, level))) {
        found.set(rule, { rule, level, check, flag: null, noted_at: check.answered_at });
      }
    }
  }
  return found;
}

const worstOf = (noted: readonly NotedSign[]) =>
  noted.map(({ level }) => level).sort((one, other) => ORDER.indexOf(one) - ORDER.indexOf(other))[0];

/** What the server says; null when this phone speaks for all of it, or has said "no" to what can wait. */
function raised<T extends Check>(flag: RaisedFlag, checks: readonly T[], known: Known): Sign<T> | null {
  const all = notedIn(flag);
  if (!all || !stands(flag)) return null;
  const noted = hasAllSigns(flag) ? all.filter((one) => !known.isNewerHere(one, flag)) : all;
  if (all.length > 0 && noted.length === 0) return null;
  const level = noted.length < all.length ? worstOf(noted)! : flag.level;
  const last = Math.max(...noted.map(({ at }) => Date.parse(at)));
  const denied = checks.some(({ answers, answered_at }) => answers[flag.rule] === 'no' && Date.parse(answered_at) > last);
  if (canWait(level) && flag.state !== 'reopened' && denied) return null;
  const check = checks.find(({ id }) => noted.some((one) => one.id === id && one.level === level)) ?? null;
  return { rule: flag.rule, level, check, flag, noted_at: flag.opened_at };
}

/** The worst first. Of what this phone and the server know, the worse. */
export function standingSigns<T extends Check>(
  checks: readonly T[],
  settled: readonly Settled[],
  known: Known = NOTHING
): Sign<T>[] {
  const endings = new Map<string, Ending[]>();
  const found = saidHere(checks, (rule) => {
    if (!endings.has(rule)) endings.set(rule, endingsOf(rule, settled, known.flags));
    return endings.get(rule)!;
  });
  for (const flag of known.flags) {
    const sign = raised(flag, checks, known);
    const here = found.get(flag.rule);
    if (sign && (!here || isWorse(sign.level, here.level))) found.set(flag.rule, sign);
  }
  return [...found.values()].sort((one, other) => ORDER.indexOf(one.level) - ORDER.indexOf(other.level));
}

/** A flag that was confirmed as read stays so with an equal sign that is noted later: of that nobody has read. */
const wasReadAfter = ({ seen_at, changed_at }: RaisedFlag, id: string, at: string) =>
  Date.parse(seen_at ?? changed_at) >= (madeAt(id) ?? Date.parse(at));

/** What to do about it has been confirmed as read, here or on another device. */
function isRead({ rule, level, check, flag }: Sign, flags: readonly RaisedFlag[]): boolean {
  if (!check) return flag !== null && !isUnread(flag);
  const told = (one: RaisedFlag) => notedIn(one)?.some(({ id, level: as }) => id === check.id && as === level);
  const read = (one: RaisedFlag) => !isUnread(one) && told(one) && wasReadAfter(one, check.id, check.answered_at);
  return check.read_at !== null || flags.some((one) => one.rule === rule && read(one));
}

/** The sign whose advice the person has not confirmed having read, the worst first; undefined when there is none. */
export function unreadSign<T extends Check>(
  signs: readonly Sign<T>[],
  flags: readonly RaisedFlag[] = []
): Sign<T> | undefined {
  return signs.find((sign) => !canWait(sign.level) && !isRead(sign, flags));
}

export type Marked = Pick<LogBody, 'occurred_at'> & { id: string };

/** Whether the questions that an entry gave rise to, or a doctor since, have said more precisely what its mark says. */
export function isAnswered(
  entry: Marked,
  checks: readonly Check[],
  settled: readonly Settled[],
  flags: readonly RaisedFlag[] = []
): boolean {
  const seen = endingsOf('saddle', settled, flags).some(
    ({ until, ids }) => ids.has(entry.id) || until >= Date.parse(entry.occurred_at)
  );
  return seen || checks.some(({ entry: about, flags: found, answers }) => {
    return about === entry.id && answers.saddle !== 'unsure' && found.some(({ rule }) => rule === 'saddle');
  });
}

/**
 * Whether what to do about an entry's mark has been confirmed as read: the server's flag, or an act on its way, says so,
 * or it was on this phone (`confirmed`).
 */
export function isEntryRead(
  entry: Marked,
  flags: readonly RaisedFlag[],
  waiting: readonly FlagAct[],
  confirmed: readonly string[] = []
): boolean {
  const hasSeen = ({ rule, level, state }: RaisedFlag) => rule === 'saddle' && level === 'E' && state === 'seen';
  const tells = ({ act, flag, rules, at, known }: FlagAct) =>
    flag === null &&
    (act === 'see' || act === 'resolve') &&
    rules.includes('saddle') &&
    (known?.includes(entry.id) ?? Date.parse(at) >= Date.parse(entry.occurred_at));
  return (
    confirmed.includes(entry.id) ||
    flags.some((flag) => hasSeen(flag) && wasReadAfter(flag, entry.id, entry.occurred_at)) ||
    waiting.some(tells)
  );
}
