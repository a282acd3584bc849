/** What stays the same while a figure moves: where one looks from, the mat, and the edges of the image. */
import { camera, type Camera } from '#lib/domain/camera.ts';
import { mirrored, pose, type FigureData } from '#lib/domain/figure.ts';
import { BODY_SIDES, type Body, type BodySide, type Vec } from '#lib/domain/skeleton.ts';
import { outline } from './flesh.ts';

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

const joints = (body: Body): Vec[] => [
  body.head,
  body.pelvis,
  body.chest,
  ...BODY_SIDES.flatMap((side): Vec[] => {
    const { hip, knee, ankle, heel, toe } = body.legs[side];
    return [hip, knee, ankle, heel, toe, ...(Object.values(body.arms[side]) as Vec[])];
  })
];

export function scene(figure: FigureData, side: BodySide): Scene {
  const view = camera(figure.view, mirrored(figure, side));
  const bodies = Array.from({ length: SAMPLES }, (_, i) => pose(figure, i / SAMPLES));
  const points = bodies.flatMap(joints);
  const along = bodies.flatMap((body) => [body.head, ...BODY_SIDES.map((one) => body.legs[one].heel)]).map(([x]) => x);
  const [from, to] = [Math.min(...along) - FLESH - MAT.beyond, Math.max(...along) + MAT.beyond];
  const corners: Vec[] = [[from, 0, MAT.half], [to, 0, MAT.half], [to, 0, -MAT.half], [from, 0, -MAT.half]];
  const flat = (point: Vec): readonly [number, number] => {
    const { x, y } = view.see(point);
    return [x, y];
  };
  const seen = points.map(flat);
  const ground = corners.map(flat);
  const edge = ground.map(([x, y]): readonly [number, number] => [x, y + MAT.thick]);
  const xs = [...seen.flatMap(([x]) => [x - FLESH, x + FLESH]), ...ground.map(([x]) => x)];
  const ys = [...seen.flatMap(([, y]) => [y - FLESH, y + FLESH]), ...edge.map(([, y]) => y)];
  const [left, top] = [Math.min(...xs) - MARGIN, Math.min(...ys) - MARGIN];
  const [width, height] = [Math.max(...xs) + MARGIN - left, Math.max(...ys) + MARGIN - top];
  return {
    camera: view,
    viewBox: [left, top, width, height].map((n) => n.toFixed(1)).join(' '),
    mat: outline(ground),
    matEdge: outline(edge)
  };
}
