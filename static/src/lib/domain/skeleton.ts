/**
 * The jointed person behind every exercise figure.
 *
 * Space is right-handed, in centimetres: x runs along the mat, y up from the floor, z towards the viewer. The person
 * is 165 cm tall. A pose says where the pelvis is, which way trunk and head point, and where hands and feet rest;
 * knees and elbows follow from the lengths of the bones. So a foot that stays on the floor does not slide, a hand
 * stays on the knee it holds, and no bone ever changes its length.
 */
export type Vec = readonly [number, number, number];
export type BodySide = 'left' | 'right';
export const BODY_SIDES: readonly BodySide[] = ['left', 'right'];

/** Lengths of the bones. The spine bends at the waist and at the neck. */
export const BONES = {
  loin: 15,
  ribs: 33,
  neck: 15.5,
  thigh: 42,
  shin: 41,
  upperArm: 29,
  forearm: 25,
  hand: 15
} as const;
/** The two bones of a limb, and over how many cm it stretches out softly: little for legs, which stand straight. */
const LEG = [BONES.thigh, BONES.shin, 0.4] as const;
const ARM = [BONES.upperArm, BONES.forearm, 1.4] as const;
const HIP_HALF_WIDTH = 8.5;
const SHOULDER_HALF_WIDTH = 16.5;

/** A frame of direction: `up` towards the head, `front` to where the part faces. Need not be exact: it is squared. */
export interface Facing {
  up: Vec;
  front: Vec;
}

type Bone = 'thigh' | 'shin';
type Core = 'pelvis' | 'chest' | 'head';

/**
 * A place on the same person: how far along the part (0-1, from the hip down a leg, from the pelvis up the trunk and
 * the head; beyond them for a hand that hangs beside), then cm to its front and to the person's right.
 */
export interface Grip {
  on: `${BodySide}.${Bone}` | Core;
  along: number;
  front: number;
  right: number;
}
export type Place = Vec | Grip;

/** `knee` and `elbow` say which way the joint points, `toe` and `hand` which way foot and hand do. */
export interface Limbs {
  ankle: Place;
  knee: Vec;
  toe: Vec;
  wrist: Place;
  elbow: Vec;
  hand: Vec;
}

export interface Pose extends Record<BodySide, Limbs> {
  pelvis: Facing & { at: Vec };
  /** `round` is how many cm the middle of the back bulges out behind (a cat, a slump) or, below 0, sinks in. */
  chest: Facing & { round?: number };
  head: Facing;
}

export interface Leg {
  hip: Vec;
  knee: Vec;
  ankle: Vec;
  heel: Vec;
  ball: Vec;
  toe: Vec;
  /** Where the front of the thigh and of the shin face. */
  front: Vec;
}

export interface Arm {
  shoulder: Vec;
  elbow: Vec;
  wrist: Vec;
  fingers: Vec;
}

/** Where every joint is. */
export interface Body {
  pelvis: Vec;
  waist: Vec;
  chest: Vec;
  neck: Vec;
  head: Vec;
  faces: { pelvis: Facing; chest: Facing; head: Facing };
  round: number;
  legs: Record<BodySide, Leg>;
  arms: Record<BodySide, Arm>;
}

export const add = (a: Vec, b: Vec, times = 1): Vec => [a[0] + b[0] * times, a[1] + b[1] * times, a[2] + b[2] * times];
export const minus = (a: Vec, b: Vec): Vec => add(a, b, -1);
export const dot = (a: Vec, b: Vec): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const cross = (a: Vec, b: Vec): Vec => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0]
];
export const mix = (a: Vec, b: Vec, t: number): Vec => add(a, minus(b, a), t);
export const length = (a: Vec): number => Math.hypot(...a);
export const unit = (a: Vec): Vec => {
  const size = length(a) || 1;
  return [a[0] / size, a[1] / size, a[2] / size];
};
/** The part of `a` square to the unit vector `axis`, as a unit vector. */
export const squared = (a: Vec, axis: Vec): Vec => unit(add(a, axis, -dot(a, axis)));

export const isGrip = (place: Place): place is Grip => 'on' in place;

/** The person's left-hand direction of a part that faces somewhere. */
export const leftOf = ({ up, front }: Facing): Vec => unit(cross(up, front));

/** Poses with how much of each there is; the weights sum to 1. */
export type Blend = readonly (readonly [pose: Pose, weight: number])[];

const blended = (blend: Blend, value: (pose: Pose) => Vec): Vec =>
  blend.reduce<Vec>((sum, [pose, weight]) => add(sum, value(pose), weight), [0, 0, 0]);

function face(blend: Blend, part: Core): Facing {
  const up = unit(blended(blend, (pose) => pose[part].up));
  return { up, front: squared(blended(blend, (pose) => pose[part].front), up) };
}

/**
 * Two bones from `root` towards `goal`, the joint between them pointing to `pole`. Out of reach: stretched out, over the
 * last `soft` cm ever more slowly, for a joint snaps as it becomes straight.
 */
