/** What an answer of a physiotherapist is about: the flag's plain name, and the day on which it was noted. */
import { dayName } from '#lib/components/ui/dates.ts';
import type { Message } from '#lib/domain/care.ts';
import { m } from '#lib/paraglide/messages.js';
import { flags } from '#lib/state/flags.svelte.ts';
import { hrefOf, nameOf, notedOn } from '../flags/notes.ts';

export interface About {
  words: string;
  href: string;
}

/** Null where it answers none, or one that this phone does not hold. */
export function aboutOf({ flag: id }: Message, today: string): About | null {
  const flag = id === null ? undefined : flags.all.find((one) => one.id === id);
  if (!flag) return null;
  const day = dayName(notedOn(flag), today);
  return { words: m.messages_about_flag({ name: nameOf(flag), day }), href: hrefOf(flag) };
}
