/** A message being written, kept for this tab and person: a reload or a wrong swipe back loses nothing. */
import { uuid7 } from '#lib/domain/uuid7.ts';
import { PREFIX } from '../log/dropping.ts';

/** `id` goes with the text that was tried last: sent again after a lost answer, that is the same message. */
export interface Draft {
  text: string;
  id: string;
  tried: string;
}

const keyOf = (person: string, link: string) => `${PREFIX}${person}-message-${link}`;

export function keptMessage(person: string, link: string): Draft {
  const none = { text: '', id: uuid7(), tried: '' };
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(person, link)) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return none;
    const draft = { ...none, ...kept };
    return Object.values(draft).every((value) => typeof value === 'string') ? draft : none;
  } catch {
    return none;
  }
}

/** The same text tried again is the same message; any other is a new one. */
export const trying = (draft: Draft, said: string): Draft => (said === draft.tried ? draft : { ...draft, id: uuid7(), tried: said });

/** The same words once more are a message of their own. What was written meanwhile stays. */
export function afterSending({ text }: Draft, said: string): Draft {
  return { text: text.trim() === said ? '' : text, id: uuid7(), tried: '' };
}

/** Without a text nothing is kept. */
export function keepMessage(person: string, link: string, draft: Draft): void {
  try {
    if (draft.text.trim()) sessionStorage.setItem(keyOf(person, link), JSON.stringify(draft));
    else sessionStorage.removeItem(keyOf(person, link));
  } catch {
    // Storage refused: what is written lives as long as the screen.
  }
}
