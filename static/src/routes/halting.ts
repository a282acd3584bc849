/** What stands against exercising, wherever it was said: in an entry, in answers to the questions, on another device. */
import { haltOf, openEmergencies, type Halt } from '#lib/domain/redflags.ts';
import { checks } from '#lib/state/checks.svelte.ts';
import { diary, type Entry } from '#lib/state/diary.svelte.ts';

const unanswered = () => checks.unanswered ?? diary.entries;

/** Null: exercise may go on. What cannot be read may say anything: that stands against it, too. Reactive. */
export function haltNow(now: Date): Halt<Entry> | null {
  const known = haltOf(unanswered(), now, checks.signs);
  const unknown = (diary.problem ?? checks.problem) !== null && !checks.looked;
  return known ?? (unknown ? { unknown, emergency: false } : null);
}

/** The entries whose own mark is an emergency that no question has made clearer. Reactive. */
export const emergencyEntries = (now: Date): Entry[] => openEmergencies(unanswered(), now);

/** The rules whose signs stand unchecked, by an answer or by an entry's own mark, the most urgent first. Reactive. */
export function standingRules(now: Date): string[] {
  const marked = emergencyEntries(now).length > 0 ? ['saddle'] : [];
  return [...new Set([...marked, ...checks.signs.map(({ rule }) => rule)])];
}
