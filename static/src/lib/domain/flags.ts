/**
 * What the server has raised, and what the person does about it, as it will be once the server has heard: the rules of
 * `tracker/flagging.py` for the acts that still wait on this phone.
 */
import type { Flag } from './types.ts';

/** Why a flag is over, as the person says; `checked`: by a clinician. */
export const RESOLUTIONS = ['checked', 'recovered', 'mistake', 'other'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** Why a trend is put off. */
export const SNOOZES = ['known-cause', 'appointment', 'waiting', 'other'] as const;
export type Snooze = (typeof SNOOZES)[number];

export type FlagState = 'open' | 'seen' | 'resolved' | 'reopened';

/** One step in a flag's life; `by` null: the rules themselves. */
export interface FlagStep {
  at: string;
  by: 'person' | 'physiotherapist' | null;
  state: FlagState;
  level: Flag['level'];
  reason: string | null;
}

/** `stream` and `snoozed_until` are for trends; `evidence` is what the API's schema says of each rule. */
export interface RaisedFlag extends Flag {
  id: string;
  stream: string | null;
  state: FlagState;
  /** Why it was resolved: a `Resolution`, or what the rules found. */
  reason: string | null;
  evidence: Record<string, unknown>;
  /** When it was first noted, and when the server heard of it. */
  opened_at: string;
  raised_at: string;
  changed_at: string;
  seen_at: string | null;
  resolved_at: string | null;
  snoozed_until: string | null;
  /** In the server's order. */
  changes: FlagStep[];
}

/** What an entry or a check says, in the evidence of a red flag; a withdrawn one was corrected. */
export interface NotedSign {
  source: 'log' | 'check';
  id: string;
  /** Null: an entry's own mark. */
  answer: string | null;
  level: Flag['level'];
  at: string;
  withdrawn: boolean;
}

/** What the person does with one flag, or (`flag` null) with all red flags of `rules` that were noted until `at`. */
export interface FlagAct {
  act: 'see' | 'resolve' | 'reopen' | 'snooze';
  flag: string | null;
  rules: string[];
  at: string;
  reason: Resolution | Snooze | null;
  until: string | null;
  /** For rules: the entries and checks that it is about, as far as this phone knew. The server goes by `at`. */
  known?: readonly string[];
}

/** Null for a trend. */
export const notedIn = ({ evidence }: RaisedFlag): NotedSign[] | null =>
  Array.isArray(evidence.signs) ? (evidence.signs as NotedSign[]).filter(({ withdrawn }) => !withdrawn) : null;

export const isRed = (flag: RaisedFlag) => notedIn(flag) !== null;
export const stands = ({ state }: RaisedFlag) => state !== 'resolved';
/** Emergency or same day: to be read before it is settled. */
export const isPressing = ({ level }: Pick<Flag, 'level'>) => level === 'E' || level === 'D';
/** Not confirmed as read since it was last raised. */
export const isUnread = ({ state }: RaisedFlag) => state === 'open' || state === 'reopened';

/** When the worst of a red flag was noted, or that it got worse: who read before that has not read this. */
export function toldAt(flag: RaisedFlag): number {
  const noted = notedIn(flag) ?? [];
  const worst = noted.filter(({ level }) => level === flag.level).map(({ at }) => Date.parse(at));
  const worse = noted.filter(({ answer }) => answer === 'worse').map(({ at }) => Date.parse(at));
  return worst.length > 0 ? Math.max(Math.min(...worst), ...worse) : -Infinity;
}

function turned(flag: RaisedFlag, act: FlagAct, state: FlagState, more: Partial<RaisedFlag>): RaisedFlag {
  const step: FlagStep = { at: act.at, by: 'person', state, level: flag.level, reason: act.reason };
  return { ...flag, ...more, state, changes: [...flag.changes, step] };
}

function seen(flag: RaisedFlag, act: FlagAct): RaisedFlag {
  const due = flag.state === 'seen' && Date.parse(flag.snoozed_until ?? '') <= Date.parse(act.at);
  if (due) return turned(flag, { ...act, reason: null }, 'seen', { seen_at: act.at, snoozed_until: null });
  if (!isUnread(flag) || toldAt(flag) > Date.parse(act.at)) return flag;
  return turned(flag, { ...act, reason: null }, 'seen', { seen_at: act.at });
}

/** Refused here as by the server: unread, reopened since, noted again since, or by what nobody here knew of then. */
function resolved(flag: RaisedFlag, act: FlagAct): RaisedFlag {
  const at = Date.parse(act.at);
  const reopened = flag.changes.some((step) => step.state === 'reopened' && Date.parse(step.at) > at);
  const unknown = (sign: NotedSign) => isPressing(sign) && act.known?.includes(sign.id) === false;
  const later = (notedIn(flag) ?? []).some((sign) => Date.parse(sign.at) > at || unknown(sign));
  if (!stands(flag) || reopened || later || (isPressing(flag) && flag.state !== 'seen')) return flag;
  return turned(flag, act, 'resolved', { resolved_at: act.at, reason: act.reason, snoozed_until: null });
}

function reopened(flag: RaisedFlag, act: FlagAct, all: readonly RaisedFlag[]): RaisedFlag {
  const same = ({ rule, stream }: RaisedFlag) => rule === flag.rule && stream === flag.stream;
  if (stands(flag) || flag.reason === 'corrected' || all.some((one) => stands(one) && same(one))) return flag;
  return turned(flag, act, 'reopened', { resolved_at: null, reason: null });
}

function snoozed(flag: RaisedFlag, act: FlagAct): RaisedFlag {
  if (!stands(flag) || isRed(flag)) return flag;
  return turned(seen(flag, act), act, isUnread(flag) ? 'seen' : flag.state, { snoozed_until: act.until });
}

function acted(flag: RaisedFlag, act: FlagAct, all: readonly RaisedFlag[]): RaisedFlag {
  if (act.flag === null) {
    if (!isRed(flag) || !act.rules.includes(flag.rule)) return flag;
    // Who settles a sign by its name has had what to do about it before them.
    return act.act === 'see' ? seen(flag, act) : resolved(seen(flag, act), act);
  }
  if (act.flag !== flag.id) return flag;
  switch (act.act) {
    case 'see':
      return seen(flag, act);
    case 'resolve':
      return resolved(flag, act);
    case 'reopen':
      return reopened(flag, act, all);
    case 'snooze':
      return snoozed(flag, act);
  }
}

/** The flags as they are after `acts`, in the order of those; the newest first. */
export function withActs(flags: readonly RaisedFlag[], acts: readonly FlagAct[]): RaisedFlag[] {
  const after = acts.reduce<readonly RaisedFlag[]>((all, act) => all.map((flag) => acted(flag, act, all)), flags);
  return after.toSorted(
    (one, other) => Date.parse(other.opened_at) - Date.parse(one.opened_at) || (one.id < other.id ? 1 : -1)
  );
}
