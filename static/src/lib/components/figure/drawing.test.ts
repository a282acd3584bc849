import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { camera } from '#lib/domain/camera.ts';
import { pose, readFigure, type FigureData } from '#lib/domain/figure.ts';
import { shadow, shapes, spotAt } from './drawing.ts';
import { scene } from './scene.ts';

const folder = new URL('../../../../../exercises/catalogue/', import.meta.url);
const figures = readdirSync(folder)
  .filter((name) => name.endsWith('.json') && !['routines.json', 'schema.json'].includes(name))
  .map((name): [string, FigureData] => {
    const { figure } = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { figure: unknown };
    return [name, readFigure(figure) as FigureData];
  });

describe.each(figures)('%s', (_, figure) => {
  const moments = Array.from({ length: 40 }, (_, i) => i / 40);

  it('draws the whole person at every moment, with numbers that SVG can read', () => {
    const view = camera(figure.view, false);
    for (const at of moments) {
      const body = pose(figure, at);
      const drawn = shapes(body, view);
      expect(new Set(drawn.map((shape) => shape.id)).size).toBe(drawn.length);
      for (const part of ['head', 'trunk', 'left-thigh', 'left-shin', 'right-hand', 'right-forearm']) {
        expect(drawn.some((shape) => shape.id.startsWith(part))).toBe(true);
      }
      const paths = [...drawn.map((shape) => shape.d), shadow(body, view)].join('');
      expect(paths).toMatch(/^[MLAZ\d\s.-]+$/);
    }
  });

  it('keeps the person and the stretched spot inside the image, on either side', () => {
    for (const side of ['left', 'right'] as const) {
      const set = scene(figure, side);
      const [x = 0, y = 0, width = 0, height = 0] = set.viewBox.split(' ').map(Number);
      for (const at of moments) {
        const body = pose(figure, at);
        const points = [body.head, body.pelvis, body.legs.left.toe, body.legs.right.toe].map(set.camera.see);
        for (const spot of figure.stretch) points.push(spotAt(body, spot.spot, spot.side, set.camera));
        for (const point of points) {
          expect(point.x).toBeGreaterThan(x);
          expect(point.x).toBeLessThan(x + width);
          expect(point.y).toBeGreaterThan(y);
          expect(point.y).toBeLessThan(y + height);
        }
      }
    }
  });
});

it('paints the far leg before the near one', () => {
  const [, figure] = figures.find(([name]) => name === 'bridge.json') as [string, FigureData];
  const order = shapes(pose(figure, 0), camera(figure.view, false)).map((shape) => shape.id);
  expect(order.indexOf('left-thigh-0')).toBeLessThan(order.indexOf('right-thigh-0'));
});