function reach(
  root: Vec,
  goal: Vec,
  pole: Vec,
  [upper, lower, soft]: readonly [upper: number, lower: number, soft: number]
): { joint: Vec; end: Vec; bend: Vec } {
  const towards = minus(goal, root);
  const axis = unit(towards);
  const wanted = Math.max(length(towards), Math.abs(upper - lower) + 4);
  const longest = upper + lower - 0.05;
  const over = wanted - (longest - soft);
  const far = over <= 0 ? wanted : longest - soft * Math.exp(-over / (soft || 1));
  const along = (upper * upper + far * far - lower * lower) / (2 * far);
  const bend = squared(pole, axis);
  const joint = add(add(root, axis, along), bend, Math.sqrt(Math.max(0, upper * upper - along * along)));
  return { joint, end: add(root, axis, far), bend };
}

function leg(hip: Vec, ankleGoal: Vec, knee: Vec, toeGoal: Vec): Leg {
  const { joint, end, bend } = reach(hip, ankleGoal, knee, LEG);
  const toe = unit(toeGoal);
  const down = squared(minus(end, joint), toe);
  const sole = (forward: number, below: number): Vec => add(add(end, toe, forward), down, below);
  return { hip, knee: joint, ankle: end, heel: sole(-4, 3.6), ball: sole(12, 4.8), toe: sole(17, 5.2), front: bend };
}

type Spine = Record<Core, { from: Vec; to: Vec; facing: Facing }>;

/** Where a place on the trunk or on a leg is; legs that are not yet there cannot be held. */
export function gripped(grip: Grip, spine: Spine, legs: Partial<Record<BodySide, Leg>>): Vec {
  const { on, along } = grip;
  const at = (from: Vec, to: Vec, front: Vec, right: Vec): Vec =>
    add(add(mix(from, to, along), front, grip.front), right, grip.right);
  if (on === 'pelvis' || on === 'chest' || on === 'head') {
    const { from, to, facing } = spine[on];
    return at(from, to, facing.front, add([0, 0, 0], leftOf(facing), -1));
  }
  const [side, bone] = on.split('.') as [BodySide, Bone];
  const held = legs[side];
  if (!held) throw new Error(`Nothing to hold at ${on}`);
  const [from, to] = bone === 'thigh' ? [held.hip, held.knee] : [held.knee, held.ankle];
  const axis = unit(minus(to, from));
  const front = squared(held.front, axis);
  return at(from, to, front, cross(axis, front));
}

/** Where the parts of the trunk are, and how they face: what hands may rest on. */
export const spineOf = (body: Pick<Body, 'pelvis' | 'waist' | 'neck' | 'head' | 'faces'>): Spine => ({
  pelvis: { from: body.pelvis, to: body.waist, facing: body.faces.pelvis },
  chest: { from: body.waist, to: body.neck, facing: body.faces.chest },
  head: { from: body.neck, to: body.head, facing: body.faces.head }
});

/** The body between some poses. */
export function solve(blend: Blend): Body {
  const faces = { pelvis: face(blend, 'pelvis'), chest: face(blend, 'chest'), head: face(blend, 'head') };
  const pelvis = blended(blend, (pose) => pose.pelvis.at);
  const waist = add(pelvis, faces.pelvis.up, BONES.loin);
  const neck = add(waist, faces.chest.up, BONES.ribs);
  const head = add(neck, faces.head.up, BONES.neck);
  const spine = spineOf({ pelvis, waist, neck, head, faces });
  const legs: Partial<Record<BodySide, Leg>> = {};
  const between = (side: BodySide, key: 'ankle' | 'wrist'): Vec =>
    blended(blend, ({ [side]: { [key]: place } }) => (isGrip(place) ? gripped(place, spine, legs) : place));
  const aim = (side: BodySide, key: 'knee' | 'toe' | 'elbow' | 'hand'): Vec =>
    blended(blend, (pose) => pose[side][key]);
  const sign = { left: 1, right: -1 };

  // A leg that rests on the other one comes after it.
  const rests = (side: BodySide): boolean => blend.some(([pose]) => isGrip(pose[side].ankle));
  for (const side of [...BODY_SIDES].sort((one, other) => Number(rests(one)) - Number(rests(other)))) {
    const hip = add(pelvis, leftOf(faces.pelvis), sign[side] * HIP_HALF_WIDTH);
    legs[side] = leg(hip, between(side, 'ankle'), aim(side, 'knee'), aim(side, 'toe'));
  }
  const arm = (side: BodySide): Arm => {
    const root = add(add(neck, leftOf(faces.chest), sign[side] * SHOULDER_HALF_WIDTH), faces.chest.up, -3);
    const { joint, end } = reach(root, between(side, 'wrist'), aim(side, 'elbow'), ARM);
    return { shoulder: root, elbow: joint, wrist: end, fingers: add(end, unit(aim(side, 'hand')), BONES.hand) };
  };
  return {
    pelvis,
    waist,
    chest: mix(waist, neck, 0.55),
    neck,
    head,
    faces,
    round: blend.reduce((sum, [pose, weight]) => sum + (pose.chest.round ?? 0) * weight, 0),
    legs: legs as Record<BodySide, Leg>,
    arms: { left: arm('left'), right: arm('right') }
  };
}
