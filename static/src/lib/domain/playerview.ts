/** What a screen shows of the player at a moment. */
import { settle, type PlayerState } from './player.ts';
import { roundOf, type Round } from './playercues.ts';
import type { HoldSide, PlanItem, Step, StepKind } from './playerplan.ts';
import { aimOf, isOpen, leftBefore, stepAfter } from './playerroute.ts';
import { tempoOf } from './playertimeline.ts';
import type { SkipReason } from './types.ts';

export interface View {
  status: PlayerState['status'];
  interrupted: boolean;
  phase: StepKind | 'finished';
  seconds_left: number;
  /** How much of the step has passed, 0-1. */
  progress: number;
  /** How much of the whole routine lies behind, 0-1. */
  overall: number;
  /** In a rest between the rounds of a superset, the exercise that comes next. */
  item: PlanItem | null;
  /** Its place among the items of the plan, from 0, as in `Hurt.item`; -1 at the end. */
  index: number;
  /** Counted from 1, and with an easier form in the place of the one that it stands for. */
  item_number: number;
  items: number;
  /** Null outside a superset. */
  round: Round | null;
  set: number;
  repetition: number;
  side: HoldSide;
  /** The way of a repetition with a tempo; null without one, and in every other phase. */
  way: 'out' | 'turn' | 'back' | null;
  /** The next exercise, another than this; in a superset one that comes round again. */
  next: PlanItem | null;
  /** The step that follows, within the exercise or not. */
  then: Step | null;
  /** Before an exercise: why the one before it was left. */
  left_for: SkipReason | null;
  routine_seconds_left: number;
}

const lengthOf = (step: Step) => step.seconds * 1000;

/** Asking changes nothing. */
export function view(state: PlayerState, now: number): View {
  const settled = settle(state, now);
  const { plan, step: at, elapsed, status, interrupted } = settled;
  const step = status === 'ended' ? undefined : plan.steps[at];
  const index = (step && aimOf(settled, at)?.item) ?? -1;
  const left = step ? timeLeft(settled) : 0;
  const behind = timeBehind(settled);
  return {
    status,
    interrupted,
    phase: step?.kind ?? 'finished',
    seconds_left: step ? Math.ceil((lengthOf(step) - elapsed) / 1000) : 0,
    progress: step ? elapsed / lengthOf(step) : 1,
    overall: left > 0 ? behind / (behind + left) : 1,
    item: plan.items[index] ?? plan.items.at(-1) ?? null,
    index,
    ...numbering(settled, index),
    round: step ? roundOf(plan, step) : null,
    set: step?.set ?? 0,
    repetition: step?.repetition ?? 0,
    side: step?.side ?? null,
    way: step ? wayOf(settled, step) : null,
    next: step ? nextItem(settled, index) : null,
    then: step ? (plan.steps[stepAfter(settled, at)] ?? null) : null,
    left_for: step?.kind === 'ready' ? (leftBefore(settled, at)?.skip.reason ?? null) : null,
    routine_seconds_left: Math.ceil(left / 1000)
  };
}

function timeLeft(state: PlayerState): number {
  const ahead = state.plan.steps.filter((_, index) => index >= state.step && isOpen(state, index));
  return ahead.reduce((sum, step) => sum + lengthOf(step), 0) - state.elapsed;
}

/** Steps that were left out count as behind, too: progress never goes back. */
function timeBehind({ plan, step, elapsed }: PlayerState): number {
  return plan.steps.slice(0, step).reduce((sum, one) => sum + lengthOf(one), 0) + elapsed;
}

function numbering({ plan, skips }: PlayerState, index: number): { item_number: number; items: number } {
  const counted = plan.items.map((_, item) => !skips[item]?.eased);
  const upTo = (end: number) => counted.slice(0, end).filter(Boolean).length;
  const items = upTo(plan.items.length);
  return { items, item_number: index < 0 ? items : upTo(index + 1) };
}

function nextItem(state: PlayerState, index: number): PlanItem | null {
  const { steps, items } = state.plan;
  for (let step = stepAfter(state, state.step); step < steps.length; step = stepAfter(state, step)) {
    const item = aimOf(state, step)?.item;
    if (item !== undefined && item !== index) return items[item] ?? null;
  }
  return null;
}

function wayOf({ plan, elapsed }: PlayerState, { kind, item }: Step): View['way'] {
  const dose = plan.items[item]?.dose;
  const tempo = kind === 'move' && dose ? tempoOf(dose) : null;
  if (!tempo) return null;
  if (elapsed < tempo.out * 1000) return 'out';
  return elapsed < (tempo.out + tempo.turn) * 1000 ? 'turn' : 'back';
}
