/** Which emergency number holds for whoever has this phone, signed in or not, with a network or without. */
import { guessCountry } from '#lib/domain/countries.ts';
import { deviceZone } from '#lib/domain/clock.ts';
import { emergencyNumber, type LocalNumber } from '#lib/domain/emergency.ts';
import { person } from '#lib/state/person.svelte.ts';

const KEY = 'unpinch-country';
let guessed: string | undefined;

export function deviceCountry(): string {
  guessed ??= guessCountry(deviceZone(), navigator.languages);
  return guessed;
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export const hasChosen = () => kept() !== null;

/** What somebody without an account chose on the emergency screen. */
export function chosenCountry(): string {
  return kept() ?? deviceCountry();
}

export function chooseCountry(country: string): void {
  try {
    localStorage.setItem(KEY, country);
  } catch {
    // It holds for this visit.
  }
}

/** Where the person is, as far as it is known: as said, else as the phone seems to be. */
export const localCountry = (): string => person.profile?.country || chosenCountry();

export function localNumber(): LocalNumber {
  const { profile } = person;
  // On a phone that several share, what one of them chose before signing in is a guess about the next.
  const said = profile ? Boolean(profile.country || profile.emergency_number) : hasChosen();
  const country = chosenCountry();
  return { number: emergencyNumber(profile, country), guessedFor: said ? null : country };
}
