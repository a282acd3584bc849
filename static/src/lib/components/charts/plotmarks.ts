/** What stands at the edge of the chart, beside its lines: marked saddle areas at the foot, told changes at the top. */
import uPlot from 'uplot';
import type { Series } from '#lib/domain/days.ts';
import { addMarker } from './strokes.ts';

/** Where a day stands, in the canvas's pixels. */
function placed(u: uPlot, day: number): number {
  const { min = 0, max = 1 } = u.scales.x ?? {};
  return u.bbox.left + ((day - min) / (max - min)) * u.bbox.width;
}

function fill(u: uPlot, path: Path2D, colour: string): void {
  u.ctx.save();
  u.ctx.fillStyle = colour;
  u.ctx.fill(path);
  u.ctx.restore();
}

/** Days with a mark on the saddle area: never in the lines, always in sight, standing on the axis. */
export function drawSaddles(u: uPlot, series: Series, colour: string): void {
  const { min = 0, max = 1 } = u.scales.x ?? {};
  const first = series.days[0] ?? 0;
  const ratio = uPlot.pxRatio;
  const path = new Path2D();
  for (let at = Math.max(0, Math.floor(min - first)); at <= max - first && at < series.days.length; at++) {
    if (!series.saddles[at]) continue;
    addMarker(path, 'triangle', placed(u, first + at), u.bbox.top + u.bbox.height - 6 * ratio, 6 * ratio);
  }
  fill(u, path, colour);
}

/** The days on which a change was told: a small flag at the top, in the colour of the words beside. */
export function drawTold(u: uPlot, days: readonly number[], colour: string): void {
  const { min = 0, max = 1 } = u.scales.x ?? {};
  const ratio = uPlot.pxRatio;
  const path = new Path2D();
  for (const day of days) {
    if (day < min || day > max) continue;
    const x = placed(u, day);
    path.rect(x - 0.75 * ratio, u.bbox.top, 1.5 * ratio, 18 * ratio);
    path.moveTo(x, u.bbox.top);
    path.lineTo(x + 9 * ratio, u.bbox.top + 4.5 * ratio);
    path.lineTo(x, u.bbox.top + 9 * ratio);
    path.closePath();
  }
  fill(u, path, colour);
}
