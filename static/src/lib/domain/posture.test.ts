import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { corner, duration, keyframes, pose, readFigure, stills, type FigureData } from './figure.ts';
import { add, BODY_SIDES, cross, dot, gripped, isGrip, leftOf, length, minus, spineOf, squared, unit } from './skeleton.ts';
import type { Body, Facing, Vec } from './skeleton.ts';

/** Frames a second that are looked at. */
const RATE = 30;
/** cm a second that no joint passes: of a calm exercise, and of a foot that swings forward in a slow walk. */
const CALM = 160;
const SWINGING = 300;
interface ExerciseFile {
  figure: unknown;
  continuous: boolean;
}
const folder = new URL('../../../../exercises/catalogue/', import.meta.url);
const figures = readdirSync(folder)
  .filter((name) => name.endsWith('.json') && !['routines.json', 'schema.json'].includes(name))
  .map((name): [string, FigureData, number] => {
    const { figure, continuous } = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as ExerciseFile;
    return [name.replace('.json', ''), readFigure(figure) as FigureData, continuous ? SWINGING : CALM];
  });

const degrees = (a: Vec, b: Vec): number =>
  (Math.acos(Math.min(1, Math.max(-1, dot(unit(a), unit(b))))) * 180) / Math.PI;

/** What `vector`, fixed to something that points to `from`, becomes when that turns to `to` by the shortest way. */
function turned(vector: Vec, from: Vec, to: Vec): Vec {
  const half = unit(add(from, to));
  // Two mirrorings make a turn.
  const mirror = (v: Vec, n: Vec): Vec => add(v, n, -2 * dot(v, n));
  return mirror(mirror(vector, from), half);
}

/** How far one part of the trunk is bent and turned against the next, in degrees. */
function bentAgainst(lower: Facing, upper: Facing): { bend: number; twist: number } {
  const up = unit(upper.up);
  const straight = turned(squared(lower.front, unit(lower.up)), unit(lower.up), up);
  return { bend: degrees(lower.up, upper.up), twist: degrees(straight, squared(upper.front, up)) };
}

/** The largest value over some frames, with the frame, so that a failure says where to look. */
interface Worst {
  value: number;
  second: string;
}

