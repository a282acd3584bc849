/**
 * Where a region lies: in which drawings, in which part of the list, how far down the leg. Apart from `body.ts`, which
 * the first screen loads.
 */
import { worstOf } from './body.ts';
import { REGIONS } from './types.ts';
import type { Reading, Region } from './types.ts';

/** The four drawings: the lower body twice, the feet seen from above, and the soles. */
export const VIEWS = ['front', 'back', 'feet', 'soles'] as const;
export type View = (typeof VIEWS)[number];

export const REGION_GROUPS = ['back-and-hip', 'thigh', 'knee-and-shin', 'foot'] as const;
export type RegionGroup = (typeof REGION_GROUPS)[number];

interface Anatomy {
  group: RegionGroup;
  views: readonly View[];
  /** Steps down the leg: 0 low back, 1 hip, 2 thigh, 3 knee, 4 lower leg, 5 foot, 6 toes. */
  depth: number;
}

const ANATOMY: Record<Region, Anatomy> = {
  'low-back': { group: 'back-and-hip', views: ['back'], depth: 0 },
  groin: { group: 'back-and-hip', views: ['front'], depth: 1 },
  saddle: { group: 'back-and-hip', views: ['front', 'back'], depth: 1 },
  'outer-hip': { group: 'back-and-hip', views: ['front', 'back'], depth: 1 },
  buttock: { group: 'back-and-hip', views: ['back'], depth: 1 },
  'front-thigh': { group: 'thigh', views: ['front'], depth: 2 },
  'outer-thigh': { group: 'thigh', views: ['front', 'back'], depth: 2 },
  'inner-thigh': { group: 'thigh', views: ['front'], depth: 2 },
  'back-of-thigh': { group: 'thigh', views: ['back'], depth: 2 },
  knee: { group: 'knee-and-shin', views: ['front', 'back'], depth: 3 },
  'inner-shin': { group: 'knee-and-shin', views: ['front'], depth: 4 },
  'outer-shin': { group: 'knee-and-shin', views: ['front'], depth: 4 },
  calf: { group: 'knee-and-shin', views: ['back'], depth: 4 },
  'top-of-foot': { group: 'foot', views: ['front', 'feet'], depth: 5 },
  'big-toe': { group: 'foot', views: ['front', 'feet', 'soles'], depth: 6 },
  'little-toes': { group: 'foot', views: ['front', 'feet', 'soles'], depth: 6 },
  'outer-foot': { group: 'foot', views: ['feet', 'soles'], depth: 5 },
  heel: { group: 'foot', views: ['back', 'soles'], depth: 5 },
  sole: { group: 'foot', views: ['soles'], depth: 5 }
};

export function viewsOf(region: Region): readonly View[] {
  return ANATOMY[region].views;
}

export function regionsOf(group: RegionGroup): readonly Region[] {
  return REGIONS.filter((region) => ANATOMY[region].group === group);
}

/** Steps down the leg, 0 (low back) to 6 (toes). Regions at one height share a step. */
export function depthOf(region: Region): number {
  return ANATOMY[region].depth;
}

/** The lowest step that any reading above 0 reaches; null when nothing is felt. */
export function furthestDown(readings: readonly Reading[]): number | null {
  const felt = readings.filter((reading) => (worstOf(reading)?.value ?? 0) > 0);
  return felt.length === 0 ? null : Math.max(...felt.map((reading) => depthOf(reading.region)));
}
