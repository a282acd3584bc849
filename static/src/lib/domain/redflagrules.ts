/**
 * The table of questions about signs that need a doctor, as the server has it too (`tracker/redflags/rules.json`).
 * It is long: a screen that is seen first must import this file, and `redflagchecks.ts`, only when it needs them.
 */
import table from '../../../../tracker/redflags/rules.json';
import type { Flag } from './types.ts';

export type Level = Flag['level'];
/** `no`, `yes` of which was left open which one it is, `new`, `worse`, `unchanged`, `unsure`, and what a single question takes besides. */
export type Answer = string;
/** Full at set-up and weekly; urgent at once when an entry gives a reason (`redflagtriggers.ts`). */
export type QuestionSet = 'full' | 'urgent';

type ByLanguage<T> = { en: T } & Record<string, T>;

interface RuleText {
  /** What it asks about, in a few words. */
  name: string;
  question: string;
  /** For the list of urgent signs. */
  short?: string;
  /** Labels of its own answers, and of those that it words otherwise. */
  answers?: Record<Answer, string>;
  /** In careful words: "This needs checking for ...". */
  suspected: string;
  /** What to do at a level, in place of the level's own lines. */
  do?: Partial<Record<Level, string[]>>;
  /** What to say on the phone, in the person's own voice. */
  say: string;
  /** What else to tell them: "Say which leg, and since when." */
  also?: string;
}

export interface Rule {
  id: string;
  group: string;
  asked: QuestionSet[];
  /** Null: nothing needs checking. */
  answers: Record<Answer, Level | null>;
  source: string[];
  text: ByLanguage<RuleText>;
}

export interface RuleTable {
  version: number;
  review: 'unreviewed' | 'clinician-reviewed';
  answers: ByLanguage<Record<Answer, string>>;
  /** For a sign that was there last time, unless it `asksInFull`; `same` stands for `sameAsBefore`. */
  again: ByLanguage<Record<'question' | 'no' | 'worse' | 'same' | 'unsure', string>>;
  levels: { id: Level; text: ByLanguage<{ title: string; do: string[] }> }[];
  groups: { id: string; text: ByLanguage<string> }[];
  rules: Rule[];
}

/** Groups and rules in the order of asking, the worst first. */
export const TABLE = table as unknown as RuleTable;

export const RULES: ReadonlyMap<string, Rule> = new Map(TABLE.rules.map((rule) => [rule.id, rule]));

/** The worst first. */
export const LEVELS: readonly Level[] = ['E', 'D', 'W', 'N'];

/** The text for a language tag: `de-AT` takes that, else `de`, else English. */
export function inLanguage<T>(texts: ByLanguage<T>, language: string): T {
  return texts[language] ?? texts[language.split('-')[0]!] ?? texts.en;
}

export const questionsOf = (set: QuestionSet): Rule[] => TABLE.rules.filter(({ asked }) => asked.includes(set));

export function labelOf(rule: Rule, answer: Answer, language = 'en'): string {
  return inLanguage(rule.text, language).answers?.[answer] ?? inLanguage(TABLE.answers, language)[answer] ?? answer;
}

/**
 * Where a yes was left open, or the person is not sure: the question's own answers that would be more urgent than what was
 * said. What is more urgent must not be hidden by what was not answered.
 */
export function worseIf(rule: Rule, answer: string | undefined): Answer[] {
  if (answer !== 'yes' && answer !== 'unsure') return [];
  const urgency = (one: Answer) => 'EDWN'.indexOf(rule.answers[one] ?? 'N');
  return Object.keys(rule.answers).filter((one) => rule.answers[one] !== null && urgency(one) < urgency(answer));
}

/** A title for the level, and what to do about this sign at that level. */
export function adviceOn(rule: Rule, level: Level, language = 'en'): { title: string; do: string[] } {
  const general = inLanguage(TABLE.levels.find(({ id }) => id === level)!.text, language);
  return { title: general.title, do: inLanguage(rule.text, language).do?.[level] ?? general.do };
}

/**
 * What to say on the phone, in the person's own voice. The rule's words are of something that is new: of what is old, or
 * what the person is not sure of or has not said, they would say too much. Then null, and the question and its answer speak.
 */
export function scriptOf(rule: Rule, answer: Answer | undefined, language = 'en'): string | null {
  return ['yes', 'unchanged', 'unsure'].includes(answer ?? '') ? null : inLanguage(rule.text, language).say;
}
