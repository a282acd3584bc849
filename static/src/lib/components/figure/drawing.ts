/** Turns the joints of a body into flat shapes, the far ones first. */
import type { Camera, Seen } from '#lib/domain/camera.ts';
import type { Prop, Spot } from '#lib/domain/figure.ts';
import { add, BODY_SIDES, leftOf, mix, squared, unit } from '#lib/domain/skeleton.ts';
import type { Body, BodySide, Vec } from '#lib/domain/skeleton.ts';
import { blob, chain, outline, type Ball } from './flesh.ts';
import { bulk, furniture, isSolid } from './furniture.ts';
import { ears, eyes, hair, HEAD, mouth } from './head.ts';
import { painted, type Placed } from './order.ts';
import { band, strap } from './straps.ts';

export const TONES = ['skin', 'shade', 'shirt', 'trousers', 'hair', 'ink', 'wood', 'wall', 'cloth', 'strap'] as const;
export type Tone = (typeof TONES)[number];

export interface Shape {
  id: string;
  tone: Tone;
  d: string;
  /** Without an outline: hides the seam between two shapes of one limb. */
  bare?: boolean;
  /** 0 near, 1 far: far limbs are a little darker. */
  far: number;
}

export type Layer = Pick<Shape, 'tone' | 'd' | 'bare'> & { far?: number };

export interface Part extends Placed {
  far: number;
  layers: Layer[];
}

/** Two balls beside each other, left and right of a point of the trunk. */
const pair = (centre: Vec, left: Vec, half: number, radius: number): Ball[] => [
  [add(centre, left, half), radius],
  [add(centre, left, -half), radius]
];

function trunkBalls(body: Body) {
  const [hips, ribs] = [leftOf(body.faces.pelvis), leftOf(body.faces.chest)];
  const along = body.faces.chest.up;
  // A rounded back bulges most between the joints of waist and neck.
  const bulge = (point: Vec, share: number): Vec => add(point, body.faces.chest.front, -body.round * share);
  return {
    seat: pair(body.pelvis, hips, 7, 10),
    belt: pair(add(body.pelvis, body.faces.pelvis.up, 9), hips, 5.5, 9.2),
    waist: pair(bulge(body.waist, 0.6), leftOf({ up: along, front: body.faces.chest.front }), 5, 9.2),
    ribs: pair(bulge(add(body.waist, along, 17), 1), ribs, 6.5, 10.2),
    shoulders: pair(add(body.neck, along, -5), ribs, 12.5, 6.2),
    collar: [[add(body.neck, along, -1.5), 5.4] as Ball]
  };
}

function legParts(body: Body, side: BodySide, camera: Camera): Part[] {
  const { hip, knee, ankle, heel, ball, toe, front } = body.legs[side];
  const shin = squared(front, unit(add(ankle, knee, -1)));
  const calf = add(mix(knee, ankle, 0.3), shin, -1.4);
  const far = distance(body.legs, (one) => one.hip, side, camera);
  const thigh: Ball[] = [[hip, 9.4], [mix(hip, knee, 0.5), 7.9], [knee, 5.9]];
  const foot = blob([[heel, 3.3], [ankle, 3.5], [ball, 2.6]], camera) + chain([[ball, 2.6], [toe, 2]], camera);
  const cover: Ball[] = [[mix(knee, hip, 0.06), 5.7], [knee, 5.5], [mix(knee, calf, 0.4), 5.3]];
  return [
    {
      name: `${side}-thigh`,
      depth: camera.see(mix(hip, knee, 0.55)).depth,
      far,
      balls: thigh,
      layers: [
        { tone: 'trousers', d: chain(thigh, camera) },
        { tone: 'trousers', d: chain(cover, camera), bare: true }
      ]
    },
    {
      name: `${side}-shin`,
      depth: camera.see(mix(knee, ankle, 0.5)).depth,
      far,
      balls: [[knee, 5.5], [ankle, 3.6], [heel, 3.3], [toe, 2]],
      layers: [
        { tone: 'skin', d: chain([[mix(knee, ankle, 0.8), 3.6], [ankle, 3.7], [heel, 3.4]], camera) },
        { tone: 'skin', d: foot },
        { tone: 'skin', d: chain([[mix(knee, ankle, 0.8), 3.2], [ankle, 3.3]], camera), bare: true },
        { tone: 'trousers', d: chain([[knee, 5.8], [calf, 5.9], [mix(knee, ankle, 0.88), 4.5]], camera) },
        { tone: 'trousers', d: chain(cover, camera), bare: true }
      ]
    }
  ];
}

