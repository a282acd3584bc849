/**
 * Which number to call for an ambulance. 112 is what the GSM standard has every mobile phone connect to the local
 * services; a country stands here only where another number is the one people and operators use.
 */
import type { Profile } from './types.ts';

export const DEFAULT_NUMBER = '112';

const COUNTRIES_BY_NUMBER: Record<string, string> = {
  '000': 'AU CC CX NF',
  '101': 'IL PS',
  '102': 'MV NP',
  '103': 'MN',
  '104': 'CU',
  '106': 'PE',
  '110': 'JM',
  '111': 'NZ',
  '114': 'MU',
  '115': 'IR SR VN',
  '119': 'ID JP KH KR TW',
  '120': 'CN',
  '123': 'CO EG',
  '131': 'CL',
  '140': 'LB',
  '150': 'MA',
  '190': 'TN',
  '192': 'BR MM',
  '511': 'BB',
  '811': 'TT',
  '907': 'ET',
  '911': 'AG AI AR AS BM BS BZ CA CR DO EC FJ GU HN JO KY LR MP MX PA PH PR PY SV TO US UY VE VI',
  '995': 'SG',
  '997': 'BW SA',
  '998': 'AE',
  '999': 'BD BH GB GG HK IM JE KE MO MY QA',
  '1122': 'PK',
  '1195': 'LA',
  '1669': 'TH',
  '1990': 'LK',
  '9999': 'OM'
};

const NUMBER_BY_COUNTRY = new Map(
  Object.entries(COUNTRIES_BY_NUMBER).flatMap(([number, codes]) =>
    codes.split(' ').map((code): [string, string] => [code, number])
  )
);

/** `country` is an ISO 3166-1 alpha-2 code, or empty. */
export function numberOf(country: string): string {
  return NUMBER_BY_COUNTRY.get(country.toUpperCase()) ?? DEFAULT_NUMBER;
}

type Where = Pick<Profile, 'country' | 'emergency_number'>;

/** The person's own number before the country's; without a profile, the guess. */
export function emergencyNumber(profile: Where | null, guessedCountry = ''): string {
  return profile?.emergency_number.trim() || numberOf(profile?.country || guessedCountry);
}

/** What a button to call needs to know. */
export interface LocalNumber {
  number: string;
  /** Nobody has said where this is: the country that the phone seems to be in, empty when it tells none; null otherwise. */
  guessedFor: string | null;
}

/** An address that dials. `#` and `*` must not be taken for parts of an address. */
export function callAddress(number: string): string {
  return `tel:${encodeURIComponent(number.replace(/[^0-9+*#]/g, '')).replace('%2B', '+')}`;
}
