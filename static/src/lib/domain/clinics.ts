/** Physiotherapists who work together (docs at /api/docs/). */
import { addDays } from './dates.ts';
import type { Named } from './patients.ts';

export interface Colleague extends Named {
  /** May let others in and out. */
  manages: boolean;
}

export interface Clinic extends Named {
  manages: boolean;
  members: Colleague[];
}

/** What an invitation opens: which clinic, and who manages it. */
export interface ClinicLook {
  name: string;
  by: string;
}

/** Shown once: it works once. */
export interface ClinicInvitation {
  url: string;
  /** SVG. */
  qr: string;
  expires_at: string;
}

export interface StandInBody {
  colleague: string;
  /** Dates of the patient's, both included. */
  first_day: string;
  last_day: string;
}

/** As the server has it. */
const LONGEST_STAND_IN = 92;

/** Whoever works with this person somewhere, each once. */
export function colleaguesOf(clinics: readonly Clinic[], person: string): Colleague[] {
  const found = clinics.flatMap(({ members }) => members).filter(({ id }) => id !== person);
  return [...new Map(found.map((one) => [one.id, one])).values()];
}

export function daysAreRight(first: string, last: string, today: string): boolean {
  return first !== '' && last >= first && last >= today && last < addDays(first, LONGEST_STAND_IN);
}
