/** Flesh and cloth as balls in space, joined into flat outlines (SVG path data, in centimetres). */
import type { Camera, Seen } from '#lib/domain/camera.ts';
import type { Vec } from '#lib/domain/skeleton.ts';

export type Ball = readonly [centre: Vec, radius: number];

const STEPS = 24;
const CIRCLE = Array.from({ length: STEPS }, (_, i) => {
  const angle = (i * 2 * Math.PI) / STEPS;
  return [Math.cos(angle), Math.sin(angle)] as const;
});

type Point = readonly [x: number, y: number];

export const outline = (points: readonly Point[]): string =>
  points.length < 3 ? '' : `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`;

/** The convex hull (monotone chain) of some balls as seen. */
function hull(balls: readonly Ball[], camera: Camera): Point[] {
  const points: Point[] = balls
    .flatMap(([centre, radius]) => {
      const { x, y } = camera.see(centre);
      return CIRCLE.map(([cos, sin]): Point => [x + radius * cos, y + radius * sin]);
    })
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (list: Point[]): Point[] => {
    const chain: Point[] = [];
    for (const point of list) {
      for (;;) {
        const [b, a] = [chain.at(-1), chain.at(-2)];
        if (!a || !b || (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]) > 0) break;
        chain.pop();
      }
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(points), ...half(points.toReversed())];
}

/** Two balls and what lies between them, clockwise like the hulls: shapes of one path must not cancel out. */
function capsule([one, r1]: Ball, [other, r2]: Ball, camera: Camera): string {
  const [a, b] = [camera.see(one), camera.see(other)];
  const gap = Math.hypot(b.x - a.x, b.y - a.y);
  const [larger, radius] = r1 > r2 ? [a, r1] : [b, r2];
  if (gap <= Math.abs(r1 - r2) + 0.01) {
    const half = `A${radius} ${radius} 0 0 1`;
    const [left, right] = [larger.x - radius, larger.x + radius].map((x) => `${x.toFixed(1)} ${larger.y.toFixed(1)}`);
    return `M${left}${half} ${right}${half} ${left}Z`;
  }
  const axis = Math.atan2(b.y - a.y, b.x - a.x);
  const open = Math.acos((r1 - r2) / gap);
  const at = (centre: Seen, r: number, angle: number): string =>
    `${(centre.x + r * Math.cos(angle)).toFixed(1)} ${(centre.y + r * Math.sin(angle)).toFixed(1)}`;
  const [wide, narrow] = open > Math.PI / 2 ? [0, 1] : [1, 0];
  return (
    `M${at(a, r1, axis + open)}A${r1} ${r1} 0 ${wide} 1 ${at(a, r1, axis - open)}` +
    `L${at(b, r2, axis - open)}A${r2} ${r2} 0 ${narrow} 1 ${at(b, r2, axis + open)}Z`
  );
}

/** Everything between some balls: a part of the trunk. */
export const blob = (balls: readonly Ball[], camera: Camera): string => outline(hull(balls, camera));

/** A limb: each ball joined to the next. */
export const chain = (balls: readonly Ball[], camera: Camera): string =>
  balls.slice(1).map((ball, i) => capsule(balls[i] as Ball, ball, camera)).join('');

