import { addDays } from './dates.ts';

/** What a report may show; as `sharing.vocabulary.SECTIONS` has it. */
export const SECTIONS = ['symptoms', 'flags', 'exercises', 'body', 'diary', 'notes'] as const;
export type Section = (typeof SECTIONS)[number];

export interface Scope {
  /** Local dates, both ends included. */
  from: string;
  to: string;
  sections: Section[];
}

export interface ShareBody {
  /** Made by this device: sent again after a lost answer, it makes no second link. */
  id: string;
  scope: Scope;
  expires_at: string;
  passcode: string | null;
  question: string;
  label: string;
}

export interface Share {
  id: string;
  label: string;
  scope: Scope;
  created_at: string;
  expires_at: string;
  revoked_at: string | null;
  has_passcode: boolean;
  /** Wrong passcodes that are left, 0: the link is closed to everybody; null: there is none to guess. */
  attempts_left: number | null;
  times_opened: number;
  last_opened_at: string | null;
}

/** A report of one's own, as it was when it was made: to print, or to hand over as a file. */
export interface OwnReport extends Scope {
  id: string;
  made_at: string;
  question: string;
  /** How many links to it open something now. */
  open_links: number;
  times_opened: number;
}

export const FILES = ['pdf', 'csv', 'fhir.json'] as const;
export type FileKind = (typeof FILES)[number];

/** What opens it: in the answer to its making, and never again. */
export interface NewShare extends Share {
  url: string;
  shlink: string | null;
  /** SVG of the health link, and of `url`. */
  qr: string | null;
  url_qr: string | null;
}

export interface Access {
  id: number;
  at: string;
  /** Within a quarter of an hour, and when it was the last of those times. */
  times: number;
  last_at: string;
  what: string;
  outcome: string;
  share: string | null;
  share_label: string;
  /** The care link that let the reader in. */
  link: string | null;
  /** Empty: whoever holds the link, or somebody with an account who gave no name. */
  reader_name: string;
  network: string;
  device: string;
}

/** What one reader did in one go. */
export interface Visit {
  /** The first line of it: who, from where, and what came of it. */
  access: Access;
  last_at: string;
  /** What was read, in the order in which it was; each once. */
  whats: string[];
  /** How often: of what was refused. */
  times: number;
}

/** As long as the server counts up one line (`sharing.reading.SAME_VISIT`). In ms. */
const SAME_VISIT = 15 * 60_000;

/** Asking for the passcode goes before reading: both are one visit. */
const isReading = ({ outcome }: Access) => outcome === 'opened' || outcome === 'no-passcode';

/** The newest first, of lines that are so. */
export function visitsOf(accesses: readonly Access[]): Visit[] {
  const latest = new Map<string, Visit>();
  const visits: Visit[] = [];
  for (const access of accesses.toReversed()) {
    const { at, outcome, share, share_label, link, reader_name, network, device, what } = access;
    const keyOf = (name: string | null) => JSON.stringify([isReading(access) || outcome, share, share_label, link, name, network, device]);
    const ongoing = (key: string) => {
      const visit = latest.get(key);
      return visit && Date.parse(at) - Date.parse(visit.access.at) < SAME_VISIT ? visit : undefined;
    };
    const [own, ofApp] = [keyOf(reader_name), keyOf(null)];
    // A health app says its name once, and then fetches the files without. Nobody else fetches any.
    let visit = (what === 'file' && !reader_name ? ongoing(ofApp) : undefined) ?? ongoing(own);
    if (!visit) {
      visit = { access, last_at: access.last_at, whats: [], times: 0 };
      visits.push(visit);
      latest.set(own, visit);
    }
    if (what === 'manifest') latest.set(ofApp, visit);
    add(visit, access);
  }
  // By their last reading: one may have begun with being asked for the passcode, before another's wrong one.
  return visits.reverse().sort((one, other) => Date.parse(other.last_at) - Date.parse(one.last_at));
}

function add(visit: Visit, access: Access): void {
  // As moments: as text, a second with a fraction comes before the whole one.
  if (Date.parse(access.last_at) > Date.parse(visit.last_at)) visit.last_at = access.last_at;
  visit.times += access.times;
  if (access.outcome !== 'opened') return;
  // Of a reader who was asked for the passcode first, the rest is told by what was read.
  if (visit.access.outcome !== 'opened') visit.access = access;
  const known = visit.whats.includes(access.what) || (access.what === 'file' && visit.whats.includes('manifest'));
  if (!known) visit.whats.push(access.what);
}

/** Networks that are no place on the internet: a house's, a clinic's or a machine's own (RFC 1918, 3927, 4193, 4291). */
const INNER = /^(10|127|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\.|^(::|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/;

/** What a telephone company or a provider of private networks puts its customers behind (RFC 6598): they may be anywhere. */
const CARRIER = /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./;

/**
 * `inner`: a local network, the reader's or that of a proxy which says of nobody whom it speaks for; else the beginning of
 * the address, as in `192.0.2`; null: not known.
 */
export function placeOf(network: string): { inner: boolean; start: string } | null {
  const address = network.split('/')[0] ?? '';
  if (!address || CARRIER.test(address)) return null;
  const start = address.includes(':') ? address.replace(/:+$/, '') : address.split('.').slice(0, 3).join('.');
  return { inner: INNER.test(address), start };
}

export const SPANS = ['weeks4', 'weeks12', 'year', 'own'] as const;
export type Span = (typeof SPANS)[number];

const DAYS: Record<Exclude<Span, 'own'>, number> = { weeks4: 28, weeks12: 84, year: 365 };

/** The days of a span that ends on `today`. */
export function period(span: Exclude<Span, 'own'>, today: string): { from: string; to: string } {
  return { from: addDays(today, 1 - DAYS[span]), to: today };
}

export const LIFETIMES = ['7', '30', '90'] as const;
export type Lifetime = (typeof LIFETIMES)[number];

/** The moment so many days from now. */
export function expiry(days: number, now: Date): string {
  return new Date(now.getTime() + days * 86_400_000).toISOString();
}

export type ShareState = 'open' | 'locked' | 'expired' | 'revoked';

export function stateOf(share: Pick<Share, 'revoked_at' | 'expires_at' | 'has_passcode' | 'attempts_left'>, now: Date): ShareState {
  if (share.revoked_at) return 'revoked';
  if (Date.parse(share.expires_at) <= now.getTime()) return 'expired';
  return share.has_passcode && share.attempts_left === 0 ? 'locked' : 'open';
}

/** Six digits, each as likely as the others: easy to say over the telephone. */
export function sixDigits(random: (values: Uint32Array<ArrayBuffer>) => Uint32Array): string {
  const values = random(new Uint32Array(6));
  return [...values].map((value) => String(value % 10)).join('');
}
