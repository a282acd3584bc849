/** How each cue sounds and feels. */
import type { Cue } from './playercues.ts';

export interface Note {
  /** Hertz, and milliseconds. */
  pitch: number;
  length: number;
  /** The pitch that it glides to. */
  to?: number;
  /** bell: dies away by itself, warm and soft. beep: short and clear. Without: steady. */
  timbre?: 'bell' | 'beep';
  /** Milliseconds from its beginning to the beginning of the next; without, the next follows when it is over. */
  then?: number;
}

/**
 * Told apart without words: up means begin, down means let go, two equal notes mean the other side. Halfway is one low
 * chime that lingers; the last three seconds are high and short, and the very last is longer.
 */
const TONES: Record<Exclude<Cue['kind'], 'tick'>, Note[]> = {
  ready: [{ pitch: 440, length: 160 }],
  hold: [{ pitch: 523, length: 120 }, { pitch: 784, length: 260 }],
  go: [{ pitch: 523, length: 120 }, { pitch: 784, length: 260 }],
  move: [{ pitch: 659, length: 120 }],
  return: [],
  halfway: [
    { pitch: 392, length: 700, timbre: 'bell', then: 260 },
    { pitch: 330, length: 1100, timbre: 'bell' }
  ],
  change: [{ pitch: 523, length: 140 }, { pitch: 523, length: 140 }],
  rest: [{ pitch: 659, length: 140 }, { pitch: 440, length: 300 }],
  finished: [{ pitch: 523, length: 160 }, { pitch: 659, length: 160 }, { pitch: 784, length: 420 }]
};

/** A glide says which way to move, not how long: it is over before the turn. */
const LONGEST_GLIDE_MS = 700;
const glide = (seconds: number) => Math.min(LONGEST_GLIDE_MS, Math.max(200, seconds * 600));

export function tonesOf(cue: Cue): Note[] {
  switch (cue.kind) {
    case 'tick':
      return [{ pitch: 1319, length: cue.seconds === 1 ? 320 : 70, timbre: 'beep' }];
    case 'move':
      return cue.out ? [{ pitch: 440, to: 660, length: glide(cue.out) }] : TONES.move;
    case 'return':
      return [{ pitch: 660, to: 440, length: glide(cue.back) }];
    default:
      return TONES[cue.kind];
  }
}

const GAP_MS = 50;

/** The notes of a cue, each with the milliseconds from the beginning of the first. */
export function melodyOf(cue: Cue): (Note & { after: number })[] {
  let after = 0;
  return tonesOf(cue).map((note) => {
    const placed = { ...note, after };
    after += note.then ?? note.length + GAP_MS;
    return placed;
  });
}

/** Milliseconds on, off, on ... */
export const VIBRATIONS: Record<Cue['kind'], number[]> = {
  ready: [80],
  hold: [220],
  go: [220],
  move: [60],
  return: [25],
  halfway: [60, 80, 60],
  tick: [30],
  change: [140, 120, 140],
  rest: [400],
  finished: [200, 120, 200, 120, 400]
};
