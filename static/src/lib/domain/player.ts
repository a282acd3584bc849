/**
 * The clock of the stretching player. Time is always passed in (wall-clock milliseconds) and never counted in ticks: a
 * phone that sleeps for 20 seconds wakes up at the right second. The state is plain data; every act is a pure
 * `(state, now, ...) -> state`, and an act that makes no sense at that moment changes nothing. What a screen shows of it
 * is in playerview.ts, "this hurts" and the easier form in playerease.ts.
 */
import type { Cue } from './playercues.ts';
import { cuesOf } from './playercues.ts';
import type { Plan } from './playerplan.ts';
import { isWork } from './playerplan.ts';
import { aimOf, leftBefore, stepAfter, stepBefore, type Skip } from './playerroute.ts';
import type { Hurt, Rating, SkipReason } from './types.ts';

export const SNAPSHOT_VERSION = 2;

/**
 * After this long without anybody looking at the clock (reload, a call, a frozen page), nothing more is credited: the
 * player waits, paused, at the place where it was last seen.
 */
export const LONGEST_UNSEEN_MS = 120_000;

const LONGEST_SESSION_MS = 24 * 3_600_000;

/** A cue that comes later than this is stale, and is left out. */
const FRESH_MS = 1500;

/** "Back" in the first moments of a step means the step before. */
const BACK_GRACE_MS = 2000;

/** "This hurts", and what came of it. `item` counts the plan's items from 0; `at` is the wall clock in ms. */
export interface HurtNote extends Omit<Hurt, 'at'> {
  at: number;
}

export interface PlayerState {
  version: typeof SNAPSHOT_VERSION;
  /** The id that the recorded session will have. */
  session: string;
  plan: Plan;
  status: 'waiting' | 'running' | 'paused' | 'ended';
  /** Paused by the clock, because nobody had looked for too long. */
  interrupted: boolean;
  step: number;
  /** Milliseconds into the step at the moment `seen`. */
  elapsed: number;
  /** The wall clock when time was last counted. */
  seen: number;
  /** Cues of this step up to here have been given; -1: not even the first. */
  cued: number;
  /** By step: the longest that it was carried out, in ms. Doing a step twice does not count twice. */
  held: number[];
  /** By item: why it was left early, if it was. */
  skips: (Skip | null)[];
  hurts: HurtNote[];
  started_at: number | null;
  ended_at: number | null;
  ended: 'completed' | 'stopped' | null;
  stop_reason: SkipReason | null;
  pain_before: Rating;
  numbness_before: Rating;
}

export function createPlayer(plan: Plan, session: string): PlayerState {
  return {
    version: SNAPSHOT_VERSION,
    session,
    plan,
    status: 'waiting',
    interrupted: false,
    step: 0,
    elapsed: 0,
    seen: 0,
    cued: -1,
    held: plan.steps.map(() => 0),
    skips: plan.items.map(() => null),
    hurts: [],
    started_at: null,
    ended_at: null,
    ended: null,
    stop_reason: null,
    pain_before: null,
    numbness_before: null
  };
}

export const underWay = ({ status }: PlayerState) => status === 'running' || status === 'paused';

/** Counts the time since the last look: moves through the steps that have passed, and credits what was held. */
export function settle(state: PlayerState, now: number): PlayerState {
  if (state.status !== 'running') return state;
  const passed = now - state.seen;
  // The phone's clock was set back: count on from here rather than wait for it to catch up.
  if (passed < 0) return { ...state, seen: now };
  if (passed === 0) return state;
  if (passed > LONGEST_UNSEEN_MS) return { ...state, status: 'paused', interrupted: true };
  return walk(state, now, passed);
}

function walk(state: PlayerState, now: number, passed: number): PlayerState {
  const { steps } = state.plan;
  const held = [...state.held];
  let { step, elapsed, cued } = state;
  elapsed += passed;
  for (let current = steps[step]; current; current = steps[step]) {
    const length = current.seconds * 1000;
    held[step] = Math.max(held[step] ?? 0, Math.min(elapsed, length));
    if (elapsed < length) return { ...state, step, elapsed, cued, held, seen: now };
    elapsed -= length;
    step = stepAfter(state, step);
    cued = -1;
  }
  return end({ ...state, step, elapsed: 0, cued, held, seen: now }, now - elapsed, 'completed', null);
}

function end(
  state: PlayerState,
  at: number,
  ended: 'completed' | 'stopped',
  reason: SkipReason | null
): PlayerState {
  // Neither a clock set back, nor a player left paused for days, may make a session that ends before it began or
  // lasts longer than a record can.
  const started = state.started_at ?? at;
  const ended_at = Math.min(Math.max(at, started), started + LONGEST_SESSION_MS);
  return { ...state, status: 'ended', interrupted: false, ended, ended_at, stop_reason: reason };
}

export interface Before {
  pain: Rating;
  numbness: Rating;
}

export function start(state: PlayerState, now: number, before?: Before): PlayerState {
  if (state.status !== 'waiting') return state;
  const begun: PlayerState = {
    ...state,
    status: 'running',
    started_at: now,
    seen: now,
    pain_before: before?.pain ?? null,
    numbness_before: before?.numbness ?? null
  };
  return state.plan.steps.length ? begun : end(begun, now, 'completed', null);
}

/** The clock of a routine that nobody has seen yet begins when it is first shown: drawing it may take a phone a second. */
export function shown(state: PlayerState, now: number): PlayerState {
  const fresh = state.status === 'running' && state.started_at === state.seen && state.elapsed === 0 && state.cued < 0;
  return fresh && state.step === 0 ? { ...state, started_at: now, seen: now } : state;
}

export function pause(state: PlayerState, now: number): PlayerState {
  const settled = settle(state, now);
  return settled.status === 'running' ? { ...settled, status: 'paused', interrupted: false } : settled;
}

