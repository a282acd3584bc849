/** "This hurts": what is noted of it, and the easier form that takes the place of the rest of an exercise. */
import { formDose } from './formdose.ts';
import { settle, skip, underWay, type HurtNote, type PlayerState } from './player.ts';
import { LONG_HOLD_SECONDS, isWork, type HoldSide, type Plan, type PlanItem, type Step } from './playerplan.ts';
import { aimOf, stepAfter, type Skip } from './playerroute.ts';
import { stepsOf } from './playertimeline.ts';
import type { SkipReason } from './types.ts';

/** What a session can carry. */
const MOST_HURTS = 100;
const MOST_ITEMS = 60;

export type HurtAnswer = Omit<HurtNote, 'item' | 'at'>;

/** Notes the answer, and the verdict on it (painrule.ts), for the exercise of that moment. What follows is not done here. */
export function hurt(state: PlayerState, now: number, answer: HurtAnswer): PlayerState {
  const settled = settle(state, now);
  const item = aimOf(settled, settled.step)?.item;
  if (!underWay(settled) || item === undefined || settled.hurts.length >= MOST_HURTS) return settled;
  return { ...settled, hurts: [...settled.hurts, { ...answer, item, at: now }] };
}

/**
 * Puts the easier form (`planItem` of its exercise, as the catalogue doses it) in place of what is left of the exercise of that
 * moment: the set that was begun is begun anew, on the side that is not done yet, and sets that are done are not done
 * again. The harder form stays in the record with the reason; the easier one becomes an item of its own after it. Where
 * a session can carry no more items, the exercise is left out.
 */
export function ease(state: PlayerState, now: number, easier: PlanItem, reason: SkipReason = 'pain'): PlayerState {
  const settled = settle(state, now);
  const step = aimOf(settled, settled.step);
  if (!underWay(settled) || !step) return settled;
  if (settled.plan.items.length >= MOST_ITEMS) return skip(settled, now, reason);
  const rest = restOf(settled, step);
  const item: PlanItem = { ...restDose(easier, rest), superset: rest.item.superset, eased_from: rest.item.exercise };
  const { plan, places } = withInstead(settled.plan, step, item, rest);
  const left: Skip = { reason, at: places[settled.step]!, eased: true };
  const skips = settled.skips.map((one) => one && { ...one, at: places[one.at]! });
  skips.splice(step.item, 1, left, null);
  const held = plan.steps.map(() => 0);
  settled.held.forEach((time, index) => (held[places[index]!] = time));
  const hurts = settled.hurts.map((one) => (one.item > step.item ? { ...one, item: one.item + 1 } : one));
  const eased = { ...settled, plan, skips, held, hurts, elapsed: 0, cued: -1 };
  return { ...eased, step: stepAfter(eased, left.at) };
}

interface Rest {
  item: PlanItem;
  sets: number;
  /** Of the set that was begun, on the side that it was at. */
  repetitions: number;
  /** The side to begin with, when the other is done. */
  from: HoldSide;
}

function restOf({ plan, step: at }: PlayerState, step: Step): Rest {
  const item = plan.items[step.item]!;
  const ahead = plan.steps.filter((one, index) => index >= at && one.item === step.item && isWork(one));
  // Not counted off the dose: in a superset the sets of an easier form keep the numbers of later rounds.
  const sets = new Set(ahead.map((one) => one.set)).size;
  const left = ahead.filter((one) => one.set === step.set);
  const sides = new Set(left.map((one) => one.side));
  const from = item.dose.sides === 'both' && !item.swaps && sides.size === 1 ? (left[0]?.side ?? null) : null;
  const repetitions = new Set(left.map((one) => one.repetition)).size;
  return { item, sets, repetitions, from };
}

/** The easier form, dosed as the person has it (formdose.ts), but no more of it than was left. */
function restDose(easier: PlanItem, rest: Rest): PlanItem {
  const planned = rest.item.dose;
  const dose = formDose(planned, easier.dose);
  dose.sets = Math.min(dose.sets, rest.sets);
  const alike = easier.dose.hold_seconds > 0 === planned.hold_seconds > 0;
  if (rest.sets === 1 && alike) dose.repetitions = Math.min(dose.repetitions, rest.repetitions);
  if (rest.sets === 1 && rest.from && dose.sides === 'both') dose.sides = rest.from;
  return { ...easier, dose, swaps: easier.swaps && dose.hold_seconds >= LONG_HOLD_SECONDS };
}

/** The plan with the easier form in it, and where each of its old steps has gone. */
function withInstead(plan: Plan, step: Step, item: PlanItem, { from }: Rest): { plan: Plan; places: number[] } {
  const index = step.item + 1;
  const { pace } = plan;
  const old = plan.steps.map((one) => (one.item < index ? one : { ...one, item: one.item + 1 }));
  const sets = Array.from({ length: item.dose.sets }, (_, set) => set + 1);
  // By the old step after which they come.
  const added = new Map<number, Step[]>();
  if (item.superset === null) {
    const after = old.findLastIndex((one) => one.item === step.item);
    added.set(after, stepsOf(index, item, pace, { sets, ready: pace.ready, from }));
  } else {
    // Its sets keep the numbers of the rounds in which they are done.
    for (const round of sets.map((set) => step.set + set - 1)) {
      const after = old.findLastIndex((one) => one.item === step.item && one.set === round);
      const first = round === step.set;
      const part = { sets: [round], ready: first ? pace.ready : pace.again, from: first ? from : null };
      added.set(after, stepsOf(index, item, pace, part));
    }
  }
  const steps: Step[] = [];
  const places = old.map((one, place) => {
    const moved = steps.push(one) - 1;
    steps.push(...(added.get(place) ?? []));
    return moved;
  });
  return { plan: { ...plan, items: plan.items.toSpliced(index, 0, item), steps }, places };
}
