/** ISO 3166-1 alpha-2: the countries and territories that a person may live in. Their names come from the phone. */
export const COUNTRIES: readonly string[] = (
  'AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC ' +
  'CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA ' +
  'GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE ' +
  'KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS ' +
  'MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO ' +
  'RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV ' +
  'TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'
).split(' ');

/** Newer than the language's own types: which zones a region keeps. Missing in some browsers. */
type WithZones = Intl.Locale & { getTimeZones?: () => string[] | undefined };

function keepsZone(country: string, zone: string): boolean {
  const locale: WithZones = new Intl.Locale(`und-${country}`);
  return locale.getTimeZones?.()?.includes(zone) ?? false;
}

/**
 * Where the phone probably is. Its clock knows better than its language: many a phone in Berlin speaks American
 * English. Empty when neither says.
 */
export function guessCountry(zone: string, languages: readonly string[]): string {
  const byZone = COUNTRIES.filter((country) => keepsZone(country, zone));
  const regions = languages.map((language) => regionOf(language)).filter((region) => region !== '');
  const both = regions.find((region) => byZone.includes(region));
  return both ?? byZone[0] ?? regions[0] ?? '';
}

function regionOf(language: string): string {
  try {
    return new Intl.Locale(language).region ?? '';
  } catch {
    return '';
  }
}
