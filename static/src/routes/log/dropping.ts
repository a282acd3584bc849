/** Beside drafts.ts, because every screen needs this and few need that. */
export const PREFIX = 'unpinch-draft-';

/** Signing out leaves nothing of the person behind. */
export function dropDrafts(): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  } catch {
    // Nothing could be kept, nothing is left.
  }
}
