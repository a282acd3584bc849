/** How each stream is drawn. Colour alone tells nothing to many eyes: a dash and a marker go with it. */
import type { Stream } from '#lib/domain/types.ts';

export type Marker = 'circle' | 'triangle' | 'square' | 'diamond';

export interface Stroke {
  dash: number[];
  marker: Marker;
  /** The design token of its colour. */
  token: string;
}

export const STROKES: Record<Stream, Stroke> = {
  numbness: { dash: [], marker: 'circle', token: '--numbness' },
  tingling: { dash: [2, 4], marker: 'triangle', token: '--tingling' },
  pain: { dash: [10, 4], marker: 'square', token: '--pain' },
  weakness: { dash: [10, 4, 2, 4], marker: 'diamond', token: '--weakness' }
};

/** Adds one marker to a path: centre and radius in the path's own pixels. The areas look alike in size. */
export function addMarker(path: Path2D, marker: Marker, x: number, y: number, r: number): void {
  if (marker === 'circle') {
    path.moveTo(x + r, y);
    path.arc(x, y, r, 0, Math.PI * 2);
  } else if (marker === 'square') {
    path.rect(x - r * 0.88, y - r * 0.88, r * 1.76, r * 1.76);
  } else if (marker === 'triangle') {
    path.moveTo(x, y - r * 1.2);
    path.lineTo(x + r * 1.2, y + r * 0.9);
    path.lineTo(x - r * 1.2, y + r * 0.9);
    path.closePath();
  } else {
    path.moveTo(x, y - r * 1.3);
    path.lineTo(x + r * 1.3, y);
    path.lineTo(x, y + r * 1.3);
    path.lineTo(x - r * 1.3, y);
    path.closePath();
  }
}

/** The same marker as the `d` of an SVG path, around 0,0. */
export function markerPath(marker: Marker, r: number): string {
  if (marker === 'circle') return `M${-r},0a${r},${r} 0 1 0 ${2 * r},0a${r},${r} 0 1 0 ${-2 * r},0`;
  if (marker === 'square') return `M${-r * 0.88},${-r * 0.88}h${r * 1.76}v${r * 1.76}h${-r * 1.76}z`;
  if (marker === 'triangle') return `M0,${-r * 1.2}L${r * 1.2},${r * 0.9}H${-r * 1.2}z`;
  return `M0,${-r * 1.3}L${r * 1.3},0L0,${r * 1.3}L${-r * 1.3},0z`;
}
