/**
 * What an exercise was stopped for, and has not been put right since. `tests/contracts/stops_cases.json` holds what who
 * prescribes is told to be nothing milder. Symptoms further down the leg and a weak leg are
 * signs to stop (3-clinical (3)); that they are said again for a week is our own careful choice (source B, review:
 * unreviewed).
 */
import { addDays } from './dates.ts';
import { isCarriedOut } from './prescription.ts';
import type { SessionBody, SessionItem, SkipReason } from './types.ts';

/** For so many days it is said again. */
export const STOP_DAYS = 7;

type Session = Pick<SessionBody, 'started_at' | 'stop_reason' | 'items' | 'hurts'> & { local_date: string };

/** Past the limits of the pain rule, further down the leg, or a leg that turned weak: each says more than the one before. */
const KINDS = ['limits', 'further', 'weakness'] as const;
export type StopKind = (typeof KINDS)[number];

export interface Stop {
  exercise: string;
  what: StopKind;
  /** The local date of that session, and when it began: there may be several in a day. */
  date: string;
  started_at: string;
  /** It happened with an easier form that was done in place of this exercise. */
  eased: boolean;
}

/** What one of a session's items was stopped for; null when it was not. */
function kindOf(session: Session, index: number): StopKind | null {
  const hurts = session.hurts.filter(({ item }) => item === index);
  const left = session.stop_reason === 'weakness' && session.items[index]?.reason === 'weakness';
  if (left || hurts.some(({ weakness }) => weakness)) return 'weakness';
  if (hurts.some(({ further_down }) => further_down)) return 'further';
  return hurts.some(({ verdict }) => verdict === 'stop') ? 'limits' : null;
}

/** The exercise itself, then the one in place of which it was done, and so on. */
function insteadOf(items: readonly SessionItem[], index: number): string[] {
  const slugs = [items[index]!.exercise];
  for (let at = index; at >= 0 && items[at]!.eased_from !== null; at -= 1) slugs.push(items[at]!.eased_from!);
  return [...new Set(slugs)];
}

function stopsOf(session: Session): Stop[] {
  const { local_date: date, started_at } = session;
  return session.items.flatMap((_, index) => {
    const what = kindOf(session, index);
    if (what === null) return [];
    return insteadOf(session.items, index).map((exercise, at) => ({ exercise, what, date, started_at, eased: at > 0 }));
  });
}

/** Reasons for leaving an exercise or a session that say how it felt; they are given without "This hurts", too. */
const FELT: readonly (SkipReason | null)[] = ['pain', 'numbness', 'weakness', 'too-hard'];
export const isFelt = (reason: SkipReason | null) => FELT.includes(reason);

/** Was this exercise done in full without a word of anything that hurt, in a session that was not left for how it felt? */
function didWell({ items, hurts, stop_reason }: Session, slug: string): boolean {
  if (isFelt(stop_reason)) return false;
  return items.some(
    ({ exercise, status }, index) => exercise === slug && status === 'done' && !hurts.some(({ item }) => item === index)
  );
}

/** Was the session as a whole carried out without anything that hurt, or was left for how it felt? */
function wentWell(session: Session): boolean {
  const { items, hurts, stop_reason } = session;
  return isCarriedOut(session) && hurts.length === 0 && ![stop_reason, ...items.map(({ reason }) => reason)].some(isFelt);
}

const worseFirst = (one: Stop, other: Stop) => KINDS.indexOf(other.what) - KINDS.indexOf(one.what);

function ofTheWeek<T extends Session>(sessions: readonly T[], today: string): T[] {
  const earliest = addDays(today, -STOP_DAYS);
  return sessions
    .filter(({ local_date }) => local_date >= earliest)
    .sort((one, other) => Date.parse(other.started_at) - Date.parse(one.started_at));
}

/**
 * The stops of the last week that no later session with that exercise has put right, one for each exercise: the one that
 * says most (pain in a later session does not put a weak leg right), else the latest; newest first.
 */
export function standingStops(sessions: readonly Session[], today: string): Stop[] {
  const recent = ofTheWeek(sessions, today);
  const found = new Map<string, Stop>();
  recent.forEach((session, at) => {
    for (const stop of stopsOf(session).sort(worseFirst)) {
      const known = found.get(stop.exercise);
      if (known && worseFirst(known, stop) <= 0) continue;
      if (!recent.slice(0, at).some((one) => didWell(one, stop.exercise))) found.set(stop.exercise, stop);
    }
  });
  return [...found.values()].sort((one, other) => Date.parse(other.started_at) - Date.parse(one.started_at));
}

export interface ToCheck {
  what: Exclude<StopKind, 'limits'>;
  /** Which exercises it happened with; none when a day was put off for it. */
  stops: Stop[];
}

/** A leg that was weak before anything was begun, or in no exercise of its own, and no session since that went well. */
function weakByItself(sessions: readonly Session[], today: string): boolean {
  for (const session of ofTheWeek(sessions, today)) {
    if (session.stop_reason === 'weakness') {
      if (stopsOf(session).length === 0) return true;
    } else if (wentWell(session)) return false;
  }
  return false;
}

/** What has to be checked before anything invites to exercise again, whichever exercise it happened with. */
export function toCheck(sessions: readonly Session[], today: string): ToCheck | null {
  const stops = standingStops(sessions, today).filter(({ what, eased }) => what !== 'limits' && !eased);
  const weak = stops.some(({ what }) => what === 'weakness') || weakByItself(sessions, today);
  if (weak) return { what: 'weakness', stops };
  return stops.length > 0 ? { what: 'further', stops } : null;
}
