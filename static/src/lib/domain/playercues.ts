/**
 * What a person who cannot see the screen is told, and when. Pure: decides, and makes no sound. The words are in
 * components/player/spoken.ts, the sounds of each cue in playertones.ts.
 */
import type { HoldSide, Plan, Step } from './playerplan.ts';
import { isWork } from './playerplan.ts';
import { aimOf, stepAfter, stepBefore, type Route } from './playerroute.ts';
import { tempoOf } from './playertimeline.ts';

/** Where a superset stands: counted from 1. */
export interface Round {
  round: number;
  rounds: number;
}

/** A set that begins: its number, and how many there are; null where it goes without saying. */
type NewSet = { set: number; sets: number } | null;

export type Cue =
  | { kind: 'ready'; name: string; first_step: string; side: HoldSide; first: boolean; round: Round | null }
  | { kind: 'hold'; seconds: number; side: HoldSide; repetition: number; repetitions: number; new_set: NewSet }
  /** A hold that is spent moving. */
  | { kind: 'go'; seconds: number }
  /** Seconds of the way out, when there is a tempo. */
  | { kind: 'move'; side: HoldSide; repetition: number; repetitions: number; new_set: NewSet; out: number | null }
  /** The way back of a repetition with a tempo, and its seconds. */
  | { kind: 'return'; back: number }
  /** Seconds left, where they are many. */
  | { kind: 'halfway'; seconds: number | null }
  | { kind: 'tick'; seconds: number }
  | { kind: 'change'; side: HoldSide }
  /** What the rest leads to: another exercise of the superset, a new set, the last repetition, or just the next. */
  | { kind: 'rest'; seconds: number; side: HoldSide; name: string | null; new_set: NewSet; last: boolean }
  | { kind: 'finished' };

export interface TimedCue {
  /** Milliseconds into the step. */
  at: number;
  cue: Cue;
  /** Milliseconds until the next cue with words to it: what is said has to fit. */
  room: number;
}

/** Shorter holds have no halfway: it would fall among the last ticks. */
const HALFWAY_FROM_SECONDS = 10;
const TICKS = [3, 2, 1];
const TICKS_FROM_SECONDS = 5;

/** All cues of one step in order. `elapsed` matters only to a step announced late: it is told the time left. */
export function cuesOf(route: Route, index: number, elapsed = 0): TimedCue[] {
  const step = route.plan.steps[index];
  if (!step) return [];
  const cues = [{ at: 0, cue: opening(route, step, index, Math.ceil(step.seconds - elapsed / 1000)) }, ...within(route.plan, step)];
  return cues.map(({ at, cue }, place) => {
    const next = cues.slice(place + 1).find((one) => one.cue.kind !== 'tick');
    return { at, cue, room: (next?.at ?? step.seconds * 1000) - Math.max(at, elapsed) };
  });
}

function within({ items }: Plan, step: Step): { at: number; cue: Cue }[] {
  const item = items[step.item];
  // A repetition that is counted out needs no counting down.
  if (step.kind === 'move') {
    const tempo = item && tempoOf(item.dose);
    const at = tempo ? (tempo.out + tempo.turn) * 1000 : 0;
    return tempo && tempo.back > 0 && at > 0 ? [{ at, cue: { kind: 'return', back: tempo.back } }] : [];
  }
  const cues: { at: number; cue: Cue }[] = [];
  if (step.kind === 'hold' && step.seconds >= HALFWAY_FROM_SECONDS) {
    const seconds = item?.continuous ? Math.round(step.seconds / 2) : null;
    cues.push({ at: step.seconds * 500, cue: { kind: 'halfway', seconds } });
  }
  if (step.seconds >= TICKS_FROM_SECONDS)
    for (const seconds of TICKS) cues.push({ at: (step.seconds - seconds) * 1000, cue: { kind: 'tick', seconds } });
  return cues;
}

