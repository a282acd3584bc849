import { COUNTRIES } from '#lib/domain/countries.ts';
import { getLocale } from '#lib/paraglide/runtime.js';

const names = () => new Intl.DisplayNames([getLocale()], { type: 'region' });

export function countryName(code: string): string {
  return code ? (names().of(code) ?? code) : '';
}

/** All countries, in the order of their names. */
export function countryChoices(): { code: string; name: string }[] {
  const inWords = names();
  return COUNTRIES.map((code) => ({ code, name: inWords.of(code) ?? code })).sort((one, other) =>
    one.name.localeCompare(other.name, getLocale())
  );
}