/** Goes on where it was paused, and says again where that is. */
export function resume(state: PlayerState, now: number): PlayerState {
  if (state.status !== 'paused') return state;
  return { ...state, status: 'running', interrupted: false, seen: now, cued: -1 };
}

/** To the beginning of that step. */
const goTo = (state: PlayerState, step: number): PlayerState => ({ ...state, step, elapsed: 0, cued: -1 });

/** To the beginning of this step, or, when it has hardly begun, to the step before. */
export function back(state: PlayerState, now: number): PlayerState {
  const settled = settle(state, now);
  if (!underWay(settled)) return settled;
  if (settled.elapsed > BACK_GRACE_MS) return goTo(settled, settled.step);
  const left = leftBefore(settled, settled.step);
  if (left && !left.skip.eased) {
    const skips = settled.skips.map((one, item) => (item === left.item ? null : one));
    return goTo({ ...settled, skips }, left.skip.at);
  }
  const before = stepBefore(settled, settled.step);
  const replaced = settled.skips[settled.plan.steps[before]?.item ?? -1]?.eased;
  return goTo(settled, before < 0 || replaced ? settled.step : before);
}

/** Leaves the rest of this exercise out. What was done of it stays counted. */
export function skip(state: PlayerState, now: number, reason: SkipReason): PlayerState {
  const settled = settle(state, now);
  const item = aimOf(settled, settled.step)?.item;
  if (item === undefined || !underWay(settled)) return settled;
  const left: Skip = { reason, at: settled.step, eased: false };
  return forwardTo({ ...settled, skips: settled.skips.map((one, index) => (index === item ? left : one)) }, now);
}

/** Leaves only this step out: one repetition, a rest, the time to get into position. */
export function forward(state: PlayerState, now: number): PlayerState {
  const settled = settle(state, now);
  return underWay(settled) ? forwardTo(settled, now) : settled;
}

function forwardTo(state: PlayerState, now: number): PlayerState {
  const on = goTo(state, stepAfter(state, state.step));
  return on.step < on.plan.steps.length ? on : finish(on, now);
}

/** Ends the session early, because the person says so; when it was paused, it ended there. */
export function stop(state: PlayerState, now: number, reason: SkipReason | null): PlayerState {
  const settled = settle(state, now);
  if (!underWay(settled)) return settled;
  return end(settled, settled.status === 'paused' ? settled.seen : now, 'stopped', reason);
}

/** Ends the session: gone through when nothing is left to do, else stopped without a reason. */
export function finish(state: PlayerState, now: number): PlayerState {
  const settled = settle(state, now);
  if (!underWay(settled)) return settled;
  if (settled.step < settled.plan.steps.length) return stop(settled, now, null);
  return end({ ...settled, cued: -1 }, now, 'completed', null);
}

/** A cue, and the moment of the wall clock at which it belongs; the key tells it from every other of its session. */
export interface Moment {
  key: string;
  at: number;
  cue: Cue;
}

export interface Ticked {
  state: PlayerState;
  cue: Cue | null;
  /** The same cue with its moment. */
  moment: Moment | null;
}

/** The clock's own act, as often as one likes: the state now, and the cue that is due, if one is. */
export function tick(state: PlayerState, now: number): Ticked {
  const settled = settle(state, now);
  if (settled.status === 'ended') {
    if (settled.ended !== 'completed' || settled.cued > 0) return { state: settled, cue: null, moment: null };
    return given({ ...settled, cued: 1 }, finished(settled.ended_at ?? now));
  }
  if (settled.status !== 'running') return { state: settled, cue: null, moment: null };
  return given({ ...settled, cued: settled.elapsed }, dueMoment(settled));
}

const given = (state: PlayerState, moment: Moment | null): Ticked => ({ state, moment, cue: moment?.cue ?? null });
const finished = (at: number): Moment => ({ key: 'finished', at, cue: { kind: 'finished' } });

/** Never more than one, and never a stale one: a step that began unheard is announced with the time it has left. */
function dueMoment(state: PlayerState): Moment | null {
  const { step, elapsed, seen, cued } = state;
  const due = cuesOf(state, step, elapsed).filter(({ at }) => at > cued && at <= elapsed);
  const latest = cued < 0 ? due[0] : due.at(-1);
  if (!latest || (cued >= 0 && elapsed - latest.at > FRESH_MS)) return null;
  return { key: `${step}.${latest.at}`, at: seen - elapsed + latest.at, cue: latest.cue };
}

/** All cues from now until then, if nothing is paused, skipped or left: what can be made ready ahead of its moment. */
export function upcoming(state: PlayerState, now: number, until: number): Moment[] {
  const settled = settle(state, now);
  const moments: Moment[] = [];
  if (settled.status !== 'running') return moments;
  const { steps } = settled.plan;
  let { step } = settled;
  let begins = settled.seen - settled.elapsed;
  // A step that has begun unheard is announced when it is heard of, not ahead.
  const from = Math.max(settled.cued, settled.elapsed > 0 ? settled.elapsed : -1);
  for (; steps[step] && begins <= until; step = stepAfter(settled, step)) {
    const first = step === settled.step;
    for (const { at, cue } of cuesOf(settled, step))
      if (begins + at <= until && !(first && at <= from)) moments.push({ key: `${step}.${at}`, at: begins + at, cue });
    begins += steps[step]!.seconds * 1000;
  }
  if (!steps[step] && begins <= until) moments.push(finished(begins));
  return moments;
}

/** Is there anything worth recording: has any repetition been begun? */
export function anyWork(state: PlayerState): boolean {
  return state.plan.steps.some((step, index) => isWork(step) && (state.held[index] ?? 0) > 0);
}
