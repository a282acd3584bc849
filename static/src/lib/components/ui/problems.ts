/** What to say about a Problem. Known codes have words of ours; for the others the server's own sentence stands. */
import type { FieldError, Problem } from '#lib/domain/problem.ts';
import { m } from '#lib/paraglide/messages.js';

/** By an error's code. */
export type Words = Record<string, () => string>;

export const WORDS: Words = {
  offline: m.common_problem_offline,
  timeout: m.common_problem_timeout,
  not_authenticated: m.common_problem_signed_out,
  storage_full: m.common_problem_storage_full,
  storage_unavailable: m.common_problem_storage
};

const wordsBy = (words: Words) => (error: FieldError) => words[error.code]?.() ?? error.message;

/** What stands below one field; nothing is the empty string. */
export function fieldProblem(problem: Problem | null, field: string, words = WORDS): string {
  return problem?.about(field).map(wordsBy(words)).join(' ') ?? '';
}

/** What stands above the form: everything that none of its fields shows. */
export function otherProblem(problem: Problem | null, shownFields: readonly string[] = [], words = WORDS): string {
  if (!problem) return '';
  // Of an answer that says nothing more, the number of its status is no word for anybody.
  const bare = problem.errors.every(({ code }) => code === 'unexpected' || code === 'too_many');
  if (bare && problem.status === 429) return m.account_problem_too_many();
  if (bare && problem.status >= 500) return m.common_problem_server();
  const others = problem.errors.filter((error) => !shownFields.includes(error.field));
  if (others.length > 0) return others.map(wordsBy(words)).join(' ');
  if (problem.errors.length > 0) return '';
  return problem.title;
}
