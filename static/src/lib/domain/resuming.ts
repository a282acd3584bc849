/** A round of questions that goes on after its screen was loaded anew, as the same check. */
import { RESUMED, type Page, type Replies, type Said } from './questionnaire.ts';
import type { Check, Remembered } from './redflagchecks.ts';

type Round = Check & { entry: string | null; read_at: string | null };

/**
 * Not once it has been read about, nor once a sign of it is over (`endings`): what is answered after that is of a time of
 * its own.
 */
export function goesOn(
  { answered_at, answers, entry, read_at }: Round,
  about: string | null,
  endings: readonly { rule: string; at: string }[],
  now: Date
): boolean {
  const began = Date.parse(answered_at);
  const age = now.getTime() - began;
  const isOver = endings.some(({ rule, at }) => (answers[rule] ?? 'no') !== 'no' && Date.parse(at) >= began);
  return entry === about && read_at === null && age >= 0 && age < RESUMED && !isOver;
}

/** What was tapped for the answers of a check. `known` is what was remembered before it. */
export function repliesOf(
  { answers, since = {} }: Check,
  pages: readonly Page[],
  known: ReadonlyMap<string, Remembered>,
  record: (replies: Replies) => Pick<Check, 'answers'>
): Replies {
  const again = new Set(pages.flatMap(({ questions }) => questions.filter((one) => one.again).map(({ rule }) => rule.id)));
  const same = (id: string) => known.has(id) && record({ [id]: { said: 'same', since: null } }).answers[id] === answers[id];
  const saidOf = (id: string): Said => (again.has(id) && answers[id] !== 'worse' && same(id) ? 'same' : answers[id]!);
  return Object.fromEntries(Object.keys(answers).map((id) => [id, { said: saidOf(id), since: since[id] ?? null }]));
}
