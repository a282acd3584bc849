import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { duration, keyframes, pose, readFigure, type FigureData } from './figure.ts';
import { paced } from './pace.ts';
import { BODY_SIDES, length, minus, type Body, type Vec } from './skeleton.ts';

interface ExerciseFile {
  tempo: string;
  figure: unknown;
}
const folder = new URL('../../../../exercises/catalogue/', import.meta.url);
const read = (name: string): ExerciseFile => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as ExerciseFile;
const withTempo = readdirSync(folder)
  .filter((name) => name.endsWith('.json') && !['routines.json', 'schema.json'].includes(name))
  .map((name): [string, string, FigureData] => [name, read(name).tempo, readFigure(read(name).figure) as FigureData])
  .filter(([, tempo]) => tempo !== '');

const joints = (body: Body): Vec[] => [
  ...[body.pelvis, body.neck, body.head],
  ...BODY_SIDES.flatMap((side) => [body.legs[side].knee, body.legs[side].ankle, body.arms[side].wrist])
];

describe.each(withTempo)('%s at its tempo of %s', (_, tempo, figure) => {
  const moving = paced(figure, tempo);
  const [out = 0, pause = 0, back = 0] = tempo.split('-').map(Number);

  it('takes as long as a repetition, and is out when the way out is over', () => {
    expect(duration(moving)).toBeCloseTo(out + pause + back, 6);
    const reached = keyframes(moving).find(({ phase }) => phase === 'hold');
    expect((reached?.from ?? 0) * duration(moving)).toBeCloseTo(out, 6);
  });

  it('passes through the same poses', () => {
    const [as, at] = [keyframes(figure), keyframes(moving)];
    figure.keys.forEach((_, i) => {
      const [one, other] = [pose(figure, as[i]?.from ?? 0), pose(moving, at[i]?.from ?? 0)];
      joints(one).forEach((point, j) => expect(length(minus(point, joints(other)[j] as Vec))).toBeLessThan(0.5));
    });
  });

  it('hurries nobody', () => {
    const frames = Math.ceil(duration(moving) * 30);
    const all = Array.from({ length: frames + 1 }, (_, i) => joints(pose(moving, i / frames)));
    const speeds = all.slice(1).flatMap((now, i) => now.map((p, j) => length(minus(p, all[i]?.[j] as Vec)) * 30));
    expect(Math.max(...speeds)).toBeLessThan(200);
  });
});

it('leaves a figure alone that has no tempo, or no hold to turn in', () => {
  const [, , figure] = withTempo[0] as [string, string, FigureData];
  expect(paced(figure, '')).toBe(figure);
  const still = { ...figure, keys: figure.keys.map((key) => ({ ...key, phase: 'move' as const })) };
  expect(paced(still, '2-0-2')).toBe(still);
});
