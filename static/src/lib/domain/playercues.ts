/**
 * What a person who cannot see the screen is told, and when: words (spoken in their language by the player's browser
 * side), tones and vibrations. Pure: decides, and makes no sound.
 */
import type { HoldSide, Plan, Step } from './playerplan.ts';

export type Cue =
  | { kind: 'ready'; name: string; first_step: string; side: HoldSide; first: boolean }
  | { kind: 'hold'; seconds: number; side: HoldSide; repetition: number; repetitions: number }
  | { kind: 'move'; side: HoldSide; repetition: number; repetitions: number }
  | { kind: 'halfway' }
  | { kind: 'tick'; seconds: number }
  | { kind: 'change'; side: HoldSide }
  | { kind: 'rest'; seconds: number; side: HoldSide }
  | { kind: 'finished' };

export interface TimedCue {
  /** Milliseconds into the step. */
  at: number;
  cue: Cue;
}

/** Shorter holds have no halfway: it would fall among the last ticks. */
const HALFWAY_FROM_SECONDS = 10;
const TICKS = [3, 2, 1];
const TICKS_FROM_SECONDS = 5;

/** All cues of one step in order. `elapsed` matters only to a step announced late: it is told the time left. */
export function cuesOf(plan: Plan, index: number, elapsed = 0): TimedCue[] {
  const step = plan.steps[index];
  if (!step) return [];
  const cues: TimedCue[] = [{ at: 0, cue: opening(plan, step, index, Math.ceil(step.seconds - elapsed / 1000)) }];
  if (step.kind === 'hold' && step.seconds >= HALFWAY_FROM_SECONDS)
    cues.push({ at: step.seconds * 500, cue: { kind: 'halfway' } });
  if (step.seconds >= TICKS_FROM_SECONDS)
    for (const seconds of TICKS) cues.push({ at: (step.seconds - seconds) * 1000, cue: { kind: 'tick', seconds } });
  return cues;
}

function opening(plan: Plan, step: Step, index: number, left: number): Cue {
  const item = plan.items[step.item];
  const { side, repetition } = step;
  const repetitions = item?.dose.repetitions ?? 1;
  switch (step.kind) {
    case 'ready':
      return { kind: 'ready', name: item?.name ?? '', first_step: item?.first_step ?? '', side, first: index === 0 };
    case 'hold':
      return { kind: 'hold', seconds: left, side, repetition, repetitions };
    case 'move':
      return { kind: 'move', side, repetition, repetitions };
    case 'change':
      return { kind: 'change', side };
    case 'rest':
      return { kind: 'rest', seconds: left, side };
  }
}

export interface Note {
  /** Hertz, and milliseconds. */
  pitch: number;
  length: number;
}

/** Told apart without words: up means begin, down means let go, two equal notes mean the other side. */
export const TONES: Record<Cue['kind'], Note[]> = {
  ready: [{ pitch: 440, length: 160 }],
  hold: [{ pitch: 523, length: 120 }, { pitch: 784, length: 260 }],
  move: [{ pitch: 659, length: 120 }],
  halfway: [{ pitch: 659, length: 200 }],
  tick: [{ pitch: 587, length: 70 }],
  change: [{ pitch: 523, length: 140 }, { pitch: 523, length: 140 }],
  rest: [{ pitch: 659, length: 140 }, { pitch: 440, length: 300 }],
  finished: [{ pitch: 523, length: 160 }, { pitch: 659, length: 160 }, { pitch: 784, length: 420 }]
};

/** Milliseconds on, off, on ... */
export const VIBRATIONS: Record<Cue['kind'], number[]> = {
  ready: [80],
  hold: [220],
  move: [60],
  halfway: [60, 80, 60],
  tick: [30],
  change: [140, 120, 140],
  rest: [400],
  finished: [200, 120, 200, 120, 400]
};

export interface CueSettings {
  voice: boolean;
  tones: boolean;
  vibration: boolean;
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
  const on = (key: 'voice' | 'tones' | 'vibration') =>
    typeof found[key] === 'boolean' ? found[key] : DEFAULT_SETTINGS[key];
  return {
    voice: on('voice'),
    tones: on('tones'),
    vibration: on('vibration'),
    ready_seconds: READY_SECONDS.find((one) => one === found.ready_seconds) ?? DEFAULT_SETTINGS.ready_seconds,
    voice_speed: VOICE_SPEEDS.find((one) => one === found.voice_speed) ?? DEFAULT_SETTINGS.voice_speed
  };
}
