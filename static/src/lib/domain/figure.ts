/**
 * A figure is what an exercise file says about movement: key poses in order, each with the time to reach it and to
 * stay. The first key pose is whole; each later one says only what changes. After the last one it begins again. A pose
 * with a stay of 0 is passed by without stopping, a little beside it.
 *
 * How to write one. Everything is in cm: x along the mat, y up from the floor, z to the viewer (before `view` turns
 * him). A person who lies faces up with front [0, 1, 0] and the pelvis at height 10; one who sits on a chair of height
 * 42 has it at 52, one who stands at about 91 with the ankles at 8. `knee` and `elbow` are the ways those joints point,
 * `toe` and `hand` those of foot and fingers. Ankle and wrist are places: a point of the room (the floor, the seat, the
 * table: hands lie about 3 above it, palms down), or a place on the person ({on, along, front, right}), which they keep
 * when it moves. `chest.round` bends the back between the joints. Furniture stands still (`props`), straps and bands
 * follow the person. `python tools/contact_sheet.py SLUG` shows the result.
 */
import { solve } from '#lib/domain/skeleton.ts';
import type { Body, BodySide, Facing, Limbs, Place, Pose, Vec } from '#lib/domain/skeleton.ts';

export type { Body, BodySide, Vec } from '#lib/domain/skeleton.ts';

export const PHASES = ['start', 'move', 'hold', 'return'] as const;
export type Phase = (typeof PHASES)[number];

export const SPOTS = [
  'low-back', 'buttock', 'back-of-thigh', 'outer-hip', 'front-of-hip', 'calf', 'inner-thigh', 'front-of-thigh',
  'outer-thigh', 'belly', 'between-shoulders', 'whole-leg'
] as const;
export type Spot = (typeof SPOTS)[number];

/**
 * Things in the room. `at` is the middle of their underside (for a pillow also a place on the person), `front` where
 * they face, `size` their depth (along `front`), height and width. The height of a chair is that of its seat, of a
 * table and a rail that of the top; a roll lies across `front`. A chair has a back (`back: false`: a stool) and, with `arms`,
 * armrests 21 above the seat.
 */
export const SOLIDS = ['chair', 'box', 'table', 'rail', 'wall', 'pillow', 'roll'] as const;
export interface Solid {
  kind: (typeof SOLIDS)[number];
  at: Place;
  size: Vec;
  front: Vec;
  back?: boolean;
  arms?: boolean;
}

/** What a strap goes round, and which hands hold it. */
export interface Strap {
  kind: 'strap';
  round: `${BodySide}.${'foot' | 'shin' | 'thigh'}`;
  /** How far along the thigh or the shin (0-1). */
  along?: number;
  hands: BodySide[];
}

/** A band round both legs at the same height. */
export interface Band {
  kind: 'band';
  round: 'thighs' | 'shins';
  along: number;
}
export type Prop = Solid | Strap | Band;

type Change = {
  pelvis?: Partial<Facing & { at: Vec }>;
  chest?: Partial<Facing & { round: number }>;
  head?: Partial<Facing>;
} & {
  [side in BodySide]?: Partial<Limbs>;
};

export interface KeyPose {
  phase: Phase;
  /** Seconds to move here from the pose before, and then to stay. */
  move: number;
  stay: number;
  /** Seconds before and after a pose without a stay in which the movement cuts past it; left out: as many as suit it. */
  corner?: number;
  /** Which sentence of the steps this pose shows, from 0. Poses with one are the still frames. */
  step?: number;
  pose: Change;
}

export interface FigureData {
  /** The side that the poses are written for; the other side is their mirror image. */
  side: BodySide;
  /** Where one looks from, in degrees: round to the feet end, and down from above. */
  view: { yaw: number; pitch: number };
  /** What lies below: a mat (when left out) for those who lie, sit or kneel on it, or the open floor. */
  ground?: 'mat' | 'floor';
  props?: Prop[];
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

/**
 * Slow away, slow in: people do not jerk into a stretch. `away` and `into` are the speeds at the ends: 0 at a stay, 1
 * where the movement goes on.
 */
const ease = (t: number, away: number, into: number): number =>
  t * ((t - 1) * (t - 1) * away + t * (3 - 2 * t) + t * (t - 1) * into);

/** The key poses that a point of the cycle (0-1, beyond it goes round again) lies between, and how far along. */
function between(figure: FigureData, phase: number): { here: number; there: number; t: number } {
  const at = phase - Math.floor(phase);
  const frames = keyframes(figure);
  const here = Math.max(0, frames.findLastIndex((frame) => frame.from <= at));
  const there = (here + 1) % frames.length;
  const left = frames[here]?.until ?? 1;
  const arrival = there === 0 ? 1 : (frames[there]?.from ?? 1);
  const [away, into] = [here, there].map((index) => (figure.keys[index]?.stay ? 0 : 1)) as [number, number];
  return { here, there, t: at <= left ? 0 : ease((at - left) / (arrival - left), away, into) };
}

/** For how many seconds before and after a pose that is only passed through the movement cuts the corner. */
export function corner(figure: FigureData, index: number): number {
  const [key, next] = [figure.keys[index], figure.keys[(index + 1) % figure.keys.length]];
  if (!key || !next || key.stay > 0) return 0;
  return key.corner ?? Math.min(0.3, 0.45 * key.move, 0.45 * next.move);
}

/** How much of which key poses makes up a point of the cycle. */
function weights(figure: FigureData, phase: number): (readonly [index: number, weight: number])[] {
  const seconds = duration(figure);
  const frames = keyframes(figure);
  for (const [index, { from }] of frames.entries()) {
    const half = corner(figure, index) / seconds;
    const late = phase - from - Math.round(phase - from);
    if (half === 0 || Math.abs(late) >= half) continue;
    // A curve (quadratic Bezier) from the way in to the way out, instead of a kink.
    const u = (late + half) / (2 * half);
    const [before, after] = [between(figure, from - half), between(figure, from + half)];
    return [
      [before.here, (1 - u) ** 2 * (1 - before.t)],
      [index, (1 - u) ** 2 * before.t + 2 * u * (1 - u) + u ** 2 * (1 - after.t)],
      [after.there, u ** 2 * after.t]
    ];
  }
  const { here, there, t } = between(figure, phase);
  return [[here, 1 - t], [there, t]];
}

/** Where the body is at a point of the cycle. */
export function pose(figure: FigureData, phase: number): Body {
  const whole = poses(figure);
  return solve(
    weights(figure, phase).map(([index, weight]) => {
      const one = whole[index];
      if (!one) throw new Error('A figure needs a pose to start from');
      return [one, weight];
    })
  );
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
