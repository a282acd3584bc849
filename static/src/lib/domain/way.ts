/** What this device knows of whom a person is linked with: enough to ask nothing of those who are not. */
export interface KeptPeople {
  /** The local date on which the server was asked last. */
  asked_on: string;
  practises: boolean;
  linked: boolean;
  /** Null: not chosen. */
  opens: 'patients' | 'today' | null;
}

/** Whoever treats others and writes nothing of their own wants the list first, unless they said so otherwise. */
export const opensPatients = ({ practises, opens }: KeptPeople, writes: boolean): boolean =>
  practises && (opens === 'patients' || (opens === null && !writes));

/** What a bar leads to: whoever treats others and keeps no diary has no use for the patient's; who does both has both. */
export type Way = 'patient' | 'physiotherapist' | 'both';

export function wayOf(kept: KeptPeople, writes: boolean): Way {
  if (!kept.practises) return 'patient';
  return writes || kept.opens === 'today' ? 'both' : 'physiotherapist';
}
