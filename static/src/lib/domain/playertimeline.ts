/** The steps of one exercise: its repetitions in the order in which they are done, and what leads from one to the next. */
import type { HoldSide, Pace, PlanItem, Step } from './playerplan.ts';
import type { Dose } from './types.ts';

export interface Tempo {
  /** Seconds. */
  out: number;
  turn: number;
  back: number;
}

/** The tempo of repetitions that are not held; null: none is prescribed, or it cannot be read. */
export function tempoOf({ tempo, hold_seconds }: Pick<Dose, 'tempo' | 'hold_seconds'>): Tempo | null {
  const parts = /^(\d{1,2})-(\d{1,2})-(\d{1,2})$/.exec(tempo);
  if (hold_seconds > 0 || !parts) return null;
  const [out, turn, back] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  return out + turn + back > 0 ? { out, turn, back } : null;
}

interface Slot {
  set: number;
  repetition: number;
  side: HoldSide;
}

interface Part {
  /** Which sets, as they are to be numbered. */
  sets: readonly number[];
  /** Seconds of getting into position before the first repetition; null: something else leads to it. */
  ready: number | null;
  /** The side that the first of the sets begins with, when the other is done already. */
  from?: HoldSide;
}

/** The repetitions in the order in which they are done. */
function slotsOf({ dose, swaps }: PlanItem, { sets, from }: Part): Slot[] {
  const all: HoldSide[] = dose.sides === 'both' ? ['left', 'right'] : dose.sides === 'none' ? [null] : [dose.sides];
  const repetitions = Array.from({ length: dose.repetitions }, (_, index) => index + 1);
  return sets.flatMap((set, index) => {
    const sides = index === 0 && from && all.includes(from) ? all.slice(all.indexOf(from)) : all;
    return swaps
      ? repetitions.flatMap((repetition) => sides.map((side) => ({ set, repetition, side })))
      : sides.flatMap((side) => repetitions.map((repetition) => ({ set, repetition, side })));
  });
}

/** What leads from one repetition to the next; null when they follow on directly. */
function leadTo(slot: Slot, before: Slot, { dose, swaps }: PlanItem, pace: Pace) {
  const otherSide = before.side !== slot.side;
  const sameTurn = before.set === slot.set && (!swaps || before.repetition === slot.repetition);
  if (otherSide && sameTurn) return { kind: 'change', seconds: pace.change } as const;
  const restsHere = dose.hold_seconds > 0 || before.set !== slot.set;
  if (restsHere && dose.rest_seconds > 0) return { kind: 'rest', seconds: dose.rest_seconds } as const;
  return otherSide ? ({ kind: 'change', seconds: pace.change } as const) : null;
}

function workOf({ dose }: PlanItem, pace: Pace) {
  if (dose.hold_seconds > 0) return { kind: 'hold', seconds: dose.hold_seconds } as const;
  const tempo = tempoOf(dose);
  return { kind: 'move', seconds: tempo ? tempo.out + tempo.turn + tempo.back : pace.move } as const;
}

export function stepsOf(index: number, item: PlanItem, pace: Pace, part: Part): Step[] {
  const work = workOf(item, pace);
  const steps: Step[] = [];
  let before: Slot | null = null;
  for (const slot of slotsOf(item, part)) {
    const ready = part.ready === null ? null : ({ kind: 'ready', seconds: part.ready } as const);
    const lead = before ? leadTo(slot, before, item, pace) : ready;
    if (lead) steps.push({ item: index, ...slot, ...lead });
    steps.push({ item: index, ...slot, ...work });
    before = slot;
  }
  return steps;
}
