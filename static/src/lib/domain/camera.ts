/** From the figure's space to the flat image: x to the right, y down, as in SVG, both in centimetres. */
import { cross, dot, unit, type Vec } from '#lib/domain/skeleton.ts';

export interface Seen {
  x: number;
  y: number;
  /** How near to the viewer. */
  depth: number;
}

export interface Camera {
  /** Towards the viewer. */
  viewer: Vec;
  see(point: Vec): Seen;
}

const RADIANS = Math.PI / 180;

/** Yaw goes round to the feet end of the mat, pitch up above the person, both in degrees. No perspective. */
export function camera(view: { yaw: number; pitch: number }, mirror: boolean): Camera {
  const [yaw, pitch] = [view.yaw * RADIANS, view.pitch * RADIANS];
  const viewer: Vec = [Math.sin(yaw) * Math.cos(pitch), Math.sin(pitch), Math.cos(yaw) * Math.cos(pitch)];
  const right: Vec = [Math.cos(yaw), 0, -Math.sin(yaw)];
  const up = unit(cross(viewer, right));
  const turn = mirror ? -1 : 1;
  return { viewer, see: (point) => ({ x: turn * dot(right, point), y: -dot(up, point), depth: dot(viewer, point) }) };
}
