// In this order: most browsers also claim to be the ones that came before them.
const BROWSERS: [string, RegExp][] = [
  ['Edge', /Edg/],
  ['Opera', /OPR\//],
  ['Samsung Internet', /SamsungBrowser/],
  ['Firefox', /Firefox|FxiOS/],
  ['Chrome', /Chrom(e|ium)|CriOS/],
  ['Safari', /Safari/]
];
const SYSTEMS: [string, RegExp][] = [
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['Android', /Android/],
  ['Windows', /Windows/],
  ['Mac', /Macintosh/],
  ['Linux', /Linux|CrOS/]
];

/** "Chrome, Android": by which a person knows her devices apart; empty for what it does not know. */
export function deviceName(userAgent: string): string {
  const of = (some: [string, RegExp][]) => some.find(([, pattern]) => pattern.test(userAgent))?.[0];
  return [of(BROWSERS), of(SYSTEMS)].filter(Boolean).join(', ');
}
