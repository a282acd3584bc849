/**
 * What an invitation's address carries behind its #, where no server and no log has it. It waits in this tab while the
 * person signs in or makes an account; from then on it is theirs alone, and signing out drops it with their drafts.
 */
import { invitedKey } from './log/dropping.ts';

type Kind = 'invite' | 'clinic';

/** `person`: who is signed in. */
export function tokenOf(kind: Kind, hash: string, person: string | null): string {
  const carried = hash.slice(1);
  try {
    if (carried) sessionStorage.setItem(invitedKey(person, kind), carried);
    // What waited was opened after whatever this person left.
    return carried || (sessionStorage.getItem(invitedKey(null, kind)) ?? sessionStorage.getItem(invitedKey(person, kind)) ?? '');
  } catch {
    // Storage refused: it works for whoever is signed in already.
    return carried;
  }
}

/** Used up, or not wanted. */
export function dropToken(kind: Kind, person: string | null): void {
  try {
    for (const whose of [null, person]) sessionStorage.removeItem(invitedKey(whose, kind));
  } catch {
    return;
  }
}
