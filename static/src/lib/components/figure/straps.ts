/** Straps and bands: loops round limbs, of which the near half is painted over them and the far half under. */
import type { Camera } from '#lib/domain/camera.ts';
import type { Band, Strap } from '#lib/domain/figure.ts';
import { add, BODY_SIDES, cross, dot, minus, mix, squared, unit, type Body, type BodySide, type Vec } from '#lib/domain/skeleton.ts';
import type { Part } from './drawing.ts';
import { blob, chain, type Ball } from './flesh.ts';

const THICK = 1.4;
/** Half the width of a band, and of a strap, along the limb. */
const BAND = 2.4;
const STRAP = 0.9;
const STEPS = 20;

/** A circle round a limb. */
interface Ring {
  centre: Vec;
  /** Along the limb. */
  axis: Vec;
  radius: number;
}

function ringOf(body: Body, bone: 'foot' | 'shin' | 'thigh', side: BodySide, along: number): Ring {
  const { hip, knee, ankle, ball, heel } = body.legs[side];
  if (bone === 'foot') return { centre: mix(add(ball, minus(ankle, heel), 0.25), ankle, 0.15), axis: unit(minus(ball, ankle)), radius: 4.6 };
  const [from, to] = bone === 'thigh' ? [hip, knee] : [knee, ankle];
  const radius = bone === 'thigh' ? 9.4 - 3.2 * along : 6.6 - 2 * along;
  return { centre: mix(from, to, along), axis: unit(minus(to, from)), radius: radius + 0.3 };
}

const points = ({ centre, axis, radius }: Ring): Vec[] => {
  const one = squared(Math.abs(axis[1]) < 0.8 ? [0, 1, 0] : [1, 0, 0], axis);
  const other = cross(axis, one);
  return Array.from({ length: STEPS }, (_, i) => {
    const angle = (i * 2 * Math.PI) / STEPS;
    return add(add(centre, one, radius * Math.cos(angle)), other, radius * Math.sin(angle));
  });
};

/** The outer edge of some circles that lie about in one plane, in turn. */
function loop(rings: readonly Ring[]): Vec[] {
  const [first] = rings;
  if (!first) return [];
  const one = squared(Math.abs(first.axis[1]) < 0.8 ? [0, 1, 0] : [1, 0, 0], first.axis);
  const other = cross(first.axis, one);
  const flat = rings
    .flatMap(points)
    .map((point) => ({ point, x: dot(minus(point, first.centre), one), y: dot(minus(point, first.centre), other) }))
    .sort((a, b) => a.x - b.x || a.y - b.y);
  const half = (list: typeof flat): typeof flat => {
    const edge: typeof flat = [];
    for (const next of list) {
      for (;;) {
        const [b, a] = [edge.at(-1), edge.at(-2)];
        if (!a || !b || (b.x - a.x) * (next.y - a.y) - (b.y - a.y) * (next.x - a.x) > 0) break;
        edge.pop();
      }
      edge.push(next);
    }
    return edge.slice(0, -1);
  };
  return [...half(flat), ...half(flat.toReversed())].map(({ point }) => point);
}

const middleOf = (balls: readonly Ball[]): Vec =>
  balls.reduce<Vec>((sum, [point]) => add(sum, point, 1 / balls.length), [0, 0, 0]);

function part(name: string, balls: Ball[], d: string, camera: Camera, wraps: Pick<Part, 'over' | 'under'>): Part {
  return { name, depth: camera.see(middleOf(balls)).depth, far: 0, balls, layers: [{ tone: 'strap', d }], ...wraps };
}

/** The near and the far half of a loop round limbs. */
function halves(
  name: string,
  rings: readonly Ring[],
  limbs: readonly string[],
  width: number,
  camera: Camera
): Part[] {
  const axis = rings[0]?.axis ?? [0, 1, 0];
  const flat = (point: Vec): Ball[] => [-1, 1].map((sign) => [add(point, axis, sign * width), THICK / 2]);
  const edge = loop(rings);
  const centre = middleOf(rings.map((ring): Ball => [ring.centre, ring.radius]));
  const near = (point: Vec): boolean => dot(minus(point, centre), camera.viewer) >= 0;
  const strips = (wanted: boolean): Ball[][] =>
    edge.flatMap((point, i) => {
      const next = edge[(i + 1) % edge.length] as Vec;
      return near(mix(point, next, 0.5)) === wanted ? [[...flat(point), ...flat(next)]] : [];
    });
  return [true, false].flatMap((wanted) => {
    const found = strips(wanted);
    if (found.length === 0) return [];
    const d = found.map((strip) => blob(strip, camera)).join('');
    return [part(`${name}-${wanted ? 'near' : 'far'}`, found.flat(), d, camera, { [wanted ? 'over' : 'under']: limbs })];
  });
}

export function strap(prop: Strap, index: number, body: Body, camera: Camera): Part[] {
  const [side, bone] = prop.round.split('.') as [BodySide, 'foot' | 'shin' | 'thigh'];
  const ring = ringOf(body, bone, side, prop.along ?? 0.5);
  const limb = `${side}-${bone === 'thigh' ? 'thigh' : 'shin'}`;
  const pulls = prop.hands.map((hand) => mix(body.arms[hand].wrist, body.arms[hand].fingers, 0.45));
  // Both ends leave the loop beside the limb, and come together in one hand or go to one each.
  const pull = middleOf(pulls.map((point): Ball => [point, 0]));
  const aside = unit(cross(ring.axis, minus(pull, ring.centre)));
  const ends = BODY_SIDES.map((_, i) => {
    const from = add(ring.centre, aside, (i === 0 ? 1 : -1) * ring.radius);
    const to = pulls.toSorted((a, b) => Math.hypot(...minus(a, from)) - Math.hypot(...minus(b, from)))[0] ?? pull;
    const balls: Ball[] = [[from, THICK * 0.8], [to, THICK * 0.8]];
    return part(`prop${index}-end${i}`, balls, chain(balls, camera), camera, {});
  });
  return [...halves(`prop${index}`, [ring], [limb], STRAP, camera), ...ends];
}

export function band(prop: Band, index: number, body: Body, camera: Camera): Part[] {
  const bone = prop.round === 'thighs' ? 'thigh' : 'shin';
  const rings = BODY_SIDES.map((side) => ringOf(body, bone, side, prop.along));
  return halves(`prop${index}`, rings, BODY_SIDES.map((side) => `${side}-${bone}`), BAND, camera);
}
