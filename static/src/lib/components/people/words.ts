import { dateWords } from '#lib/components/plan/words.ts';
import { otherProblem } from '#lib/components/ui/problems.ts';
import type { CareLink, Scope } from '#lib/domain/care.ts';
import { Problem } from '#lib/domain/problem.ts';
import { m } from '#lib/paraglide/messages.js';

export const SCOPE_WORDS: Record<Scope, () => string> = {
  symptoms: m.people_scope_symptoms,
  flags: m.people_scope_flags,
  exercises: m.people_scope_exercises,
  body: m.people_scope_body,
  diary: m.people_scope_diary,
  notes: m.people_scope_notes,
  prescribe: m.people_scope_prescribe
};

export const nameWords = ({ name }: { name: string }): string => name || m.people_unnamed();

/** What the other is to this person, or was. */
export function roleWords({ role, ended_at }: Pick<CareLink, 'role' | 'ended_at'>): string {
  if (role === 'patient') return ended_at ? m.people_yours_before() : m.people_yours();
  return ended_at ? m.people_treated_before() : m.people_treated();
}

export function fromWords(sees_from: string | null, today: string): string {
  if (sees_from === null) return m.people_from_all();
  return sees_from === today ? m.people_from_today() : m.people_from_day({ date: dateWords(sees_from, today) });
}

/** Why something that needs the server was not done. */
export function refusalWords(cause: unknown): string {
  const problem = cause instanceof Problem ? cause : null;
  if (!problem) console.error(cause);
  if (problem?.code === 'offline') return m.people_offline();
  if (problem?.code === 'ended') return m.people_over();
  if (problem?.code === 'linked_already') return m.people_look_linked();
  if (problem?.code === 'yourself') return m.people_look_yours();
  if (problem?.code === 'unnamed') return m.people_name_needed();
  if (problem?.code === 'nameless_colleague') return m.stand_in_nameless();
  return m.people_failed({ reason: otherProblem(problem) || m.common_error_text() });
}
