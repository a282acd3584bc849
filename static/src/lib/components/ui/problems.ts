/** What to say about a Problem. Known codes have words of ours; for the others the server's own sentence stands. */
import type { FieldError, Problem } from '#lib/domain/problem.ts';
import { m } from '#lib/paraglide/messages.js';

const WORDS: Record<string, () => string> = {
  offline: m.common_problem_offline,
  timeout: m.common_problem_timeout,
  storage_full: m.common_problem_storage_full,
  storage_unavailable: m.common_problem_storage,
  another_step: m.account_problem_another_step,
  email_password_mismatch: m.account_problem_mismatch,
  email_taken: m.account_problem_taken,
  too_many_login_attempts: m.account_problem_too_many,
  password_too_short: m.account_problem_short,
  password_too_common: m.account_problem_common,
  password_too_similar: m.account_problem_similar,
  invalid_password_reset: m.account_problem_link,
  invalid_or_expired_key: m.account_problem_link,
  account_inactive: m.account_problem_inactive
};

function wordsFor(error: FieldError): string {
  return WORDS[error.code]?.() ?? error.message;
}

/** What stands below one field; nothing is the empty string. */
export function fieldProblem(problem: Problem | null, field: string): string {
  return problem?.about(field).map(wordsFor).join(' ') ?? '';
}

/** What stands above the form: everything that none of its fields shows. */
export function otherProblem(problem: Problem | null, shownFields: readonly string[] = []): string {
  if (!problem) return '';
  const others = problem.errors.filter((error) => !shownFields.includes(error.field));
  if (others.length > 0) return others.map(wordsFor).join(' ');
  if (problem.errors.length > 0) return '';
  if (problem.status === 429) return m.account_problem_too_many();
  return problem.status >= 500 ? m.common_problem_server() : problem.title;
}
