import { readHistory, type Revision } from '#lib/api/diary.ts';
import { who } from './current.svelte.ts';

/** Every version of a plan that the server has, the newest first; null without a connection. */
export async function versionsOf(plan: string): Promise<Revision<'prescription'>[] | null> {
  const { id } = await who.ready();
  const answer = await readHistory(id, 'prescription', plan);
  return Array.isArray(answer) ? answer : null;
}
