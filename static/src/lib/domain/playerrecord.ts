/** What is kept of a guided routine: the session for the record, and the snapshot that survives a reload. */
import { SNAPSHOT_VERSION, settle, type PlayerState } from './player.ts';
import { CALM_PACE, isWork, type PlanItem } from './playerplan.ts';
import { aimOf, isOpen, type Skip } from './playerroute.ts';
import type { Rating, SessionBody, SessionItem } from './types.ts';

interface Done {
  /** Milliseconds of hold. */
  held: number;
  begun: boolean;
  sets_done: number;
  /** Over all sets, as the dose counts them: one that is done on both sides is one. */
  repetitions_done: number;
  complete: boolean;
}

function doneOf({ plan, held }: PlayerState, item: number): Done {
  const done: Done = { held: 0, begun: false, sets_done: 0, repetitions_done: 0, complete: true };
  const sets = new Set<number>();
  const repetitions = new Set<string>();
  const unfinished = new Set<number | string>();
  plan.steps.forEach((step, index) => {
    if (step.item !== item || !isWork(step)) return;
    const time = held[index] ?? 0;
    const repetition = `${step.set}.${step.repetition}`;
    sets.add(step.set);
    repetitions.add(repetition);
    if (step.kind === 'hold') done.held += time;
    if (time > 0) done.begun = true;
    if (time < step.seconds * 1000) unfinished.add(step.set).add(repetition);
  });
  done.complete = unfinished.size === 0;
  done.sets_done = [...sets].filter((set) => !unfinished.has(set)).length;
  done.repetitions_done = [...repetitions].filter((one) => !unfinished.has(one)).length;
  return done;
}

function itemOf(state: PlayerState, item: number): SessionItem {
  const { exercise, dose, eased_from } = state.plan.items[item]!;
  const { held, begun, sets_done, repetitions_done, complete } = doneOf(state, item);
  const current = aimOf(state, state.step)?.item === item;
  const reason = state.skips[item]?.reason ?? (current ? state.stop_reason : null);
  return {
    exercise,
    prescribed: dose,
    status: complete ? 'done' : begun ? 'partial' : 'skipped',
    // Gone through to the end with steps left out one by one: for no reason that was asked.
    reason: complete ? null : (reason ?? (state.ended === 'completed' ? 'other' : null)),
    sets_done,
    repetitions_done,
    seconds_held: Math.floor(held / 1000),
    eased_from
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
    prescription: settled.plan.prescription?.id ?? null,
    prescription_version: settled.plan.prescription?.version ?? null,
    started_at: stamp(new Date(started)),
    ended_at: stamp(new Date(ended)),
    time_zone,
    ended: settled.ended ?? 'stopped',
    stop_reason: settled.stop_reason,
    items: settled.plan.items.map((_, item) => itemOf(settled, item)),
    hurts: settled.hurts.map((one) => ({ ...one, at: stamp(new Date(one.at)) })),
    pain_before: settled.pain_before,
    numbness_before: settled.numbness_before,
    pain_after: null,
    numbness_after: null,
    pain_next_morning: null,
    numbness_next_morning: null,
    next_morning_declined: false,
    note: ''
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** How many exercises lie wholly behind, by having been done or left; an easier form in place of another is one with it. */
export function itemsBehind(state: PlayerState): number {
  const { plan, skips, step } = state;
  const ahead = new Set(plan.steps.filter((_, index) => index >= step && isOpen(state, index)).map((one) => one.item));
  return plan.items.filter((_, item) => !ahead.has(item) && !skips[item]?.eased).length;
}

/**
 * A stored player, at the moment it is found again. After a short absence it runs on; after a long one it waits,
 * paused, where it was last seen. Null when there is nothing to go on with.
 */
export function restore(stored: unknown, now: number): PlayerState | null {
  if (!isRecord(stored) || !isRecord(stored.plan)) return null;
  if (typeof stored.session !== 'string') return null;
  const { steps, items } = stored.plan;
  if (!Array.isArray(steps) || !Array.isArray(items)) return null;
  if (!Array.isArray(stored.held) || stored.held.length !== steps.length) return null;
  if (!Array.isArray(stored.skips) || stored.skips.length !== items.length) return null;
  if (![stored.step, stored.elapsed, stored.seen].every(Number.isFinite)) return null;
  if (stored.version !== SNAPSHOT_VERSION && stored.version !== 1) return null;
  const state = stored.version === 1 ? fromVersion1(stored as unknown as Version1) : (stored as unknown as PlayerState);
  if (state.status === 'waiting') return null;
  return settle(state, now);
}

type Version1 = Omit<PlayerState, 'version' | 'skips' | 'hurts' | 'plan'> & {
  plan: Omit<PlayerState['plan'], 'items' | 'pace' | 'prescription'> & {
    items: Pick<PlanItem, 'exercise' | 'name' | 'first_step' | 'dose'>[];
  };
  skips: (Pick<Skip, 'reason' | 'at'> | null)[];
};

/** The app was updated in the middle of a routine: version 1 knew no supersets, no tempo and no easier form. */
function fromVersion1(old: Version1): PlayerState {
  const items = old.plan.items.map((item) => ({
    ...item,
    dose: { ...item.dose, tempo: '' },
    ladder: item.exercise,
    rung: 0,
    continuous: false,
    swaps: true,
    superset: null,
    eased_from: null
  }));
  return {
    ...old,
    version: SNAPSHOT_VERSION,
    plan: { ...old.plan, items, pace: CALM_PACE, prescription: null },
    skips: old.skips.map((skip) => skip && { ...skip, eased: false }),
    hurts: []
  };
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
