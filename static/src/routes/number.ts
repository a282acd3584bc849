/** Which emergency number holds for whoever has this phone, signed in or not, with a network or without. */
import { guessCountry } from '#lib/domain/countries.ts';
import { deviceZone } from '#lib/domain/clock.ts';
import { emergencyNumber } from '#lib/domain/emergency.ts';
import { person } from '#lib/state/person.svelte.ts';

const KEY = 'unpinch-country';
let guessed: string | undefined;

export function deviceCountry(): string {
  guessed ??= guessCountry(deviceZone(), navigator.languages);
  return guessed;
}

/** What somebody without an account chose on the emergency screen. */
export function chosenCountry(): string {
  try {
    return localStorage.getItem(KEY) ?? deviceCountry();
  } catch {
    return deviceCountry();
  }
}

export function chooseCountry(country: string): void {
  try {
    localStorage.setItem(KEY, country);
  } catch {
    // It holds for this visit.
  }
}

export function localNumber(): string {
  const { profile } = person;
  const known = profile?.country || profile?.emergency_number;
  return emergencyNumber(profile, known ? '' : chosenCountry());
}
