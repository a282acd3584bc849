import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { camera } from './camera.ts';
import { duration, effort, keyframes, mirrored, momentOf, pose, readFigure, stills } from './figure.ts';
import type { FigureData } from './figure.ts';
import { BODY_SIDES, BONES, cross, dot, isGrip, length, minus, squared, type Body, type Vec } from './skeleton.ts';

interface ExerciseFile {
  slug: string;
  sides: string;
  text: Record<string, { steps: string[] }>;
  figure: unknown;
}

const folder = new URL('../../../../exercises/catalogue/', import.meta.url);
const exercises = readdirSync(folder)
  .filter((name) => name.endsWith('.json') && !['routines.json', 'schema.json'].includes(name))
  .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as ExerciseFile);

const figureOf = (exercise: ExerciseFile): FigureData => {
  const figure = readFigure(exercise.figure);
  if (!figure) throw new Error(`${exercise.slug} has no figure`);
  return figure;
};
const moments = Array.from({ length: 601 }, (_, i) => i / 600);
const known = new Map<FigureData, Body[]>();
function bodies(figure: FigureData): Body[] {
  const found = known.get(figure) ?? moments.map((at) => pose(figure, at));
  known.set(figure, found);
  return found;
}
/** How high the ground is under a point: the floor, or the top of what stands there. */
function groundAt({ props = [] }: FigureData, [x, y, z]: Vec): number {
  const tops = props.flatMap((prop) => {
    if (!('at' in prop) || isGrip(prop.at)) return [];
    const [forward, aside] = [squared(prop.front, [0, 1, 0]), [prop.at[0] - x, 0, prop.at[2] - z] as Vec];
    const along = Math.abs(dot(aside, forward));
    const across = Math.abs(dot(aside, cross([0, 1, 0], forward)));
    const under = along < prop.size[0] / 2 + 3 && across < prop.size[2] / 2 + 3 && prop.size[1] < y;
    return under ? [prop.size[1]] : [];
  });
  return Math.max(0, ...tops);
}
const apart = (a: Vec, b: Vec): number => length(minus(a, b));

it('has the exercises to draw', () => {
  expect(exercises.length).toBeGreaterThanOrEqual(5);
});