/** The round that a step belongs to; null outside a superset. */
export function roundOf({ items }: Plan, step: Step): Round | null {
  const group = items[step.item]?.superset ?? null;
  if (group === null) return null;
  // Another superset may bear the same number further on: only neighbours belong together.
  let [first, last] = [step.item, step.item];
  while (items[first - 1]?.superset === group) first -= 1;
  while (items[last + 1]?.superset === group) last += 1;
  const rounds = Math.max(...items.slice(first, last + 1).filter((one) => !one.eased_from).map((one) => one.dose.sets), step.set);
  return { round: step.set, rounds };
}

/** A set other than the first begins with this step, and is not the round of a superset. */
function newSet(route: Route, step: Step, index: number): NewSet {
  const item = route.plan.items[step.item];
  const before = route.plan.steps[stepBefore(route, index)];
  if (!item || item.superset !== null || before?.item !== step.item || before.set === step.set) return null;
  return { set: step.set, sets: item.dose.sets };
}

function opening(route: Route, step: Step, index: number, left: number): Cue {
  const item = route.plan.items[(aimOf(route, index) ?? step).item];
  const { side, repetition } = step;
  const repetitions = item?.dose.repetitions ?? 1;
  switch (step.kind) {
    case 'ready': {
      const round = roundOf(route.plan, step);
      return {
        kind: 'ready',
        name: item?.name ?? '',
        first_step: item?.first_step ?? '',
        side,
        first: index === 0,
        round
      };
    }
    case 'hold':
      if (item?.continuous) return { kind: 'go', seconds: left };
      return { kind: 'hold', seconds: left, side, repetition, repetitions, new_set: newSet(route, step, index) };
    case 'move': {
      const out = (item && tempoOf(item.dose)?.out) ?? null;
      return { kind: 'move', side, repetition, repetitions, new_set: newSet(route, step, index), out };
    }
    case 'change':
      return { kind: 'change', side };
    case 'rest': {
      const name = step.round_rest ? (item?.name ?? null) : null;
      const last = !step.round_rest && isLast(route, index);
      return { kind: 'rest', seconds: left, side, name, new_set: newSet(route, step, index), last };
    }
  }
}

/** Does this rest lead to the last repetition of its exercise? */
function isLast(route: Route, rest: number): boolean {
  const { steps } = route.plan;
  const next = steps[stepAfter(route, rest)];
  if (!next) return false;
  const again = (step: Step) => step.item === next.item && isWork(step);
  return !steps.slice(rest + 1).some((step) => again(step) && (step.set !== next.set || step.repetition !== next.repetition));
}

export interface CueSettings {
  voice: boolean;
  tones: boolean;
  vibration: boolean;
  /** The person's own music goes on, and is lowered for each cue; in return there is no session on the lock screen. */
  music: boolean;
  ready_seconds: number;
  /** The rate of speech; 1 is the voice's own. */
  voice_speed: number;
}
export const READY_SECONDS = [10, 15, 20, 30] as const;
export const VOICE_SPEEDS = [0.8, 1, 1.2] as const;
export const DEFAULT_SETTINGS: CueSettings = {
  voice: true,
  tones: true,
  vibration: true,
  music: false,
  ready_seconds: 15,
  voice_speed: 1
};

/** Reads what an older version, or somebody's hand, has left in the store; anything unknown becomes the default. */
export function readSettings(stored: string | null): CueSettings {
  let found: Record<string, unknown> = {};
  try {
    const parsed: unknown = JSON.parse(stored ?? '{}');
    if (parsed && typeof parsed === 'object') found = parsed as Record<string, unknown>;
  } catch {
    // Not JSON: as if nothing were stored.
  }
  const on = (key: 'voice' | 'tones' | 'vibration' | 'music') =>
    typeof found[key] === 'boolean' ? found[key] : DEFAULT_SETTINGS[key];
  return {
    voice: on('voice'),
    tones: on('tones'),
    vibration: on('vibration'),
    music: on('music'),
    ready_seconds: READY_SECONDS.find((one) => one === found.ready_seconds) ?? DEFAULT_SETTINGS.ready_seconds,
    voice_speed: VOICE_SPEEDS.find((one) => one === found.voice_speed) ?? DEFAULT_SETTINGS.voice_speed
  };
}
