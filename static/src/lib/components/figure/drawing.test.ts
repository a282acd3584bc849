import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { camera } from '#lib/domain/camera.ts';
import { duration, pose, readFigure, SPOTS, type FigureData, type Prop } from '#lib/domain/figure.ts';
import { BODY_SIDES, dot, minus, mix, type Body, type Vec } from '#lib/domain/skeleton.ts';
import { shadow, shapes, spotsAt } from './drawing.ts';
import { boxes, isSolid, placeOf } from './furniture.ts';
import type { Box } from './order.ts';
import { scene } from './scene.ts';

const folder = new URL('../../../../../exercises/catalogue/', import.meta.url);
const figures = readdirSync(folder)
  .filter((name) => name.endsWith('.json') && !['routines.json', 'schema.json'].includes(name))
  .map((name): [string, FigureData] => {
    const { figure } = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { figure: unknown };
    return [name, readFigure(figure) as FigureData];
  });

describe.each(figures)('%s', (_, figure) => {
  const moments = Array.from({ length: 24 }, (_, i) => i / 24);

  it('draws the whole person at every moment, with numbers that SVG can read', () => {
    const view = camera(figure.view, false);
    for (const at of moments) {
      const body = pose(figure, at);
      const drawn = shapes(body, view, figure.props);
      expect(new Set(drawn.map((shape) => shape.id)).size).toBe(drawn.length);
      for (const part of ['head', 'trunk', 'left-thigh', 'left-shin', 'right-hand', 'right-forearm']) {
        expect(drawn.some((shape) => shape.id.startsWith(part))).toBe(true);
      }
      const paths = [...drawn.map((shape) => shape.d), shadow(body, view, figure.props)].join('');
      expect(paths).toMatch(/^[MLAZ\d\s.-]+$/);
    }
  });

  it('keeps all that is painted inside the image, on either side', () => {
    for (const side of ['left', 'right'] as const) {
      const set = scene(figure, side);
      const [x = 0, y = 0, width = 0, height = 0] = set.viewBox.split(' ').map(Number);
      // The other side is the mirror image: a few moments show that the image is turned with it.
      for (const at of side === figure.side ? moments : moments.filter((_, i) => i % 8 === 0)) {
        const body = pose(figure, at);
        const paths = shapes(body, set.camera, figure.props).map((shape) => shape.d);
        const points = [set.mat, set.matEdge, shadow(body, set.camera, figure.props), ...paths].flatMap(ends);
        for (const one of figure.stretch) {
          for (const spot of spotsAt(body, one.spot, one.side, set.camera)) points.push([spot.x, spot.y]);
        }
        expect(Math.min(...points.map(([left]) => left))).toBeGreaterThan(x);
        expect(Math.max(...points.map(([left]) => left))).toBeLessThan(x + width);
        expect(Math.min(...points.map(([, top]) => top))).toBeGreaterThan(y);
        expect(Math.max(...points.map(([, top]) => top))).toBeLessThan(y + height);
      }
    }
  });

  it('puts no part of the person into a chair, a step or a wall', () => {
    const solids = (figure.props ?? []).filter(isSolid).filter(({ kind }) => kind !== 'pillow' && kind !== 'roll');
    if (solids.length === 0) return;
    const found: string[] = [];
    for (let i = 0; i < duration(figure) * 30; i += 1) {
      const body = pose(figure, i / 30 / duration(figure));
      const hard = solids.flatMap((prop) => boxes(prop, placeOf(prop, body)));
      for (const [point, radius, name] of flesh(body)) {
        for (const { box, name: board } of hard) {
          if (outside(point, box) < radius - 3) found.push(`${name} in ${board} at ${(i / 30).toFixed(1)} s`);
        }
      }
    }
    expect(found).toEqual([]);
  });
});

/** Where the lines and curves of a path end. */
const ends = (d: string): [number, number][] =>
  [...d.matchAll(/(-?[\d.]+) (-?[\d.]+)(?=[MLAZ]|$)/g)].map(([, x, y]) => [Number(x), Number(y)]);

/** How far a point is from a box; below 0 within it. */
function outside(point: Vec, { centre, axes, half }: Box): number {
  const over = axes.map((axis, i) => Math.abs(dot(minus(point, centre), axis)) - (half[i] ?? 0));
  const beyond = Math.hypot(...over.map((cm) => Math.max(0, cm)));
  return beyond > 0 ? beyond : Math.max(...over);
}

