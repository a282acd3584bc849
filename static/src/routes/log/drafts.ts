/** Entries being written, kept for this tab and person: a reload or a wrong swipe back loses nothing. */
import { parseDraft, type LogDraft } from '#lib/domain/draft.ts';

const PREFIX = 'unpinch-draft-';

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

/** Signing out leaves nothing of the person behind. */
export function dropDrafts(): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  } catch {
    // Nothing could be kept, nothing is left.
  }
}
