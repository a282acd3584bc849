/** A device on which a person is signed in. */
export interface SignIn {
  id: number;
  /** "Firefox on Windows"; empty when it is not known. */
  device: string;
  /** The beginning of the internet address it was opened from last, the rest zero; empty when it is not known. */
  network: string;
  signed_in_at: string;
  /** When the app was opened there last, to the hour. */
  seen_at: string;
  here: boolean;
}

/** This device first, then the one that was used last. */
export function inOrder(all: SignIn[]): SignIn[] {
  return [...all].sort((one, other) => Number(other.here) - Number(one.here) || other.seen_at.localeCompare(one.seen_at));
}