const flesh = (body: Body): [Vec, number, string][] => [
  [body.pelvis, 9, 'pelvis'],
  [body.waist, 8, 'waist'],
  [body.chest, 8, 'chest'],
  [body.head, 8.5, 'head'],
  ...BODY_SIDES.flatMap((side): [Vec, number, string][] => {
    const { hip, knee, ankle, heel, ball, toe } = body.legs[side];
    const { shoulder, elbow, wrist, fingers } = body.arms[side];
    return [
      [hip, 8, 'hip'], [mix(hip, knee, 0.5), 7, 'thigh'], [knee, 5, 'knee'], [mix(knee, ankle, 0.5), 5, 'shin'],
      [ankle, 3.5, 'ankle'], [heel, 3, 'heel'], [ball, 2.5, 'ball'], [toe, 2, 'toe'], [shoulder, 5, 'shoulder'],
      [mix(shoulder, elbow, 0.5), 4, 'upper arm'], [elbow, 3.5, 'elbow'], [mix(elbow, wrist, 0.5), 3.5, 'forearm'],
      [wrist, 2.5, 'wrist'], [fingers, 1.5, 'fingers']
    ].map(([point, radius, name]) => [point, radius, `${side} ${name as string}`] as [Vec, number, string]);
  })
];

it('knows where each spot is: on the part of the body that it is named after', () => {
  const [, figure] = figures.find(([name]) => name === 'sit-to-stand.json') as [string, FigureData];
  const [body, view] = [pose(figure, 0), camera({ yaw: 0, pitch: 0 }, false)];
  const seen = Object.fromEntries(SPOTS.map((spot) => [spot, spotsAt(body, spot, 'right', view)]));
  const middle = (spot: (typeof SPOTS)[number]) => seen[spot]?.[0] ?? { x: NaN, y: NaN };
  for (const spots of Object.values(seen)) {
    expect(spots.length).toBeGreaterThan(0);
    for (const { x, y, radius } of spots) expect(x + y + radius).not.toBeNaN();
  }
  // A person who sits and faces right: the back is on the left, the belly on the right, the calf behind the shin.
  expect(middle('low-back').x).toBeLessThan(middle('belly').x);
  expect(middle('between-shoulders').y).toBeLessThan(middle('low-back').y);
  expect(middle('front-of-thigh').y).toBeLessThan(middle('back-of-thigh').y);
  expect(middle('calf').x).toBeLessThan(view.see(mix(body.legs.right.knee, body.legs.right.ankle, 0.3)).x);
  expect(seen['whole-leg']?.length).toBeGreaterThan(4);
});

it('paints the far leg before the near one', () => {
  const [, figure] = figures.find(([name]) => name === 'bridge.json') as [string, FigureData];
  const order = shapes(pose(figure, 0), camera(figure.view, false)).map((shape) => shape.id);
  expect(order.indexOf('left-thigh-0')).toBeLessThan(order.indexOf('right-thigh-0'));
});

describe('things', () => {
  const orderOf = (name: string, at: number): string[] => {
    const [, figure] = figures.find(([file]) => file === `${name}.json`) as [string, FigureData];
    return shapes(pose(figure, at), scene(figure, figure.side).camera, figure.props).map((shape) => shape.id);
  };
  const before = (order: string[], one: string, other: string) =>
    expect(order.indexOf(one), `${one} before ${other}`).toBeLessThan(order.indexOf(other));

  it("stand where they are: the chair's back and seat behind the person who sits on it, its near armrest before", () => {
    const order = orderOf('sit-to-stand-arms', 0);
    before(order, 'prop0-rest-0', 'trunk-0');
    before(order, 'prop0-top-0', 'right-thigh-0');
    before(order, 'right-thigh-0', 'prop0-stand-1-0');
    expect(order).toContain('prop0-leg11-0');
  });

  it('go round a limb: half of a strap behind the foot, half before', () => {
    const order = orderOf('hamstring-strap', 0.5);
    before(order, 'prop0-far-0', 'right-shin-0');
    before(order, 'right-shin-0', 'prop0-near-0');
    expect(order.filter((id) => id.startsWith('prop0-end'))).toHaveLength(2);
  });

  it('follow the person: a band stays round both thighs', () => {
    const order = orderOf('clamshell-band', 0.5);
    for (const side of BODY_SIDES) {
      before(order, 'prop0-far-0', `${side}-thigh-0`);
      before(order, `${side}-thigh-0`, 'prop0-near-0');
    }
  });

  it('soften a place: a pillow on a leg moves with it', () => {
    const [, figure] = figures.find(([name]) => name === 'clamshell.json') as [string, FigureData];
    const view = camera(figure.view, false);
    const pillow: Prop = {
      kind: 'pillow',
      at: { on: 'left.thigh', along: 0.8, front: 0, right: 0 },
      size: [20, 10, 20],
      front: [1, 0, 0]
    };
    const drawn = [0, 0.5].map((at) =>
      shapes(pose(figure, at), view, [pillow]).find((shape) => shape.tone === 'cloth')
    );
    expect(drawn[0]?.d).toMatch(/^M[\dLZ\s.-]+$/);
    expect(drawn[0]?.d).not.toBe(drawn[1]?.d);
  });
});
