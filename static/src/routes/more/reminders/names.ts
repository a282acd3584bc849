import type { Names } from '#lib/components/reminders/words.ts';
import { otherProblem } from '#lib/components/ui/problems.ts';
import { toaster } from '#lib/components/ui/toaster.svelte.ts';
import { Problem } from '#lib/domain/problem.ts';
import { m } from '#lib/paraglide/messages.js';
import { stretching } from '#lib/state/stretching.svelte.ts';

/** Of what is on this phone. Reactive. */
export const names: Names = {
  routine: (id) => stretching.routines.find((one) => one.id === id)?.name,
  plan: (id) => stretching.prescriptions.find((one) => one.id === id)?.name
};

/** Why something that needs the server was not done. */
export function refusalWords(cause: unknown): string {
  const problem = cause instanceof Problem ? cause : null;
  if (!problem) console.error(cause);
  if (problem?.code === 'offline') return m.reminders_needs_connection();
  if (problem?.code === 'too_many_reminders') return m.reminders_problem_too_many();
  return m.reminders_failed({ reason: otherProblem(problem) || m.common_error_text() });
}

export const tellRefusal = (cause: unknown) => toaster.show({ text: refusalWords(cause), tone: 'danger' });
