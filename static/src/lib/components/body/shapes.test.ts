import { describe, expect, it } from 'vitest';
import { VIEWS, viewsOf } from '#lib/domain/anatomy.ts';
import { PLACES, keyOf } from '#lib/domain/body.ts';
import { REGIONS } from '#lib/domain/types.ts';
import { HALVES, SHAPES, WIDTH, sideAtRight } from './shapes.ts';

/** All numbers of a path, as points. */
function pointsOf(path: string): [number, number][] {
  const numbers = (path.match(/-?[\d.]+/g) ?? []).map(Number);
  return numbers.flatMap((value, i) => (i % 2 === 0 ? [[value, numbers[i + 1] ?? NaN] as [number, number]] : []));
}

describe('the drawings', () => {
  it('show every place in at least one view, each once a view', () => {
    const seen = new Set(SHAPES.map((shape) => shape.key));
    expect(PLACES.map(keyOf).filter((key) => !seen.has(key))).toEqual([]);
    expect(new Set(SHAPES.map((shape) => `${shape.view} ${shape.key}`)).size).toBe(SHAPES.length);
  });

  it('show each region in just the views that the domain names', () => {
    for (const region of REGIONS) {
      const drawn = VIEWS.filter((view) => HALVES[view].areas[region] !== undefined);
      expect(drawn, region).toEqual(viewsOf(region));
    }
  });

  it('are closed, have no broken number and stay within the picture', () => {
    for (const shape of SHAPES) {
      expect(shape.path, shape.key).toMatch(/^M[^M]+Z$/);
      for (const [out, down] of pointsOf(shape.path)) {
        expect(Math.abs(out), shape.key).toBeLessThanOrEqual(WIDTH / 2);
        expect(down, shape.key).toBeGreaterThanOrEqual(0);
        expect(down, shape.key).toBeLessThanOrEqual(HALVES[shape.view].height);
      }
    }
  });

  it('mirror the left from the right about the midline', () => {
    for (const shape of SHAPES.filter((one) => one.side === 'right')) {
      const left = SHAPES.find((one) => one.view === shape.view && one.key === `${shape.region}:left`);
      expect(left?.path).toBe(shape.path);
      expect(left?.transform).not.toBe(shape.transform);
      expect((left?.at[0] ?? NaN) + shape.at[0]).toBeCloseTo(WIDTH);
    }
  });

  it('put the right leg at the left of the picture where the body faces us, else at the right', () => {
    expect(VIEWS.map(sideAtRight)).toEqual(['left', 'right', 'right', 'right']);
    const across = (view: string) => SHAPES.find((one) => one.view === view && one.key === 'knee:right')?.at[0] ?? NaN;
    expect(across('front')).toBeLessThan(WIDTH / 2);
    expect(across('back')).toBeGreaterThan(WIDTH / 2);
  });

  it('put each number within the bounds of its area', () => {
    for (const view of VIEWS) {
      for (const [region, { path, at }] of Object.entries(HALVES[view].areas)) {
        const points = pointsOf(path);
        const outs = points.map(([out]) => out);
        const downs = points.map(([, down]) => down);
        expect(at[0], region).toBeGreaterThan(Math.min(...outs));
        expect(at[0], region).toBeLessThan(Math.max(...outs));
        expect(at[1], region).toBeGreaterThan(Math.min(...downs));
        expect(at[1], region).toBeLessThan(Math.max(...downs));
      }
    }
  });
});
