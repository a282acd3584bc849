/** Which parts of the image lie before which: paints the far ones first. */
import type { Camera } from '#lib/domain/camera.ts';
import { add, dot, minus, type Vec } from '#lib/domain/skeleton.ts';
import type { Ball } from './flesh.ts';

/** A box that stands anyhow: its middle, its three directions, and half its size along each. */
export interface Box {
  centre: Vec;
  axes: readonly [Vec, Vec, Vec];
  half: Vec;
}

export interface Placed {
  name: string;
  depth: number;
  /** What it fills: from these follow where it is seen, and on which side of a box it lies. */
  balls: readonly Ball[];
  box?: Box;
  /** Names of parts that it wraps, before or behind them. */
  over?: readonly string[];
  under?: readonly string[];
}

const SIGNS = [-1, 1] as const;

export function corners({ centre, axes, half }: Box): Vec[] {
  const [a, b, c] = axes;
  return SIGNS.flatMap((i) =>
    SIGNS.flatMap((j) =>
      SIGNS.map((k) => add(add(add(centre, a, i * half[0]), b, j * half[1]), c, k * half[2]))
    )
  );
}

/** The face of the box that all the balls are farthest beyond: how far, and how much the viewer sees of it. */
function beyond({ centre, axes, half }: Box, balls: readonly Ball[], camera: Camera): { gap: number; seen: number } {
  let best = { gap: -Infinity, seen: 0 };
  axes.forEach((axis, i) => {
    for (const sign of SIGNS) {
      const gap = Math.min(...balls.map(([point]) => sign * dot(minus(point, centre), axis))) - (half[i] ?? 0);
      if (gap > best.gap) best = { gap, seen: sign * dot(axis, camera.viewer) };
    }
  });
  return best;
}

/** Above 0 when `other` hides `one`, below 0 when the other way round, 0 when nothing says so. */
function nearer(one: Placed, other: Placed, camera: Camera): number {
  if (one.over?.includes(other.name) || other.under?.includes(one.name)) return -1;
  if (one.under?.includes(other.name) || other.over?.includes(one.name)) return 1;
  const before = one.box ? beyond(one.box, other.balls, camera) : null;
  const behind = other.box ? beyond(other.box, one.balls, camera) : null;
  if (before && (!behind || before.gap >= behind.gap)) return before.seen;
  return behind ? -behind.seen : 0;
}

type Edges = readonly [left: number, right: number, top: number, bottom: number];

function edges(balls: readonly Ball[], camera: Camera): Edges {
  const spots = balls.map(([point, radius]) => ({ ...camera.see(point), radius }));
  return [
    Math.min(...spots.map(({ x, radius }) => x - radius)),
    Math.max(...spots.map(({ x, radius }) => x + radius)),
    Math.min(...spots.map(({ y, radius }) => y - radius)),
    Math.max(...spots.map(({ y, radius }) => y + radius))
  ];
}
const meet = (a: Edges, b: Edges): boolean => a[0] < b[1] && b[0] < a[1] && a[2] < b[3] && b[2] < a[3];

/**
 * Parts in painting order. Soft parts follow the depth of their middles; hard ones (furniture) stand where the plane
 * between them and each other part says, so that a long seat is behind the thighs on it and before the legs below.
 */
export function painted<Part extends Placed>(parts: readonly Part[], camera: Camera): Part[] {
  const byDepth = parts.toSorted((a, b) => a.depth - b.depth);
  const places = new Map(parts.map((part) => [part, edges(part.balls, camera)] as const));
  const hard = (part: Part): boolean => Boolean(part.box ?? part.over ?? part.under);
  const behind = (part: Part): Part[] =>
    byDepth.filter(
      (one) =>
        one !== part &&
        (hard(one) || hard(part)) &&
        meet(places.get(one) as Edges, places.get(part) as Edges) &&
        nearer(one, part, camera) > 0.02
    );
  const order: Part[] = [];
  const met = new Set<Part>();
  const visit = (part: Part): void => {
    if (met.has(part)) return;
    met.add(part);
    behind(part).forEach(visit);
    order.push(part);
  };
  byDepth.forEach(visit);
  return order;
}
