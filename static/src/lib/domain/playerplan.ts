/**
 * The timeline of a guided routine: what happens, for how long, in which order. Pure and plain, so that a running
 * player can be written to the phone's store and read back after a reload.
 */
import type { Dose, Exercise, RoutineItem } from './types.ts';

export type HoldSide = 'left' | 'right' | null;

/**
 * ready: the exercise is announced, there is time to get into position.
 * hold: a timed hold. move: one repetition without a hold, at a calm pace.
 * change: time to swap legs. rest: let go, until the next repetition.
 */
export type StepKind = 'ready' | 'hold' | 'move' | 'change' | 'rest';

export interface Step {
  kind: StepKind;
  item: number;
  /** Counted from 1, within the item. */
  set: number;
  repetition: number;
  side: HoldSide;
  seconds: number;
}

export interface PlanItem {
  exercise: string;
  name: string;
  first_step: string;
  dose: Dose;
}

export interface Plan {
  routine: string | null;
  routine_name: string;
  items: PlanItem[];
  steps: Step[];
}

export interface Pace {
  /** Time to get into position before every exercise. */
  ready: number;
  change: number;
  /** One repetition of an exercise that is not held. */
  move: number;
}
export const CALM_PACE: Pace = { ready: 15, change: 6, move: 4 };

/** From this hold on, a repetition is long enough to swap legs after it; shorter ones finish a side first. */
const LONG_HOLD_SECONDS = 10;

export const isWork = (step: Step) => step.kind === 'hold' || step.kind === 'move';

interface Slot {
  set: number;
  repetition: number;
  side: HoldSide;
}

/** The repetitions of one exercise in the order in which they are done. */
function slotsOf(dose: Dose, swapEachTime: boolean): Slot[] {
  const sides: HoldSide[] =
    dose.sides === 'both' ? ['left', 'right'] : dose.sides === 'none' ? [null] : [dose.sides];
  const slots: Slot[] = [];
  for (let set = 1; set <= dose.sets; set++) {
    const repetitions = Array.from({ length: dose.repetitions }, (_, index) => index + 1);
    slots.push(
      ...(swapEachTime
        ? repetitions.flatMap((repetition) => sides.map((side) => ({ set, repetition, side })))
        : sides.flatMap((side) => repetitions.map((repetition) => ({ set, repetition, side }))))
    );
  }
  return slots;
}

/** What leads from one repetition to the next; null when they follow on directly. */
function leadTo(slot: Slot, before: Slot | null, dose: Dose, swapEachTime: boolean, pace: Pace) {
  if (!before) return { kind: 'ready', seconds: pace.ready } as const;
  const otherSide = before.side !== slot.side;
  const sameRound = before.set === slot.set && (!swapEachTime || before.repetition === slot.repetition);
  if (otherSide && sameRound) return { kind: 'change', seconds: pace.change } as const;
  const restsHere = dose.hold_seconds > 0 || before.set !== slot.set;
  if (restsHere && dose.rest_seconds > 0) return { kind: 'rest', seconds: dose.rest_seconds } as const;
  return otherSide ? ({ kind: 'change', seconds: pace.change } as const) : null;
}

function stepsOf(item: number, dose: Dose, swapEachTime: boolean, pace: Pace): Step[] {
  const work =
    dose.hold_seconds > 0
      ? ({ kind: 'hold', seconds: dose.hold_seconds } as const)
      : ({ kind: 'move', seconds: pace.move } as const);
  const steps: Step[] = [];
  let before: Slot | null = null;
  for (const slot of slotsOf(dose, swapEachTime)) {
    const lead = leadTo(slot, before, dose, swapEachTime, pace);
    if (lead) steps.push({ item, ...slot, ...lead });
    steps.push({ item, ...slot, ...work });
    before = slot;
  }
  return steps;
}

/** A step that leads to a repetition (ready, change, rest) carries that repetition's set, number and side. */
export function buildPlan(
  routine: { id: string | null; name: string; items: RoutineItem[] },
  exercises: readonly Exercise[],
  pace: Pace = CALM_PACE
): Plan {
  const plan: Plan = { routine: routine.id, routine_name: routine.name, items: [], steps: [] };
  for (const { exercise: slug, ...dose } of routine.items) {
    const exercise = exercises.find((one) => one.slug === slug);
    const prescribed: Dose = {
      sets: dose.sets,
      repetitions: dose.repetitions,
      hold_seconds: dose.hold_seconds,
      rest_seconds: dose.rest_seconds,
      sides: dose.sides
    };
    // Rolling over after every repetition would be worse than the exercise.
    const swapEachTime = dose.hold_seconds >= LONG_HOLD_SECONDS && exercise?.position !== 'side';
    const steps = stepsOf(plan.items.length, prescribed, swapEachTime, pace);
    plan.items.push({
      exercise: slug,
      name: exercise?.name ?? slug,
      first_step: exercise?.steps[0] ?? '',
      dose: prescribed
    });
    plan.steps.push(...steps);
  }
  return plan;
}

/** How long a routine takes when nothing is paused or skipped, in seconds. */
export function planSeconds(plan: Plan): number {
  return plan.steps.reduce((sum, step) => sum + step.seconds, 0);
}
