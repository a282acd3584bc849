/** What to say about a Problem with an account; most people meet none of them, and the first screen goes without. */
import * as common from '#lib/components/ui/problems.ts';
import type { Problem } from '#lib/domain/problem.ts';
import { m } from '#lib/paraglide/messages.js';

const WORDS: common.Words = {
  ...common.WORDS,
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

/** As in `ui/problems.ts`. */
export const fieldProblem = (problem: Problem | null, field: string) => common.fieldProblem(problem, field, WORDS);

/** As in `ui/problems.ts`. */
export const otherProblem = (problem: Problem | null, shownFields: readonly string[] = []) =>
  common.otherProblem(problem, shownFields, WORDS);
