/**
 * A figure is what an exercise file says about movement: key poses in order, each with the time to reach it and to
 * stay. The first key pose is whole; each later one says only what changes. After the last one it begins again.
 */
import { solve, type Body, type BodySide, type Facing, type Limbs, type Pose, type Vec } from '#lib/domain/skeleton.ts';

export type { Body, BodySide, Vec } from '#lib/domain/skeleton.ts';

export const PHASES = ['start', 'move', 'hold', 'return'] as const;
export type Phase = (typeof PHASES)[number];

export const SPOTS = ['low-back', 'buttock', 'back-of-thigh', 'outer-hip', 'front-of-hip'] as const;
export type Spot = (typeof SPOTS)[number];

type Change = { pelvis?: Partial<Facing & { at: Vec }>; chest?: Partial<Facing>; head?: Partial<Facing> } & {
  [side in BodySide]?: Partial<Limbs>;
};

export interface KeyPose {
  phase: Phase;
  /** Seconds to move here from the pose before, and then to stay. */
  move: number;
  stay: number;
  /** Which sentence of the steps this pose shows, from 0. Poses with one are the still frames. */
  step?: number;
  pose: Change;
}

export interface FigureData {
  /** The side that the poses are written for; the other side is their mirror image. */
  side: BodySide;
  /** Where one looks from, in degrees: round to the feet end, and down from above. */
  view: { yaw: number; pitch: number };
  /** What is felt to stretch or work, on which side of the body. */
  stretch: { spot: Spot; side: BodySide }[];
  keys: KeyPose[];
}

export interface Keyframe {
  phase: Phase;
  /** The stretch of the cycle (0-1) in which the pose is held still. */
  from: number;
  until: number;
  step: number | null;
}

export interface Still {
  phase: Phase;
  at: number;
  step: number;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The figure of an exercise, or null when the file (of a newer version, say) has none that can be drawn. */
export function readFigure(value: unknown): FigureData | null {
  if (!isRecord(value) || !Array.isArray(value.keys) || value.keys.length === 0 || !isRecord(value.view)) return null;
  return value as unknown as FigureData;
}

const wholePoses = new WeakMap<FigureData, Pose[]>();

function poses(figure: FigureData): Pose[] {
  const known = wholePoses.get(figure);
  if (known) return known;
  const whole: Pose[] = [];
  for (const { pose } of figure.keys) {
    const last: Change = whole.at(-1) ?? {};
    const parts = ['pelvis', 'chest', 'head', 'left', 'right'] as const;
    whole.push(Object.fromEntries(parts.map((part) => [part, { ...last[part], ...pose[part] }])) as unknown as Pose);
  }
  wholePoses.set(figure, whole);
  return whole;
}

/** Seconds of one whole cycle. */
export function duration(figure: FigureData): number {
  return figure.keys.reduce((sum, key) => sum + key.move + key.stay, 0);
}

/**
 * When in the cycle each key pose is held. The cycle starts with the stay in the first pose; the first pose's
 * `move` is the way back to it from the last one.
 */
export function keyframes(figure: FigureData): Keyframe[] {
  const whole = duration(figure);
  let clock = -(figure.keys[0]?.move ?? 0);
  return figure.keys.map(({ phase, move, stay, step }) => {
    const from = clock + move;
    clock = from + stay;
    return { phase, from: from / whole, until: clock / whole, step: step ?? null };
  });
}

const strengthOf = (phase: Phase | undefined): number => (phase === 'hold' ? 1 : 0);

/** Slow away, slow in: people do not jerk into a stretch. */
const ease = (t: number): number => t * t * (3 - 2 * t);

/** The key poses that a point of the cycle (0-1, beyond it goes round again) lies between, and how far along. */
function between(figure: FigureData, phase: number): { here: number; there: number; t: number } {
  const at = phase - Math.floor(phase);
  const frames = keyframes(figure);
  const here = Math.max(0, frames.findLastIndex((frame) => frame.from <= at));
  const there = (here + 1) % frames.length;
  const left = frames[here]?.until ?? 1;
  const arrival = there === 0 ? 1 : (frames[there]?.from ?? 1);
  return { here, there, t: at <= left ? 0 : ease((at - left) / (arrival - left)) };
}

/** Where the body is at a point of the cycle. */
export function pose(figure: FigureData, phase: number): Body {
  const { here, there, t } = between(figure, phase);
  const whole = poses(figure);
  const [from, to] = [whole[here], whole[there]];
  if (!from || !to) throw new Error('A figure needs a pose to start from');
  return solve(from, to, t);
}

/** How far into the stretch or the effort the person is, 0-1. */
export function effort(figure: FigureData, phase: number): number {
  const { here, there, t } = between(figure, phase);
  const [from, to] = [strengthOf(figure.keys[here]?.phase), strengthOf(figure.keys[there]?.phase)];
  return from + (to - from) * t;
}

/** The point of the cycle in which to freeze: the middle of the last stay in that phase (or in the first pose). */
export function momentOf(figure: FigureData, phase: Phase): number {
  const frame = keyframes(figure).findLast((one) => one.phase === phase);
  return frame ? (frame.from + frame.until) / 2 : 0;
}

/** The key poses worth printing, in order, each with the step that it shows. */
export function stills(figure: FigureData): Still[] {
  return keyframes(figure).flatMap(({ phase, from, until, step }) =>
    step === null ? [] : [{ phase, at: (from + until) / 2, step }]
  );
}

/** Whether the image has to be turned round to show this side. */
export const mirrored = (figure: FigureData, side: BodySide): boolean => side !== figure.side;
