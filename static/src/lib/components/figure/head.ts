/** The head: hair as a cap on a ball, so that it is right from every side. */
import type { Camera } from '#lib/domain/camera.ts';
import { add, cross, dot, leftOf, squared, unit } from '#lib/domain/skeleton.ts';
import type { Body, Vec } from '#lib/domain/skeleton.ts';
import type { Ball } from './flesh.ts';

/** Places as [cm towards the crown, cm towards the face] from the middle of the head. */
export const HEAD = {
  skull: [1.8, -0.6],
  skullRadius: 9,
  jaw: [-6, 3],
  jawRadius: 5.2,
  nape: [-6, -2.5],
  noseTop: [0.5, 8],
  noseTip: [-2.2, 9.4],
  mouth: [-6.4, 7.5]
} as const;

const CAP_RADIUS = 9.7;
/** How far the hair comes down from its middle, at the back of the crown. */
const CAP_ANGLE = 1.62;
const STEPS = 48;

const turn = (i: number): number => (i * 2 * Math.PI) / STEPS;
const around = (one: Vec, other: Vec, angle: number): Vec =>
  add(add([0, 0, 0], one, Math.cos(angle)), other, Math.sin(angle));

/** The longest run of a ring for which `inside` holds. */
function run<T>(ring: T[], inside: (item: T) => boolean): T[] {
  const first = ring.findIndex((item, i) => inside(item) && !inside(ring.at(i - 1) as T));
  if (first < 0) return ring[0] !== undefined && inside(ring[0]) ? ring : [];
  const turned = [...ring.slice(first), ...ring.slice(0, first)];
  const end = turned.findIndex((item) => !inside(item));
  return end < 0 ? turned : turned.slice(0, end);
}

/** The outline of the hair that is seen: the head's own edge within the cap, then the hairline back. */
export function hair(body: Body, camera: Camera): (readonly [number, number])[] {
  const { up, front } = body.faces.head;
  const centre = add(add(body.head, up, HEAD.skull[0]), front, HEAD.skull[1]);
  const axis = unit(add(add([0, 0, 0], up, 0.8), front, -0.66));
  const side = leftOf(body.faces.head);
  const over = cross(axis, side);
  const flat = squared([camera.viewer[2], 0, -camera.viewer[0]], camera.viewer);
  const rise = cross(camera.viewer, flat);
  const ring = Array.from({ length: STEPS }, (_, i) => turn(i));
  const edge = run(
    ring.map((angle) => around(flat, rise, angle)),
    (direction) => dot(direction, axis) >= Math.cos(CAP_ANGLE)
  );
  const line = run(
    ring.map((angle) => around(axis, around(side, over, angle), CAP_ANGLE)),
    (direction) => dot(direction, camera.viewer) >= 0
  );
  const seen = (direction: Vec): readonly [number, number] => {
    const { x, y } = camera.see(add(centre, direction, CAP_RADIUS));
    return [x, y];
  };
  const [end, one, other] = [edge.at(-1), line[0], line.at(-1)];
  // The hairline goes on from where the edge ends.
  const back = end && one && other && dot(end, one) < dot(end, other) ? line.toReversed() : line;
  return [...edge, ...back].map(seen);
}

export function ears(body: Body, camera: Camera): Ball[] {
  const left = leftOf(body.faces.head);
  const { up, front } = body.faces.head;
  return [1, -1]
    .filter((sign) => sign * dot(left, camera.viewer) > 0.15)
    .map((sign) => [add(add(add(body.head, left, sign * 8), up, -1.2), front, -0.5), 2.1]);
}

export function eyes(body: Body, camera: Camera): Ball[] {
  const left = leftOf(body.faces.head);
  const { up, front } = body.faces.head;
  return [1, -1]
    .map((sign) => unit(add(front, left, sign * 0.42)))
    .filter((direction) => dot(direction, camera.viewer) > 0.1)
    .map((direction) => [add(add(body.head, direction, 8.1), up, 0.6), 0.8]);
}

/** The mouth as two balls to join, when it is seen. */
export function mouth(body: Body, camera: Camera): Ball[] {
  const { up, front } = body.faces.head;
  if (dot(front, camera.viewer) < 0) return [];
  const middle = add(add(body.head, up, HEAD.mouth[0]), front, HEAD.mouth[1]);
  return [1, -1].map((sign) => [add(middle, leftOf(body.faces.head), sign * 1.5), 0.35]);
}
