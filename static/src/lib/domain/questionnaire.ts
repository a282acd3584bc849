/** How the questions about signs are put: in which order, in which words, and what a check keeps of what was said. */
import { addDays, isDate } from './dates.ts';
import type { Looks } from './looks.ts';
import { asksInFull, evaluateCheck, isAhead, isWhole, sameAsBefore, SENSITIVE, type Check, type Remembered } from './redflagchecks.ts';
import { isOldNews } from './redflagnews.ts';
import { questionsOf, TABLE, type Answer, type Level, type QuestionSet, type Rule } from './redflagrules.ts';
import { FLAG_DAYS } from './redflags.ts';
import { reasonsToAsk, type Entry } from './redflagtriggers.ts';
import type { Flag } from './types.ts';

/** What the person tapped: an answer of the table, or one of these. */
export type Said = Answer | 'same' | 'declined';

export interface Reply {
  said: Said;
  /** Wall date; null: not told. */
  since: string | null;
}
export type Replies = Readonly<Record<string, Reply>>;

export interface Question {
  rule: Rule;
  /** The last known yes; null: there was none. */
  before: Remembered | null;
  /** Only asked whether it has changed. */
  again: boolean;
  /** May be left without an answer, and is introduced. */
  sensitive: boolean;
  /** A yes says enough: which one it is, and since when, would change nothing. */
  plain: boolean;
}

export interface Page {
  group: string;
  questions: Question[];
}

type Known = ReadonlyMap<string, Remembered>;
const NO_LOOKS: Looks = new Map();

/** The server takes no earlier date, and with it none of the answers: a year may be mistyped. */
export const EARLIEST = '1900-01-01';

/** For so long what was answered before the person left holds for whoever comes back. Our own choice (B), unreviewed. */
export const RESUMED = 6 * 3_600_000;
/** And for so long nobody is led past it: what began since has not been asked about. Our own choice (B), unreviewed. */
const JUST_NOW = 10 * 60_000;
const DAY = 86_400_000;

const isOneLevel = ({ answers }: Rule) => new Set(Object.values(answers).filter((level) => level !== null)).size === 1;

/**
 * The groups of a set, in the table's order, the worst first. `known` is what is remembered of earlier checks; `only`:
 * of these rules.
 */
export function pagesOf(set: QuestionSet, known: Known, only?: readonly string[]): Page[] {
  const asked = questionsOf(set).filter(({ id }) => !only || only.includes(id));
  const questions = asked.map((rule): Question => {
    const last = known.get(rule.id);
    const before = last && last.answer !== 'no' ? last : null;
    const sensitive = SENSITIVE.includes(rule.id);
    const again = before !== null && before.answer !== 'yes' && !asksInFull(rule);
    return { rule, before, again, sensitive, plain: sensitive && isOneLevel(rule) };
  });
  return TABLE.groups
    .map(({ id }) => ({ group: id, questions: questions.filter(({ rule }) => rule.group === id) }))
    .filter((page) => page.questions.length > 0);
}

/** What a check keeps. */
export function recorded(
  replies: Replies,
  known: Known,
  today: string,
  looks: Looks = NO_LOOKS
): Pick<Required<Check>, 'answers' | 'since'> {
  const answers: Record<string, Answer> = {};
  const dates: Record<string, string> = {};
  for (const [rule, { said, since }] of Object.entries(replies)) {
    const before = known.get(rule);
    if (said === 'declined' || (said === 'same' && !before)) continue;
    answers[rule] = said === 'same' ? sameAsBefore(before!, today, looks.get(rule)?.at) : said;
    const date = said === 'same' ? before!.since : since;
    if (answers[rule] !== 'no' && date !== null && isDate(date) && date >= EARLIEST && date <= today) dates[rule] = date;
  }
  return { answers, since: dates };
}

/** What the replies say, the worst first, but for what a clinician has looked at and is the same since. */
export function newsIn(replies: Replies, known: Known, today: string, looks: Looks = NO_LOOKS): Flag[] {
  const { answers, since } = recorded(replies, known, today, looks);
  return evaluateCheck(answers).flags.filter(({ rule, level }) => {
    const looked = looks.get(rule);
    // Of looks there are only those that still speak: how long ago it was is not asked again.
    return !looked || !isOldNews({ answer: answers[rule]!, level, at: looked.at, since: since[rule] }, looked);
  });
}

/** What one reply says by itself; null: nothing needs checking, or nothing has been said. */
export function levelOf(rule: string, replies: Replies, known: Known, today: string, looks?: Looks): Level | null {
  const reply = replies[rule];
  return reply ? (newsIn({ [rule]: reply }, known, today, looks)[0]?.level ?? null) : null;
}

/** "No to all of these": whatever has been said stays, and what was there the last time is asked about by itself. */
export function noToTheRest({ questions }: Page, replies: Replies): Replies {
  const open = questions.filter(({ rule, before }) => !replies[rule.id] && before === null);
  return { ...replies, ...Object.fromEntries(open.map(({ rule }) => [rule.id, { said: 'no', since: null }])) };
}

