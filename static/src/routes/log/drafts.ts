/** Entries being written, kept for this tab and person: a reload or a wrong swipe back loses nothing. */
import { parseDraft, type LogDraft } from '#lib/domain/draft.ts';
import { PREFIX } from './dropping.ts';

export const draftKey = (person: string, entry = 'new') => `${PREFIX}${person}-${entry}`;

export function keptDraft(key: string): LogDraft | null {
  try {
    return parseDraft(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

export function keepDraft(key: string, draft: LogDraft | null): void {
  try {
    if (draft) sessionStorage.setItem(key, JSON.stringify(draft));
    else sessionStorage.removeItem(key);
  } catch {
    // Storage refused: the draft lives as long as the screen.
  }
}