describe.each(figures)('%s', (_, figure, speed) => {
  const seconds = duration(figure);
  const frames = Array.from({ length: Math.ceil(seconds * RATE) }, (_, i) => {
    const at = i / RATE / seconds;
    return { at, second: (i / RATE).toFixed(1), body: pose(figure, at) };
  });
  const worst = (measure: (body: Body) => number): Worst =>
    frames
      .map(({ body, second }) => ({ value: measure(body), second }))
      .reduce((a, b) => (b.value > a.value ? b : a));
  const expectAtMost = ({ value, second }: Worst, limit: number, what: string) =>
    expect(value, `${what}, at ${second} s`).toBeLessThanOrEqual(limit);

  it('bends and turns no part of the back and neck past what a person can', () => {
    const back = (body: Body) => bentAgainst(body.faces.pelvis, body.faces.chest);
    const neck = (body: Body) => bentAgainst(body.faces.chest, body.faces.head);
    expectAtMost(worst((body) => back(body).bend), 75, 'back bends');
    expectAtMost(worst((body) => back(body).twist), 65, 'back turns');
    expectAtMost(worst((body) => neck(body).bend), 75, 'neck bends');
    expectAtMost(worst((body) => neck(body).twist), 85, 'neck turns');
  });

  it.each(BODY_SIDES)('moves the %s hip, knee and foot only as far as they go', (side) => {
    const sign = side === 'left' ? 1 : -1;
    const thigh = (body: Body): Vec => unit(minus(body.legs[side].knee, body.legs[side].hip));
    const flexion = (body: Body): number => {
      const { up, front } = body.faces.pelvis;
      return (Math.atan2(dot(thigh(body), front), -dot(thigh(body), up)) * 180) / Math.PI;
    };
    expectAtMost(worst(flexion), 150, 'hip bends');
    // Past 90 degrees to the side the angle says nothing.
    const outward = (body: Body): number =>
      (Math.asin(sign * dot(thigh(body), leftOf(body.faces.pelvis))) * 180) / Math.PI;
    expectAtMost(worst((body) => (Math.abs(outward(body)) > 50 ? 0 : -flexion(body))), 35, 'hip goes back');
    expectAtMost(worst(outward), 85, 'hip opens');
    expectAtMost(worst((body) => -outward(body)), 50, 'hip crosses');

    // Only a bent knee says which way it points.
    const knee = ({ legs }: Body): number =>
      180 - degrees(minus(legs[side].hip, legs[side].knee), minus(legs[side].ankle, legs[side].knee));
    const rotation = (body: Body): number => {
      if (knee(body) < 20 || Math.abs(outward(body)) > 70) return 0;
      // The knee's hinge lies from side to side when the hip does not turn.
      const hinge = squared(leftOf(body.faces.pelvis), thigh(body));
      return degrees(cross(thigh(body), hinge), squared(body.legs[side].front, thigh(body)));
    };
    expectAtMost(worst(rotation), 140, 'hip turns');
    const foot = ({ legs }: Body): number => {
      const { knee: top, ankle, toe, front } = legs[side];
      const shin = unit(minus(ankle, top));
      return degrees(squared(front, shin), squared(minus(toe, ankle), shin));
    };
    // A pointed foot has hardly any direction beside the shin.
    const pointed = ({ legs }: Body): boolean =>
      degrees(minus(legs[side].ankle, legs[side].knee), minus(legs[side].toe, legs[side].ankle)) < 35;
    expectAtMost(worst((body) => (knee(body) < 20 || pointed(body) ? 0 : foot(body))), 60, 'foot turns against the knee');
    const ankle = ({ legs }: Body): number =>
      degrees(minus(legs[side].knee, legs[side].ankle), minus(legs[side].toe, legs[side].ankle));
    expectAtMost(worst((body) => 60 - ankle(body)), 0, 'foot pulls up');
  });

  it.each(BODY_SIDES)('folds the %s hand no further than a wrist goes', (side) => {
    const wrist = ({ arms }: Body): number =>
      degrees(minus(arms[side].wrist, arms[side].elbow), minus(arms[side].fingers, arms[side].wrist));
    expectAtMost(worst(wrist), 95, 'wrist bends');
  });

  it.each(BODY_SIDES)('keeps the %s hand and foot where they rest', (side) => {
    const times = keyframes(figure);
    figure.keys.forEach((_, i) => {
      const next = (i + 1) % figure.keys.length;
      for (const limb of ['ankle', 'wrist'] as const) {
        const [here, there] = [placeIn(figure, i, side, limb), placeIn(figure, next, side, limb)];
        if (!here || JSON.stringify(here) !== JSON.stringify(there)) continue;
        // Near a pose that is passed by, a limb is already on its way.
        const from = (times[i]?.from ?? 0) + corner(figure, i) / seconds;
        const until = (next === 0 ? 1 : (times[next]?.until ?? 1)) - corner(figure, next) / seconds;
        for (const { at, body, second } of frames) {
          if (at < from || at > until) continue;
          const goal = isGrip(here) ? gripped(here, spineOf(body), body.legs) : here;
          const there = limb === 'ankle' ? body.legs[side].ankle : body.arms[side].wrist;
          expect(length(minus(there, goal)), `${limb} slips at ${second} s`).toBeLessThan(1);
        }
      }
    });
  });

  it('moves no joint faster than a calm person does', () => {
    let last: Body | null = null;
    for (const { body, second } of [...frames, { body: pose(figure, 1), second: 'the end' }]) {
      if (last) {
        const before = joints(last);
        const fastest = Math.max(...joints(body).map((point, i) => length(minus(point, before[i] as Vec)) * RATE));
        expect(fastest, `at ${second} s`).toBeLessThan(speed);
      }
      last = body;
    }
  });

  it('flows: no joint changes its speed with a jerk', () => {
    const count = frames.length;
    const even = Array.from({ length: count }, (_, i) => joints(pose(figure, i / count)));
    const jerks = even.flatMap((here, i) => {
      const [before, after] = [even.at(i - 1) as Vec[], even[(i + 1) % count] as Vec[]];
      return here.map((point, j) => {
        const [was, will] = [minus(point, before[j] as Vec), minus(after[j] as Vec, point)];
        return length(minus(will, was)) * RATE;
      });
    });
    // Walking swings its toes fastest: 64 cm/s from one frame to the next.
    expect(Math.max(...jerks)).toBeLessThan(75);
  });

  it('shows the first step first', () => {
    expect(stills(figure)[0]?.step).toBe(0);
  });
});

/** Where a limb's end is in a key pose: as the last pose said that names it. */
function placeIn(figure: FigureData, key: number, side: 'left' | 'right', limb: 'ankle' | 'wrist') {
  return figure.keys
    .slice(0, key + 1)
    .map(({ pose: change }) => change[side]?.[limb])
    .findLast((place) => place !== undefined);
}

const joints = (body: Body): Vec[] => [
  body.pelvis,
  body.waist,
  body.neck,
  body.head,
  ...BODY_SIDES.flatMap((side) => {
    const { knee, ankle, toe } = body.legs[side];
    const { elbow, wrist, fingers } = body.arms[side];
    return [knee, ankle, toe, elbow, wrist, fingers];
  })
];