function armParts(body: Body, side: BodySide, camera: Camera): Part[] {
  const { shoulder, elbow, wrist, fingers } = body.arms[side];
  const far = distance(body.arms, (one) => one.shoulder, side, camera);
  const part = (name: string, from: Vec, to: Vec, middle: number, ...layers: Layer[]): Part => ({
    name: `${side}-${name}`,
    depth: camera.see(mix(from, to, middle)).depth,
    far,
    balls: [[from, 4], [to, 3]],
    layers
  });
  const skin = (...balls: Ball[]): Layer => ({ tone: 'skin', d: chain(balls, camera) });
  // The outline of one part crosses the next at the joint: skin without an outline covers it, on both.
  const bend = { ...skin([mix(elbow, shoulder, 0.05), 3.5], [elbow, 3.5], [mix(elbow, wrist, 0.2), 3.5]), bare: true };
  const turn = { ...skin([mix(wrist, elbow, 0.06), 2.4], [wrist, 2.5], [mix(wrist, fingers, 0.2), 2.7]), bare: true };
  const sleeve: Layer = { tone: 'shirt', d: chain([[shoulder, 5.9], [mix(shoulder, elbow, 0.6), 5.2]], camera) };
  const palm = skin([wrist, 2.7], [mix(wrist, fingers, 0.45), 3.6], [mix(wrist, fingers, 0.9), 2.2]);
  const lower = skin([elbow, 3.7], [mix(elbow, wrist, 0.3), 3.9], [wrist, 2.7]);
  return [
    part('upper-arm', shoulder, elbow, 0.5, skin([shoulder, 5], [elbow, 3.7]), bend, sleeve),
    part('forearm', elbow, wrist, 0.6, lower, bend, turn),
    part('hand', wrist, fingers, 0.4, palm, turn)
  ];
}

/** How far behind its twin a limb starts: 0 near, 1 far. */
function distance<Limb>(
  limbs: Record<BodySide, Limb>,
  root: (limb: Limb) => Vec,
  side: BodySide,
  camera: Camera
): number {
  const twin = side === 'left' ? 'right' : 'left';
  const behind = camera.see(root(limbs[twin])).depth - camera.see(root(limbs[side])).depth;
  return Math.min(1, Math.max(0, behind / 14));
}

function trunkParts(body: Body, camera: Camera): Part[] {
  const { seat, belt, waist, ribs, shoulders, collar } = trunkBalls(body);
  const shirt = [[...belt, ...waist], [...waist, ...ribs], [...ribs, ...shoulders], [...shoulders, ...collar]];
  return [
    {
      name: 'trunk',
      depth: camera.see(body.waist).depth,
      far: 0,
      balls: [...seat, ...waist, ...ribs, ...shoulders],
      layers: [
        { tone: 'trousers', d: blob([...seat, ...belt], camera) },
        { tone: 'shirt', d: shirt.map((balls) => blob(balls, camera)).join('') }
      ]
    },
    {
      name: 'head',
      depth: camera.see(body.head).depth,
      far: 0,
      balls: [[body.head, 9.5], [body.neck, 4]],
      layers: headLayers(body, camera)
    }
  ];
}

function headLayers(body: Body, camera: Camera): Layer[] {
  const { up, front } = body.faces.head;
  const at = (place: readonly [number, number]): Vec => add(add(body.head, up, place[0]), front, place[1]);
  const neck = chain([[add(body.neck, body.faces.chest.up, 1.5), 4.3], [at(HEAD.nape), 4.8]], camera);
  const skull = chain([[at(HEAD.skull), HEAD.skullRadius], [at(HEAD.jaw), HEAD.jawRadius]], camera);
  const throat: Ball[] = [[at([-5, -1]), 4.4], [at(HEAD.nape), 4.4], [mix(at(HEAD.nape), body.neck, 0.5), 4.4]];
  const nose = chain([[at(HEAD.noseTop), 0.9], [at(HEAD.noseTip), 1.4]], camera);
  return [
    { tone: 'skin', d: neck },
    { tone: 'skin', d: skull + nose },
    { tone: 'skin', d: chain(throat, camera), bare: true },
    { tone: 'hair', d: outline(hair(body, camera)) },
    ...ears(body, camera).map((ball) => ({ tone: 'skin' as const, d: chain([ball, ball], camera) })),
    { tone: 'shade', d: nose, bare: true },
    { tone: 'shade', d: chain(mouth(body, camera), camera), bare: true },
    ...eyes(body, camera).map((ball) => ({ tone: 'ink' as const, d: chain([ball, ball], camera), bare: true }))
  ];
}

