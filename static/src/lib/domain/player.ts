/**
 * The clock of the stretching player. Time is always passed in (wall-clock milliseconds) and never counted in ticks: a
 * phone that sleeps for 20 seconds wakes up at the right second. The state is plain data; every act is a pure
 * `(state, now, ...) -> state`, and an act that makes no sense at that moment changes nothing.
 */
import type { Cue } from './playercues.ts';
import { cuesOf } from './playercues.ts';
import type { HoldSide, Plan, PlanItem, Step, StepKind } from './playerplan.ts';
import { isWork } from './playerplan.ts';
import type { Rating, SkipReason } from './types.ts';

export const SNAPSHOT_VERSION = 1;

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

export interface Skip {
  reason: SkipReason;
  /** The step at which the exercise was left: "back" returns there. */
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
    started_at: null,
    ended_at: null,
    ended: null,
    stop_reason: null,
    pain_before: null,
    numbness_before: null
  };
}

const lengthOf = (step: Step) => step.seconds * 1000;

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
    held[step] = Math.max(held[step] ?? 0, Math.min(elapsed, lengthOf(current)));
    if (elapsed < lengthOf(current)) return { ...state, step, elapsed, cued, held, seen: now };
    elapsed -= lengthOf(current);
    step += 1;
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

export function pause(state: PlayerState, now: number): PlayerState {
  const settled = settle(state, now);
  return settled.status === 'running' ? { ...settled, status: 'paused', interrupted: false } : settled;
}

/** Goes on where it was paused, and says again where that is. */
export function resume(state: PlayerState, now: number): PlayerState {
  if (state.status !== 'paused') return state;
  return { ...state, status: 'running', interrupted: false, seen: now, cued: -1 };
}

/** To the beginning of this step, or, when it has hardly begun, to the step before. */
export function back(state: PlayerState, now: number): PlayerState {
  const settled = settle(state, now);
  if (settled.status !== 'running' && settled.status !== 'paused') return settled;
  if (settled.elapsed > BACK_GRACE_MS || settled.step === 0) return { ...settled, elapsed: 0, cued: -1 };
  const { steps } = settled.plan;
  const skip = settled.skips[(steps[settled.step]?.item ?? 0) - 1];
  const begins = steps[settled.step]?.kind === 'ready';
  const step = begins && skip ? skip.at : settled.step - 1;
  const skips = settled.skips.map((one, item) => (item === steps[step]?.item ? null : one));
  return { ...settled, step, skips, elapsed: 0, cued: -1 };
}

/** Leaves the rest of this exercise out. What was done of it stays counted. */
export function skip(state: PlayerState, now: number, reason: SkipReason): PlayerState {
  const settled = settle(state, now);
  const item = settled.plan.steps[settled.step]?.item;
  if (item === undefined || (settled.status !== 'running' && settled.status !== 'paused')) return settled;
  const skips = settled.skips.map((one, index) => (index === item ? { reason, at: settled.step } : one));
  const next = settled.plan.steps.findIndex((step) => step.item > item);
  if (next < 0) return finish({ ...settled, skips, step: settled.plan.steps.length }, now);
  return { ...settled, skips, step: next, elapsed: 0, cued: -1 };
}

/** Leaves only this step out: one repetition, a rest, the time to get into position. */
export function forward(state: PlayerState, now: number): PlayerState {
  const settled = settle(state, now);
  if (settled.status !== 'running' && settled.status !== 'paused') return settled;
  const step = settled.step + 1;
  return step < settled.plan.steps.length
    ? { ...settled, step, elapsed: 0, cued: -1 }
    : finish({ ...settled, step, elapsed: 0 }, now);
}

/** Ends the session early, because the person says so; when it was paused, it ended there. */
export function stop(state: PlayerState, now: number, reason: SkipReason | null): PlayerState {
  const settled = settle(state, now);
  if (settled.status !== 'running' && settled.status !== 'paused') return settled;
  return end(settled, settled.status === 'paused' ? settled.seen : now, 'stopped', reason);
}

/** Ends the session: gone through when nothing is left to do, else stopped without a reason. */
export function finish(state: PlayerState, now: number): PlayerState {
  const settled = settle(state, now);
  if (settled.status !== 'running' && settled.status !== 'paused') return settled;
  if (settled.step < settled.plan.steps.length) return stop(settled, now, null);
  return end({ ...settled, cued: -1 }, now, 'completed', null);
}

/** The clock's own act, as often as one likes: the state now, and the cue that is due, if one is. */
export function tick(state: PlayerState, now: number): { state: PlayerState; cue: Cue | null } {
  const settled = settle(state, now);
  if (settled.status === 'ended') {
    if (settled.ended !== 'completed' || settled.cued > 0) return { state: settled, cue: null };
    return { state: { ...settled, cued: 1 }, cue: { kind: 'finished' } };
  }
  if (settled.status !== 'running') return { state: settled, cue: null };
  const cue = dueCue(settled);
  return { state: { ...settled, cued: settled.elapsed }, cue };
}

/** Never more than one, and never a stale one: a step that began unheard is announced with the time it has left. */
function dueCue({ plan, step, elapsed, cued }: PlayerState): Cue | null {
  const due = cuesOf(plan, step, elapsed).filter(({ at }) => at > cued && at <= elapsed);
  if (cued < 0) return due[0]?.cue ?? null;
  const latest = due.at(-1);
  return latest && elapsed - latest.at <= FRESH_MS ? latest.cue : null;
}

export interface View {
  status: PlayerState['status'];
  interrupted: boolean;
  phase: StepKind | 'finished';
  seconds_left: number;
  /** How much of the step has passed, 0-1. */
  progress: number;
  /** How much of the whole routine lies behind, 0-1. */
  overall: number;
  item: PlanItem | null;
  /** Counted from 1. */
  item_number: number;
  items: number;
  set: number;
  repetition: number;
  side: HoldSide;
  next: PlanItem | null;
  /** The step that follows, within the exercise or not. */
  then: Step | null;
  /** Before an exercise: why the one before it was left. */
  left_for: SkipReason | null;
  routine_seconds_left: number;
}

/** What a screen shows at that moment. Asking changes nothing. */
export function view(state: PlayerState, now: number): View {
  const { plan, step: index, elapsed, status, interrupted, skips } = settle(state, now);
  const step = status === 'ended' ? undefined : plan.steps[index];
  const number = step ? step.item + 1 : plan.items.length;
  const total = plan.steps.reduce((sum, one) => sum + lengthOf(one), 0);
  const behind = plan.steps.slice(0, index).reduce((sum, one) => sum + lengthOf(one), 0) + elapsed;
  return {
    status,
    interrupted,
    phase: step?.kind ?? 'finished',
    seconds_left: step ? Math.ceil((lengthOf(step) - elapsed) / 1000) : 0,
    progress: step ? elapsed / lengthOf(step) : 1,
    overall: step && total ? behind / total : 1,
    item: plan.items[number - 1] ?? null,
    item_number: number,
    items: plan.items.length,
    set: step?.set ?? 0,
    repetition: step?.repetition ?? 0,
    side: step?.side ?? null,
    next: step ? (plan.items[number] ?? null) : null,
    then: step ? (plan.steps[index + 1] ?? null) : null,
    left_for: step?.kind === 'ready' ? (skips[step.item - 1]?.reason ?? null) : null,
    routine_seconds_left: step ? Math.ceil((total - behind) / 1000) : 0
  };
}

/** Is there anything worth recording: has any repetition been begun? */
export function anyWork(state: PlayerState): boolean {
  return state.plan.steps.some((step, index) => isWork(step) && (state.held[index] ?? 0) > 0);
}
