/**
 * Whom to call with thoughts of harming oneself: beside the emergency number, a crisis line of the country. Only lines
 * that serve a whole country, by day and night, and whose number its own public sources name; elsewhere none is better
 * than a wrong one.
 */

export interface CrisisLine {
  /** ISO 3166-1 alpha-2. */
  countries: readonly string[];
  /** As the line itself calls itself, and writes its number. */
  name: string;
  number: string;
  /** Where it says so. */
  source: string;
  review: 'unreviewed' | 'clinician-reviewed';
}

const line = (countries: string, name: string, number: string, source: string): CrisisLine => ({
  countries: countries.split(' '),
  name,
  number,
  source,
  review: 'unreviewed'
});

export const CRISIS_LINES: readonly CrisisLine[] = [
  line('AT', 'TelefonSeelsorge', '142', 'telefonseelsorge.at'),
  line('AU', 'Lifeline', '13 11 14', 'lifeline.org.au'),
  line('CA', '9-8-8: Suicide Crisis Helpline', '988', '988.ca'),
  line('CH LI', 'Die Dargebotene Hand', '143', '143.ch'),
  line('DE', 'TelefonSeelsorge', '0800 111 0 111', 'telefonseelsorge.de'),
  line('GB IE', 'Samaritans', '116 123', 'samaritans.org'),
  line('NZ', '1737, need to talk?', '1737', '1737.org.nz'),
  line('US', '988 Suicide & Crisis Lifeline', '988', '988lifeline.org')
];

/** `country` as `numberOf` takes it; null where none is known for sure. */
export const crisisLineOf = (country: string): CrisisLine | null =>
  CRISIS_LINES.find(({ countries }) => countries.includes(country.toUpperCase())) ?? null;