describe.each(exercises.map((exercise) => [exercise.slug, exercise] as const))('%s', (_, exercise) => {
  const figure = figureOf(exercise);

  it('keeps every bone at its length', () => {
    const wrong = bodies(figure).flatMap((body) =>
      [
        [body.pelvis, body.waist, BONES.loin] as const,
        [body.waist, body.neck, BONES.ribs] as const,
        [body.neck, body.head, BONES.neck] as const,
        ...BODY_SIDES.flatMap((side) => {
          const [leg, arm] = [body.legs[side], body.arms[side]];
          return [
            [leg.hip, leg.knee, BONES.thigh] as const,
            [leg.knee, leg.ankle, BONES.shin] as const,
            [arm.shoulder, arm.elbow, BONES.upperArm] as const,
            [arm.elbow, arm.wrist, BONES.forearm] as const
          ];
        })
      ].map(([one, other, bone]) => Math.abs(apart(one, other) - bone))
    );
    expect(Math.max(...wrong)).toBeLessThan(0.001);
  });

  it('sinks nothing into the floor', () => {
    const lowest = bodies(figure).flatMap((body) => [
      ...[body.pelvis, body.waist, body.chest].map((point) => point[1] - 9),
      body.head[1] - 8.5,
      ...BODY_SIDES.flatMap((side) => {
        const { hip, knee, ankle, heel, ball, toe } = body.legs[side];
        const { elbow, wrist, fingers } = body.arms[side];
        const flesh: [Vec, number][] = [
          [hip, 8], [knee, 5], [ankle, 3], [heel, 3], [ball, 2], [toe, 1], [elbow, 3], [wrist, 2], [fingers, 1]
        ];
        return flesh.map(([point, radius]) => point[1] - radius);
      })
    ]);
    expect(Math.min(...lowest)).toBeGreaterThan(-1.5);
  });

  it('leaves the weight on the floor or on what stands there, not in the air', () => {
    const heights = bodies(figure).map((body) => {
      const resting: [Vec, number][] = [
        [body.pelvis, 10],
        [body.neck, 10.5],
        ...BODY_SIDES.flatMap((side): [Vec, number][] => [
          [body.legs[side].heel, 3.5],
          [body.legs[side].toe, 2.5],
          [body.legs[side].knee, 5.5]
        ])
      ];
      return Math.min(...resting.map(([point, radius]) => point[1] - radius - groundAt(figure, point)));
    });
    expect(Math.max(...heights)).toBeLessThan(2);
  });

  it('bends no knee or elbow past what a person can, and flips none over', () => {
    const all = bodies(figure);
    const cosine = (a: Vec, joint: Vec, b: Vec) =>
      dot(minus(a, joint), minus(b, joint)) / (apart(a, joint) * apart(b, joint));
    for (const side of BODY_SIDES) {
      const knees = all.map(({ legs }) => cosine(legs[side].hip, legs[side].knee, legs[side].ankle));
      const elbows = all.map(({ arms }) => cosine(arms[side].shoulder, arms[side].elbow, arms[side].wrist));
      expect(Math.max(...knees)).toBeLessThan(Math.cos((28 * Math.PI) / 180));
      expect(Math.max(...elbows)).toBeLessThan(Math.cos((25 * Math.PI) / 180));
      const leaps = all.slice(1).map((body, i) => {
        const last = all[i] as Body;
        const elbow = apart(last.arms[side].elbow, body.arms[side].elbow);
        return Math.max(elbow, apart(last.legs[side].knee, body.legs[side].knee));
      });
      expect(Math.max(...leaps)).toBeLessThan(5);
    }
  });

  it('ends where it began', () => {
    expect(pose(figure, 1)).toEqual(pose(figure, 0));
    expect(apart(pose(figure, 0.9999).head, pose(figure, 0).head)).toBeLessThan(0.1);
  });

  it('starts at rest, can freeze in the hold, and shows the effort only there', () => {
    expect(figure.keys[0]?.phase).toBe('start');
    expect(effort(figure, 0)).toBe(0);
    expect(effort(figure, momentOf(figure, 'hold'))).toBe(1);
  });

  it('prints its still frames in the order of the steps', () => {
    const frames = stills(figure);
    expect(frames.length).toBeGreaterThanOrEqual(2);
    expect(frames.map((frame) => frame.step)).toEqual(frames.map((frame) => frame.step).toSorted((a, b) => a - b));
    for (const text of Object.values(exercise.text)) {
      for (const frame of frames) expect(text.steps[frame.step]).toBeDefined();
    }
  });
});

describe('time', () => {
  const figure = figureOf(exercises.find((exercise) => exercise.slug === 'knee-to-chest') as ExerciseFile);

  it('gives each key pose its stay, in order, within one cycle', () => {
    const edges = keyframes(figure).flatMap(({ from, until }) => [from, until]);
    expect(edges).toEqual(edges.toSorted((a, b) => a - b));
    expect(edges[0]).toBe(0);
    expect(edges.at(-1)).toBeLessThan(1);
    expect(duration(figure)).toBeGreaterThan(4);
  });

  it('keeps a hand on the shin that it draws in', () => {
    const { legs, arms } = pose(figure, momentOf(figure, 'hold'));
    expect(apart(arms.right.wrist, legs.right.knee)).toBeLessThan(18);
    expect(apart(arms.left.wrist, legs.right.knee)).toBeLessThan(18);
  });

  it('refuses what is not a figure', () => {
    for (const value of [null, 'figure', {}, { keys: [] }, { keys: [1] }]) expect(readFigure(value)).toBeNull();
  });
});

describe('the other side', () => {
  it('is the mirror image of the side that was drawn', () => {
    for (const figure of exercises.map(figureOf)) {
      const other = figure.side === 'left' ? 'right' : 'left';
      expect(mirrored(figure, figure.side)).toBe(false);
      expect(mirrored(figure, other)).toBe(true);
      const point = pose(figure, 0.5).legs[figure.side].knee;
      const [one, two] = [camera(figure.view, false).see(point), camera(figure.view, true).see(point)];
      expect(two).toEqual({ ...one, x: -one.x });
    }
  });
});

it('lifts the hips to a line from knees to shoulders in the bridge', () => {
  const figure = figureOf(exercises.find((exercise) => exercise.slug === 'bridge') as ExerciseFile);
  const { neck, pelvis, legs } = pose(figure, momentOf(figure, 'hold'));
  const knee = legs.right.knee;
  const onLine = neck[1] + ((knee[1] - neck[1]) * (pelvis[0] - neck[0])) / (knee[0] - neck[0]);
  expect(Math.abs(pelvis[1] - onLine)).toBeLessThan(4);
});