function propParts(props: readonly Prop[], body: Body, camera: Camera): Part[] {
  return props.flatMap((prop, i) => {
    if (prop.kind === 'strap') return strap(prop, i, body, camera);
    if (prop.kind === 'band') return band(prop, i, body, camera);
    return furniture(prop, i, body, camera);
  });
}

/** Every shape of the person and of the things about, in painting order. */
export function shapes(body: Body, camera: Camera, props: readonly Prop[] = []): Shape[] {
  const parts = [
    ...trunkParts(body, camera),
    ...BODY_SIDES.flatMap((side) => [...legParts(body, side, camera), ...armParts(body, side, camera)]),
    ...propParts(props, body, camera)
  ];
  return painted(parts, camera)
    .flatMap(({ name, far, layers }) => layers.map((layer, i) => ({ id: `${name}-${i}`, far, ...layer })))
    .filter((shape) => shape.d !== '');
}

/** What person and things cover of the floor, with light from straight above. */
export function shadow(body: Body, camera: Camera, props: readonly Prop[] = []): string {
  const flat = ([centre, radius]: Ball): Ball => [[centre[0], 0, centre[2]], radius * 0.9];
  // The shadow of an arm fades the higher it is: light comes from all sides too.
  const thin = ([centre, radius]: Ball): Ball => [centre, radius * Math.min(1, Math.max(0.01, (105 - centre[1]) / 50))];
  const { seat, belt, waist, ribs, shoulders } = trunkBalls(body);
  const limbs = BODY_SIDES.flatMap((side): Ball[][] => {
    const [leg, arm] = [body.legs[side], body.arms[side]];
    return [
      [[leg.hip, 8], [leg.knee, 5.5]],
      [[leg.knee, 5.5], [leg.ankle, 4]],
      [[leg.heel, 3], [leg.toe, 2]],
      [thin([arm.shoulder, 5]), thin([arm.elbow, 4])],
      [thin([arm.elbow, 4]), thin([arm.fingers, 2.5])]
    ];
  });
  const trunk = [[...seat, ...belt, ...waist], [...waist, ...ribs], [...ribs, ...shoulders]];
  const head: Ball[] = [[body.head, 9], [body.neck, 5]];
  const things = props.flatMap((prop) => (isSolid(prop) && prop.kind !== 'wall' ? bulk(prop, body) : []));
  return [
    ...[...trunk, ...things].map((balls) => blob(balls.map(flat), camera)),
    ...[...limbs, head].map((balls) => chain(balls.map(flat), camera))
  ].join('');
}

/** Where a stretched spot is seen: one glow, or several along a line of the body. */
export function spotsAt(body: Body, spot: Spot, side: BodySide, camera: Camera): (Seen & { radius: number })[] {
  const { pelvis, chest } = body.faces;
  const leg = body.legs[side];
  const { hip, knee, ankle, front } = leg;
  const shin = squared(front, unit(add(ankle, knee, -1)));
  const outward = side === 'left' ? 1 : -1;
  const aside = (point: Vec, cm: number): Vec => add(point, leftOf(pelvis), outward * cm);
  const back = (along: number): Vec => add(mix(hip, knee, along), front, -4);
  const places: Record<Spot, [Vec, number][]> = {
    'low-back': [[add(body.waist, pelvis.front, -5 - body.round * 0.35), 13]],
    buttock: [[add(add(hip, pelvis.front, -5), pelvis.up, -1), 13]],
    'back-of-thigh': [[back(0.45), 12]],
    'outer-hip': [[add(aside(hip, 6), pelvis.front, -3), 13]],
    'front-of-hip': [[add(hip, pelvis.front, 6), 11]],
    'front-of-thigh': [[add(mix(hip, knee, 0.5), front, 4), 12]],
    'inner-thigh': [[aside(mix(hip, knee, 0.4), -4), 11]],
    'outer-thigh': [[aside(mix(hip, knee, 0.45), 5), 12]],
    calf: [[add(mix(knee, ankle, 0.32), shin, -3), 9]],
    belly: [[add(body.waist, chest.front, 6), 13]],
    'between-shoulders': [[add(add(body.neck, chest.up, -11), chest.front, -7 - body.round * 0.5), 13]],
    'whole-leg': [
      ...[0.05, 0.25, 0.45, 0.65, 0.85].map((along): [Vec, number] => [back(along), 10 - along]),
      ...[0.1, 0.35, 0.6, 0.85].map((along): [Vec, number] => [add(mix(knee, ankle, along), shin, -3 + along), 8.5 - along])
    ]
  };
  return places[spot].map(([place, radius]) => ({ ...camera.see(place), radius }));
}
