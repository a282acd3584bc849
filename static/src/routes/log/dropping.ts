/** Beside drafts.ts, because every screen needs this and few need that. */
export const PREFIX = 'unpinch-draft-';

/** What the address of an invitation carried, as long as nobody is signed in whose it is. */
export const WAITING = 'unpinch-invited-';

export const invitedKey = (person: string | null, kind: string) => (person ? `${PREFIX}${person}-invited-${kind}` : WAITING + kind);

/** An invitation that waited for somebody to sign in is that person's from then on, and goes when they go. */
export function claimInvitations(person: string): void {
  try {
    for (const key of Object.keys(sessionStorage)) {
      if (!key.startsWith(WAITING)) continue;
      sessionStorage.setItem(invitedKey(person, key.slice(WAITING.length)), sessionStorage.getItem(key) ?? '');
      sessionStorage.removeItem(key);
    }
  } catch {
    // Nothing could be kept, nothing waits.
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
