/** What stays the same while a figure moves: where one looks from, the mat, and the edges of the image. */
import { camera, type Camera } from '#lib/domain/camera.ts';
import { mirrored, pose, type FigureData } from '#lib/domain/figure.ts';
import { BODY_SIDES, type Body, type BodySide, type Vec } from '#lib/domain/skeleton.ts';
import { outline } from './flesh.ts';
import { bulk, isSolid } from './furniture.ts';

export interface Scene {
  camera: Camera;
  viewBox: string;
  mat: string;
  matEdge: string;
}

const SAMPLES = 40;
const MARGIN = 4;
const FLESH = 10;
const MAT = { half: 33, thick: 1.6, beyond: 7 };
/**
 * Round the feet and the furniture when there is no mat: how far beyond them, half its size at least, what
 * counts as near it, and how many corners.
 */
const FLOOR = { beyond: 10, least: 32, low: 80, corners: 48 };
/** What is lower than this lies on the mat. */
const NEAR_MAT = 14;

const joints = (body: Body): Vec[] => [
  body.head,
  body.pelvis,
  body.chest,
  ...BODY_SIDES.flatMap((side): Vec[] => {
    const { hip, knee, ankle, heel, toe } = body.legs[side];
    return [hip, knee, ankle, heel, toe, ...(Object.values(body.arms[side]) as Vec[])];
  })
];

/** The corners of the mat, under the whole length of what comes near the floor. */
function mat(bodies: readonly Body[]): Vec[] {
  const low = bodies.flatMap(joints).filter(([, y]) => y < NEAR_MAT);
  const along = [...low, ...bodies.map((body) => body.head)].map(([x]) => x);
  const [from, to] = [Math.min(...along) - FLESH - MAT.beyond, Math.max(...along) + MAT.beyond];
  return [[from, 0, MAT.half], [to, 0, MAT.half], [to, 0, -MAT.half], [from, 0, -MAT.half]];
}

/** A round patch of floor under all that comes near it. */
function floor(points: readonly Vec[]): Vec[] {
  const low = points.filter(([, y]) => y < FLOOR.low);
  const [xs, zs] = [low.map(([x]) => x), low.map(([, , z]) => z)];
  const middle = (values: number[]): number => (Math.min(...values) + Math.max(...values)) / 2;
  const half = (values: number[]): number =>
    Math.max(FLOOR.least, ((Math.max(...values) - Math.min(...values)) / 2) * 1.12 + FLOOR.beyond);
  const [x, z, long, wide] = [middle(xs), middle(zs), half(xs), half(zs)];
  return Array.from({ length: FLOOR.corners }, (_, i) => {
    const angle = (i * 2 * Math.PI) / FLOOR.corners;
    return [x + long * Math.cos(angle), 0, z + wide * Math.sin(angle)];
  });
}

export function scene(figure: FigureData, side: BodySide): Scene {
  const view = camera(figure.view, mirrored(figure, side));
  const bodies = Array.from({ length: SAMPLES }, (_, i) => pose(figure, i / SAMPLES));
  const things = bodies.flatMap((body) =>
    (figure.props ?? []).filter(isSolid).flatMap((prop) => bulk(prop, body).flat().map(([point]) => point))
  );
  const points = bodies.flatMap(joints);
  const flat = (point: Vec): readonly [number, number] => {
    const { x, y } = view.see(point);
    return [x, y];
  };
  const seen = points.map(flat);
  const ground = (figure.ground === 'floor' ? floor([...points, ...things]) : mat(bodies)).map(flat);
  const edge = ground.map(([x, y]): readonly [number, number] => [x, y + MAT.thick]);
  const rest = [...edge, ...ground, ...things.map(flat)];
  const xs = [...seen.flatMap(([x]) => [x - FLESH, x + FLESH]), ...rest.map(([x]) => x)];
  const ys = [...seen.flatMap(([, y]) => [y - FLESH, y + FLESH]), ...rest.map(([, y]) => y)];
  const [left, top] = [Math.min(...xs) - MARGIN, Math.min(...ys) - MARGIN];
  const [width, height] = [Math.max(...xs) + MARGIN - left, Math.max(...ys) + MARGIN - top];
  return {
    camera: view,
    viewBox: [left, top, width, height].map((n) => n.toFixed(1)).join(' '),
    mat: outline(ground),
    matEdge: outline(edge)
  };
}
