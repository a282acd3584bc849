/**
 * The drawing of the lower body as data: one area for each region, side and view, for body maps, heat maps and reports.
 * Areas are drawn once, for the half at the viewer's right, and mirrored for the other half by a transform.
 */
import type { View } from '#lib/domain/anatomy.ts';
import { readingKey, sidesOf } from '#lib/domain/body.ts';
import { REGIONS } from '#lib/domain/types.ts';
import type { Region, Side } from '#lib/domain/types.ts';
import type { Point } from './outline.ts';
import { BACK, FRONT } from './legs.ts';
import { FEET, SOLES } from './feet.ts';

/** One half of a drawing; the midline areas cover both halves. */
export interface Half {
  height: number;
  /** What shows behind the body, of one half. */
  behind?: string;
  /** The body as one outline: both legs together, or one foot. */
  body: string;
  /** Where the drawing fades out, from nothing to all of it: heights in the drawing. */
  fade?: { from: number; to: number };
  /** Fine lines that make it a body: creases, bones, muscles, nails. */
  details: readonly string[];
  /** Each area and where its number stands. */
  areas: Partial<Record<Region, { path: string; at: Point }>>;
}

export interface Shape {
  key: string;
  region: Region;
  side: Side;
  view: View;
  path: string;
  /** Puts the path into the drawing, whose midline is at half its width. */
  transform: string;
  /** Where a number stands, in the drawing. */
  at: Point;
}

export const WIDTH = 320;
export const HALVES: Record<View, Half> = { front: FRONT, back: BACK, feet: FEET, soles: SOLES };

const PLACED = `translate(${WIDTH / 2} 0)`;
const MIRRORED = `${PLACED} scale(-1 1)`;

/** Whose half is at the viewer's right: facing us it is the left one, else the right one. */
export function sideAtRight(view: View): 'left' | 'right' {
  return view === 'front' ? 'left' : 'right';
}

/** The transforms that draw both halves of something. */
export const BOTH_HALVES = [PLACED, MIRRORED] as const;

function shapesOf(region: Region, view: View): Shape[] {
  const drawn = HALVES[view].areas[region];
  if (drawn === undefined) return [];
  return sidesOf(region).map((side) => {
    const mirrored = side !== 'midline' && side !== sideAtRight(view);
    const [out, down] = drawn.at;
    return {
      key: readingKey(region, side),
      region,
      side,
      view,
      path: drawn.path,
      transform: mirrored ? MIRRORED : PLACED,
      at: [WIDTH / 2 + (mirrored ? -out : out), down]
    };
  });
}

/** Every area of every drawing, from the low back to the sole. */
export const SHAPES: readonly Shape[] = REGIONS.flatMap((region) =>
  (Object.keys(HALVES) as View[]).flatMap((view) => shapesOf(region, view))
);
