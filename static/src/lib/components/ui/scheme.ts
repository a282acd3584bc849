/** Light, dark, or as the phone has it. Kept on this phone only: it is the phone's screen, not the person's. */
export const SCHEMES = ['system', 'light', 'dark'] as const;
export type Scheme = (typeof SCHEMES)[number];
const KEY = 'unpinch-scheme';

export function readScheme(): Scheme {
  try {
    const kept = localStorage.getItem(KEY);
    return SCHEMES.find((scheme) => scheme === kept) ?? 'system';
  } catch {
    return 'system';
  }
}

export function showScheme(scheme: Scheme): void {
  if (scheme === 'system') delete document.documentElement.dataset.scheme;
  else document.documentElement.dataset.scheme = scheme;
}

export function keepScheme(scheme: Scheme): void {
  showScheme(scheme);
  try {
    localStorage.setItem(KEY, scheme);
  } catch {
    // Storage refused: it holds until the next load.
  }
}