/** Asked on these pages and neither answered nor declined; a bare "yes" is not a whole answer. */
export function openQuestions(pages: readonly Page[], replies: Replies): Question[] {
  const asked = pages.flatMap(({ questions }) => questions);
  return asked.filter(({ rule }) => (replies[rule.id]?.said ?? 'yes') === 'yes');
}

/** The first page, from 1, with something open: where whoever comes back goes on. With nothing open, the first of all. */
export const firstOpen = (pages: readonly Page[], replies: Replies): number =>
  Math.max(0, pages.findIndex((page) => openQuestions([page], replies).length > 0)) + 1;

/** The page on which whoever left half-way and is back goes on: they see again what they denied longer ago. */
export const backAt = (
  pages: readonly Page[],
  checks: readonly Told[],
  set: QuestionSet,
  entry: string | null,
  now: Date
): number => firstOpen(pages, resumedReplies(checks, set, entry, now, JUST_NOW));

/** From when a sign began if the person says nothing else: today, but not for what has been there for long. */
export const sinceAtFirst = (said: Said, today: string) =>
  ['no', 'yes', 'unsure', 'same', 'unchanged', 'declined'].includes(said) ? null : today;

type Told = Check & { entry: string | null };

/**
 * The "no"s of the person who left half-way and is back, where nothing else has been answered since, to whatever questions.
 * A yes of then is asked about anew: has it changed?
 */
export function resumedReplies(
  checks: readonly Told[],
  set: QuestionSet,
  entry: string | null,
  now: Date,
  within = RESUMED
): Replies {
  const age = ({ answered_at }: Told) => now.getTime() - Date.parse(answered_at);
  const left = checks.filter(
    (check) => check.entry === entry && age(check) >= 0 && age(check) < within && !isWhole(check, set)
  );
  const saidSince = (denial: Told, id: string) =>
    checks.some((other) => age(other) <= age(denial) && (other.answers[id] ?? 'no') !== 'no');
  const denied = questionsOf(set).filter(({ id }) => left.some((one) => one.answers[id] === 'no' && !saidSince(one, id)));
  return Object.fromEntries(denied.map(({ id }) => [id, { said: 'no', since: null }]));
}

/**
 * Have the urgent questions been answered since the entry, whichever entry was the reason? What is remembered of a sign
 * is no answer about a new entry. `asked`: when an edit of the entry brought a new reason, of which nobody knew before.
 */
export function answersFor(
  entry: { id: string; occurred_at: string },
  checks: readonly Told[],
  now: Date,
  asked?: string
): boolean {
  return checks.some((check) => {
    const at = Date.parse(check.answered_at);
    const about = check.entry === entry.id || at >= Date.parse(entry.occurred_at);
    return about && isWhole(check, 'urgent') && !isAhead(check, now) && !(asked && at < Date.parse(asked));
  });
}

/** By the entry's id: when an edit brought a reason to ask that it had not given before. */
export type AskedAgain = Readonly<Record<string, string>>;

/** The rules of the questions that may be left, and were at the last full round; answered by themselves since, they are not. */
export function leftOut(checks: readonly Check[]): string[] {
  const at = ({ answered_at }: Check) => Date.parse(answered_at);
  const whole = checks.filter((check) => isWhole(check, 'full')).sort((one, other) => at(other) - at(one))[0];
  if (!whole) return [];
  const since = checks.filter((check) => at(check) >= at(whole));
  return SENSITIVE.filter((rule) => since.every(({ answers }) => answers[rule] === undefined));
}

/** Until which wall date the full set is put off by "later", or by leaving out what one need not tell. */
export const putOffUntil = (today: string, why: 'later' | 'left-out') => addDays(today, why === 'later' ? 1 : 7);

/** What a clock that was far ahead has put off is not put off for as long. */
export const isPutOff = (until: string | null, today: string) =>
  until !== null && today < until && until <= putOffUntil(today, 'left-out');

/** Further back nothing is compared with (`reasonsToAsk`), and this much more leaves room for time zones. */
const COMPARED = 9 * DAY;

/** The entries that `reasonsToAsk` may compare with this one: ten years of them need not be gone through. */
export function entriesBefore<T extends Entry & { id: string }>(entry: T, all: readonly T[]): T[] {
  const moment = Date.parse(entry.occurred_at);
  return all.filter((other) => {
    const age = moment - Date.parse(other.occurred_at);
    return other.id !== entry.id && age > 0 && age < COMPARED;
  });
}

/** The latest entry of the last days that gives a reason to ask, and about which nobody has answered. */
export function entryToAsk<T extends Entry & { id: string }>(
  entries: readonly T[],
  checks: readonly Told[],
  now: Date,
  again: AskedAgain = {}
): T | undefined {
  const ofLate = (days: number) => (one: T) => now.getTime() - Date.parse(one.occurred_at) < days * DAY;
  const near = entries.filter(ofLate(FLAG_DAYS + COMPARED / DAY));
  return near
    .filter(ofLate(FLAG_DAYS))
    .sort((one, other) => Date.parse(other.occurred_at) - Date.parse(one.occurred_at))
    .find((one) => !answersFor(one, checks, now, again[one.id]) && reasonsToAsk(one, entriesBefore(one, near)).length > 0);
}
