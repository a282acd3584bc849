/** What stands against exercising, wherever it was said: in an entry, or in answers to the questions. */
import { haltOf, openEmergencies, type Halt } from '#lib/domain/redflags.ts';
import { checks } from '#lib/state/checks.svelte.ts';
import { diary, type Entry } from '#lib/state/diary.svelte.ts';

const unanswered = () => diary.entries.filter((entry) => !checks.speaksFor(entry));

/** Null: exercise may go on. Reactive. */
export function haltNow(now: Date): Halt<Entry> | null {
  return haltOf(unanswered(), now, checks.signs);
}

/** The entries whose own mark is an emergency that no question has made clearer. Reactive. */
export const emergencyEntries = (now: Date): Entry[] => openEmergencies(unanswered(), now);
