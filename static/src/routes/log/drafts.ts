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

/** The clock when the new entry was last worked on, for "Unfinished entry from 9:12"; null without one. */
export function keptSince(key: string): string | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null');
    const since = typeof kept === 'object' && kept !== null && 'kept_at' in kept ? kept.kept_at : null;
    return typeof since === 'string' ? since : null;
  } catch {
    return null;
  }
}

export function keepDraft(key: string, draft: LogDraft | null): void {
  try {
    if (draft) sessionStorage.setItem(key, JSON.stringify({ ...draft, kept_at: new Date().toISOString() }));
    else sessionStorage.removeItem(key);
  } catch {
    // Storage refused: the draft lives as long as the screen.
  }
}
