/** A figure at one moment as a whole SVG image in plain colours: for print and for looking at it outside the app. */
import { effort, pose, type BodySide, type FigureData } from '#lib/domain/figure.ts';
import { shadow, shapes, spotsAt } from './drawing.ts';
import { colours, PAINT, type Scheme } from './paint.ts';
import { scene } from './scene.ts';

export interface Moment {
  /** The point of the cycle, 0-1. */
  at: number;
  side: BodySide;
  scheme?: Scheme;
  /** Tells the glow of this image from those of others on the same page. */
  id?: string;
}

const path = (d: string, style: string): string => `<path d="${d}" ${style}/>`;

/** The SVG of a figure; its unit is the centimetre of the figure, its size follows the person and the things about. */
export function svg(figure: FigureData, { at, side, scheme = 'light', id = 'glow' }: Moment): string {
  const set = scene(figure, side);
  const body = pose(figure, at);
  const { mat, matEdge, dark, glow } = PAINT[scheme];
  const stops = [[0, 0.85], [0.5, 0.45], [1, 0]].map(
    ([offset, opacity]) => `<stop offset="${offset}" stop-color="${glow}" stop-opacity="${opacity}"/>`
  );
  const strength = effort(figure, at).toFixed(2);
  const glows = figure.stretch
    .flatMap((one) => spotsAt(body, one.spot, one.side, set.camera))
    .map(
      ({ x, y, radius }) =>
        `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${radius}" fill="url(#${id})" opacity="${strength}"/>`
    );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${set.viewBox}">`,
    `<defs><radialGradient id="${id}">${stops.join('')}</radialGradient></defs>`,
    path(set.matEdge, `fill="${matEdge}" stroke="${matEdge}" stroke-linejoin="round"`),
    path(set.mat, `fill="${mat}"`),
    path(shadow(body, set.camera, figure.props), `fill="${dark}" opacity="0.14"`),
    ...shapes(body, set.camera, figure.props).map((shape) => {
      const { fill, stroke } = colours(shape, scheme);
      return path(
        shape.d,
        `fill="${fill}"${stroke ? ` stroke="${stroke}" stroke-width="1" stroke-linejoin="round" paint-order="stroke"` : ''}`
      );
    }),
    ...(strength === '0.00' ? [] : glows),
    '</svg>'
  ].join('');
}
