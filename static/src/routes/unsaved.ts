/** Routines and plans being written, kept for this tab and person: a reload or a wrong swipe back loses nothing. */
import type { RoutineBody } from '#lib/domain/types.ts';
import { PREFIX } from './log/dropping.ts';

/** `name` is the document's id, or what is being made new. */
const keyOf = (person: string, name: string) => `${PREFIX}${person}-unsaved-${name}`;

/** What was being written of `opened`; null when there is nothing, or nothing that could be read. */
export function keptBody<T extends RoutineBody>(person: string, name: string, opened: T): T | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(person, name)) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return null;
    const body = { ...opened, ...kept };
    return typeof body.name === 'string' && Array.isArray(body.items) ? body : null;
  } catch {
    return null;
  }
}

export function keepBody(person: string, name: string, body: RoutineBody | null): void {
  try {
    if (body) sessionStorage.setItem(keyOf(person, name), JSON.stringify(body));
    else sessionStorage.removeItem(keyOf(person, name));
  } catch {
    // Storage refused: what is written lives as long as the screen.
  }
}
