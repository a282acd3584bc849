/** What is kept of a guided routine: the session for the record, and the snapshot that survives a reload. */
import { SNAPSHOT_VERSION, settle, type PlayerState } from './player.ts';
import { isWork } from './playerplan.ts';
import type { Rating, SessionBody, SessionItem } from './types.ts';

interface Done {
  /** Milliseconds of hold. */
  held: number;
  begun: boolean;
  sets_done: number;
  complete: boolean;
}

function doneOf({ plan, held }: PlayerState, item: number): Done {
  const done: Done = { held: 0, begun: false, sets_done: 0, complete: true };
  const unfinished = new Set<number>();
  plan.steps.forEach((step, index) => {
    if (step.item !== item || !isWork(step)) return;
    const time = held[index] ?? 0;
    if (step.kind === 'hold') done.held += time;
    if (time > 0) done.begun = true;
    if (time < step.seconds * 1000) unfinished.add(step.set);
  });
  done.complete = unfinished.size === 0;
  done.sets_done = (plan.items[item]?.dose.sets ?? 0) - unfinished.size;
  return done;
}

function itemOf(state: PlayerState, item: number): SessionItem {
  const { exercise, dose } = state.plan.items[item]!;
  const { held, begun, sets_done, complete } = doneOf(state, item);
  const current = state.plan.steps[state.step]?.item === item;
  const reason = state.skips[item]?.reason ?? (current ? state.stop_reason : null);
  return {
    exercise,
    prescribed: dose,
    status: complete ? 'done' : begun ? 'partial' : 'skipped',
    // Gone through to the end with steps left out one by one: for no reason that was asked.
    reason: complete ? null : (reason ?? (state.ended === 'completed' ? 'other' : null)),
    sets_done,
    seconds_held: Math.floor(held / 1000)
  };
}

/**
 * The session as it would be recorded at that moment: a player that has not ended counts as stopped now. `stamp` writes
 * a moment with the device's offset. What comes after the last exercise (how it feels now) is the screen's to fill in.
 */
export function result(
  state: PlayerState,
  now: number,
  stamp: (moment: Date) => string,
  time_zone: string
): SessionBody {
  const settled = settle(state, now);
  const started = settled.started_at ?? now;
  const ended = settled.ended_at ?? Math.max(now, started);
  return {
    routine: settled.plan.routine,
    routine_name: settled.plan.routine_name,
    started_at: stamp(new Date(started)),
    ended_at: stamp(new Date(ended)),
    time_zone,
    ended: settled.ended ?? 'stopped',
    stop_reason: settled.stop_reason,
    items: settled.plan.items.map((_, item) => itemOf(settled, item)),
    pain_before: settled.pain_before,
    numbness_before: settled.numbness_before,
    pain_after: null,
    numbness_after: null,
    pain_next_morning: null,
    numbness_next_morning: null,
    note: ''
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** How many exercises lie wholly behind, by having been done or left. */
export function itemsBehind({ plan, step }: PlayerState): number {
  return plan.steps[step]?.item ?? plan.items.length;
}

/**
 * A stored player, at the moment it is found again. After a short absence it runs on; after a long one it waits,
 * paused, where it was last seen. Null when there is nothing to go on with.
 */
export function restore(stored: unknown, now: number): PlayerState | null {
  if (!isRecord(stored) || stored.version !== SNAPSHOT_VERSION || !isRecord(stored.plan)) return null;
  if (typeof stored.session !== 'string') return null;
  const { steps, items } = stored.plan;
  if (!Array.isArray(steps) || !Array.isArray(items)) return null;
  if (!Array.isArray(stored.held) || stored.held.length !== steps.length) return null;
  if (!Array.isArray(stored.skips) || stored.skips.length !== items.length) return null;
  if (![stored.step, stored.elapsed, stored.seen].every(Number.isFinite)) return null;
  const state = stored as unknown as PlayerState;
  if (state.status === 'waiting') return null;
  return settle(state, now);
}

/** A routine left for half a day is not gone on with; an ended one is asked about within the hour. */
const OVER_AFTER_MS = { paused: 12 * 3_600_000, ended: 3_600_000 };

/** Is it too late to go on with what was restored? */
export function isOver({ status, seen, ended_at }: PlayerState, now: number): boolean {
  if (status === 'ended') return now - (ended_at ?? seen) > OVER_AFTER_MS.ended;
  return now - seen > OVER_AFTER_MS.paused;
}

const above = (later: Rating, earlier: Rating) => later !== null && earlier !== null && later > earlier;

/** Is the morning after worse than before the session? */
export function isWorse(session: SessionBody): boolean {
  return (
    above(session.pain_next_morning, session.pain_before) ||
    above(session.numbness_next_morning, session.numbness_before)
  );
}
