/** Chairs, steps, tables, rails, walls, pillows: what stands in the room, as boxes whose seen faces are painted. */
import type { Camera } from '#lib/domain/camera.ts';
import { SOLIDS, type Prop, type Solid } from '#lib/domain/figure.ts';
import { add, cross, dot, gripped, isGrip, spineOf, squared, type Body, type Vec } from '#lib/domain/skeleton.ts';
import type { Layer, Part } from './drawing.ts';
import { blob, chain, outline, type Ball } from './flesh.ts';
import { corners, type Box } from './order.ts';

const UP: Vec = [0, 1, 0];
/** How far a chair's back and its armrests rise above its seat, and how thick boards, legs and posts are. */
const BACK = 45;
const ARMREST = 21;
const BOARD = 4;
const LEG = 3.4;

export const isSolid = (prop: Prop): prop is Solid => (SOLIDS as readonly string[]).includes(prop.kind);

/** The faces of a box: which way they look, and their corners in turn. */
const FACES = ([
  [0, 1, 2], [1, 2, 0], [2, 0, 1]
] as const).flatMap(([axis, one, other]) => [-1, 1].map((sign) => ({ axis, one, other, sign })));

function faces(box: Box, tone: Layer['tone'], camera: Camera): Layer[] {
  return FACES.flatMap(({ axis, one, other, sign }) => {
    const normal = add([0, 0, 0], box.axes[axis], sign);
    const facing = dot(normal, camera.viewer);
    if (facing <= 0.01) return [];
    const middle = add(box.centre, normal, box.half[axis]);
    const points = [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([i = 0, j = 0]) => {
      const corner = add(add(middle, box.axes[one], i * box.half[one]), box.axes[other], j * box.half[other]);
      const { x, y } = camera.see(corner);
      return [x, y] as const;
    });
    // Light from above: the top is brightest, the sides darker the more they turn away.
    return [{ tone, d: outline(points), far: normal[1] > 0.9 ? 0 : 0.55 + 0.45 * (1 - facing) }];
  });
}

/** The boxes of a piece of furniture, in cm of the room. */
export function boxes({ kind, size, front, back = true, arms = false }: Solid, at: Vec): { name: string; box: Box }[] {
  const [depth, height, width] = size;
  const ahead = squared(front, UP);
  const aside = cross(UP, ahead);
  const axes = [ahead, UP, aside] as const;
  const box = (name: string, forward: number, up: number, side: number, half: Vec) => ({
    name,
    box: { centre: add(add(add(at, ahead, forward), UP, up), aside, side), axes, half }
  });
  const legs = (tall: number, inset: number) =>
    [-1, 1].flatMap((i) =>
      [-1, 1].map((j) =>
        box(`leg${i}${j}`, i * (depth / 2 - inset), tall / 2, j * (width / 2 - inset), [LEG / 2, tall / 2, LEG / 2])
      )
    );
  const top = (thick: number) => box('top', 0, height - thick / 2, 0, [depth / 2, thick / 2, width / 2]);
  if (kind === 'chair') {
    const [behind, beside] = [-depth / 2 + LEG / 2, width / 2 - LEG / 2];
    const posts = [-1, 1].map((j) =>
      box(`post${j}`, behind, height + BACK / 2, j * beside, [LEG / 2, BACK / 2, LEG / 2])
    );
    const rest = box('rest', behind, height + BACK - 13, 0, [LEG / 3, 12, beside - LEG / 2]);
    const armrests = [-1, 1].flatMap((j) => [
      box(`arm${j}`, 0, height + ARMREST, j * beside, [depth / 2, 1.3, LEG / 2 + 0.6]),
      box(`stand${j}`, -behind, height + ARMREST / 2 - 0.8, j * beside, [LEG / 2, ARMREST / 2 - 0.8, LEG / 2])
    ]);
    return [...legs(height - BOARD, LEG / 2), top(BOARD), ...(back ? [...posts, rest] : []), ...(arms ? armrests : [])];
  }
  if (kind === 'table') return [...legs(height - BOARD, LEG), top(BOARD)];
  if (kind === 'rail') {
    const posts = [-1, 1].map((j) =>
      box(`post${j}`, 0, height / 2, j * (width / 2 - LEG), [LEG / 2, height / 2, LEG / 2])
    );
    return [...posts, top(LEG)];
  }
  return [box('block', 0, height / 2, 0, [depth / 2, height / 2, width / 2])];
}

/** Where a prop stands at this moment: a pillow may lie on the person. */
export const placeOf = ({ at }: Solid, body: Body): Vec => (isGrip(at) ? gripped(at, spineOf(body), body.legs) : at);

/** Soft things: balls along their edges. */
function cushion({ kind, size, front }: Solid, at: Vec): Ball[] {
  const [depth, height, width] = size;
  const ahead = squared(front, UP);
  const aside = cross(UP, ahead);
  const radius = height / 2;
  const middle = add(at, UP, radius);
  const half = kind === 'roll' ? 0 : depth / 2 - radius;
  return [-1, 1].flatMap((i) =>
    [-1, 1].map((j): Ball => [add(add(middle, ahead, i * half), aside, j * (width / 2 - radius)), radius])
  );
}

/** The corners of what a prop fills, as balls: for the edges of the image and for its shadow. */
export function bulk(prop: Solid, body: Body): Ball[][] {
  const at = placeOf(prop, body);
  if (prop.kind === 'pillow' || prop.kind === 'roll') return [cushion(prop, at)];
  return boxes(prop, at).map(({ box }) => corners(box).map((corner): Ball => [corner, 1]));
}

/** What stands still is worked out once for each place that one looks from. */
const standing = new WeakMap<Camera, Map<Solid, Part[]>>();

export function furniture(prop: Solid, index: number, body: Body, camera: Camera): Part[] {
  if (isGrip(prop.at)) return parts(prop, index, body, camera);
  const known = standing.get(camera) ?? new Map<Solid, Part[]>();
  standing.set(camera, known);
  const found = known.get(prop) ?? parts(prop, index, body, camera);
  known.set(prop, found);
  return found;
}

function parts(prop: Solid, index: number, body: Body, camera: Camera): Part[] {
  const at = placeOf(prop, body);
  if (prop.kind === 'pillow' || prop.kind === 'roll') {
    const balls = cushion(prop, at);
    const d = prop.kind === 'roll' ? chain([balls[0], balls[1]] as Ball[], camera) : blob(balls, camera);
    const [one, last] = [balls[0], balls.at(-1)] as [Ball, Ball];
    const middle = add(add([0, 0, 0], one[0], 0.5), last[0], 0.5);
    const axes = [squared(prop.front, UP), UP, cross(UP, squared(prop.front, UP))] as const;
    const half: Vec = [prop.size[0] / 2 - 2, prop.size[1] / 2 - 2, prop.size[2] / 2];
    return [
      {
        name: `prop${index}`,
        depth: camera.see(middle).depth,
        far: 0,
        balls,
        // What lies on a person is soft on all sides: it follows its middle.
        ...(isGrip(prop.at) ? {} : { box: { centre: middle, axes, half } }),
        layers: [{ tone: 'cloth', d }]
      }
    ];
  }
  const tone = prop.kind === 'wall' ? 'wall' : 'wood';
  return boxes(prop, at).map(({ name, box }) => ({
    name: `prop${index}-${name}`,
    depth: camera.see(box.centre).depth,
    far: 0,
    balls: corners(box).map((corner): Ball => [corner, 0]),
    box,
    layers: faces(box, tone, camera)
  }));
}
