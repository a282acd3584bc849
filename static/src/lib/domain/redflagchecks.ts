/** What the answers to the questions say, and what is remembered of them; the same on the server (`tracker/redflags`). */
import { dayNumber } from './dates.ts';
import { LEVELS, questionsOf, RULES, TABLE } from './redflagrules.ts';
import type { Answer, Level, QuestionSet, Rule } from './redflagrules.ts';
import type { Flag } from './types.ts';

export interface Check {
  answered_at: string;
  answers: Record<string, Answer>;
  /** By rule: the wall date on which the sign began or last changed. */
  since?: Record<string, string>;
}

export interface Evaluation {
  /** The worst of all; null: nothing needs checking. */
  level: Level | null;
  /** The worst first. */
  flags: Flag[];
}

/** A question's last known answer; `since` as the person said it, or else the date of that answer. */
export interface Remembered {
  answer: Answer;
  at: string;
  since: string | null;
}

/** What nobody has to tell an app. Left out it is not answered, which is no "no". */
export const SENSITIVE: readonly string[] = ['sexual', 'self-harm'];
/** Asked in full at set-up and weekly (3-clinical, 1). */
const WEEK = 7 * 86_400_000;
/** What a clock may be ahead by. */
const SLACK = 3_600_000;
/** In days: from when on a sign that stays the same is long-standing. Background knowledge, unreviewed. */
const LONG_STANDING = 14;
/**
 * What "the same" may become long-standing from. Any other answer says something of its own, as "out of its joint", and
 * stays what it is.
 */
const AGEING: readonly Answer[] = ['new', 'worse', 'unchanged'];
/** What says that a sign is there and not when it began: since when it has been there stays as it was known. */
const SINCE_BEFORE: readonly Answer[] = ['yes', 'unchanged'];

/** Rules and answers that the table does not know say nothing. */
export function evaluateCheck(answers: Record<string, Answer>): Evaluation {
  const flags: Flag[] = [];
  for (const [rule, { answers: levels }] of RULES) {
    const answer = answers[rule] ?? '';
    const level = Object.hasOwn(levels, answer) ? levels[answer]! : null;
    if (level !== null) flags.push({ rule, level });
  }
  flags.sort((one, other) => LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level));
  return { level: flags[0]?.level ?? null, flags };
}

/**
 * By rule, over all checks, in whatever order they come. Not being sure is no knowledge: it leaves the answer before it.
 * Of two answers at one instant the worse one holds.
 */
export function remembered(checks: readonly Check[], now: Date): Map<string, Remembered> {
  const given = checks.filter((check) => !isAhead(check, now));
  const found = new Map<string, Remembered>();
  for (const rule of RULES.keys()) {
    for (const { answered_at, answers, since } of inOrder(rule, given)) {
      const answer = answers[rule]!;
      const carried = SINCE_BEFORE.includes(answer) ? found.get(rule)?.since : null;
      const date = since?.[rule] ?? carried ?? answered_at.slice(0, 10);
      found.set(rule, { answer, at: answered_at, since: answer === 'no' ? null : date });
    }
  }
  return found;
}

/**
 * The wall date since which a sign has been there, as far as the answers up to `check` tell; null: nobody said. What was
 * new or worse began no later than it was answered; the day of a bare yes tells nothing of when the sign began.
 */
export function toldSince(rule: string, check: Check, all: readonly Check[]): string | null {
  const until = Date.parse(check.answered_at);
  let told: string | null = null;
  for (const { answered_at, answers, since } of inOrder(rule, all.filter((one) => Date.parse(one.answered_at) <= until))) {
    const answer = answers[rule]!;
    const unsaid: string | null = SINCE_BEFORE.includes(answer) ? told : answered_at.slice(0, 10);
    told = answer === 'no' ? null : (since?.[rule] ?? unsaid);
  }
  return check.since?.[rule] ?? told;
}

/** The rules last answered with "no" of which nothing says otherwise: `standing` are those of the open signs and marks. */
export function deniedRules(known: ReadonlyMap<string, Remembered>, standing: readonly string[]): string[] {
  return [...known].flatMap(([rule, { answer }]) => (answer === 'no' && !standing.includes(rule) ? [rule] : []));
}

const ageOf = ({ answered_at }: Pick<Check, 'answered_at'>, now: Date) => now.getTime() - Date.parse(answered_at);

/** An answer dated further ahead than a clock may be says nothing until then. */
export const isAhead = (check: Pick<Check, 'answered_at'>, now: Date) => ageOf(check, now) < -SLACK;

/** Those that know an answer to the question, by time. */
function inOrder(rule: string, checks: readonly Check[]): Check[] {
  const levels = RULES.get(rule)!.answers;
  const severity = ({ answers }: Check) => {
    const level = levels[answers[rule]!]!;
    return level === null ? 0 : LEVELS.length - LEVELS.indexOf(level);
  };
  const names = Object.keys(levels);
  const place = ({ answers }: Check) => names.indexOf(answers[rule]!);
  return checks
    .filter(({ answers }) => Object.hasOwn(levels, answers[rule] ?? '') && answers[rule] !== 'unsure')
    .sort(
      (one, other) =>
        Date.parse(one.answered_at) - Date.parse(other.answered_at) ||
        severity(one) - severity(other) ||
        place(one) - place(other)
    );
}

/**
 * The answer that "it is the same" stands for on the date `today`, to be sent with the `since` that is remembered.
 * A sign that was new a week ago is not long-standing: it still says what it said, unless a clinician has looked at it
 * since (`checkedAt`: when it was last settled as `checked`).
 */
export function sameAsBefore({ answer, at, since }: Remembered, today: string, checkedAt: string | null = null): Answer {
  if (since === null || !AGEING.includes(answer)) return answer;
  if (checkedAt !== null && Date.parse(checkedAt) >= Date.parse(at)) return 'unchanged';
  return dayNumber(today) - dayNumber(since) >= LONG_STANDING ? 'unchanged' : answer;
}

/**
 * Is a yes of before asked about with all answers of the question, not with those to "has it changed?" (`again`)? So it is
 * where a question takes answers of its own: "it is worse" does not tell which of them it is, and could be milder than
 * what was said.
 */
export function asksInFull(rule: Rule): boolean {
  return Object.keys(rule.answers).some((answer) => !Object.hasOwn(TABLE.answers.en, answer));
}

/** Is every question of the set answered, but for those that may be left? */
export function isWhole({ answers }: Pick<Check, 'answers'>, set: QuestionSet): boolean {
  return questionsOf(set).every(({ id }) => Object.hasOwn(answers, id) || SENSITIVE.includes(id));
}

/** Were the questions not asked in full within the last week? */
export function fullCheckDue(checks: readonly Check[], now: Date): boolean {
  const whole = checks.filter((check) => isWhole(check, 'full'));
  return !whole.some((check) => !isAhead(check, now) && ageOf(check, now) < WEEK);
}
