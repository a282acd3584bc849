/**
 * Drawing with points: a line runs smoothly through the points an illustrator marks, and areas are built from
 * parts of shared lines, so that neighbours meet without a gap.
 * Coordinates are of half a body: [distance outwards from the midline, distance down].
 */
export type Point = readonly [number, number];
/** A cubic Bezier curve: start, two handles, end. */
type Bend = readonly [Point, Point, Point, Point];
export type Line = readonly Bend[];

/** The smooth line through all points; the handles follow the neighbours, a third of the way to the next point. */
export function smooth(...points: Point[]): Line {
  const bends: Bend[] = [];
  points.forEach((start, i) => {
    const end = points[i + 1];
    if (end === undefined) return;
    const before = points[i - 1] ?? start;
    const after = points[i + 2] ?? end;
    const reach = distance(start, end) / 3;
    bends.push([start, towards(start, before, end, reach), towards(end, after, start, reach), end]);
  });
  return bends;
}

/** The part of a line between two of its points, counted from 0; backwards when `from` is the later one. */
export function part(line: Line, from: number, to: number): Line {
  return from <= to ? line.slice(from, to) : back(line.slice(to, from));
}

export function back(line: Line): Line {
  return line.map(([a, b, c, d]) => [d, c, b, a] as const).reverse();
}

/** The line on the other side of the midline. */
export function across(line: Line): Line {
  return change(line, ([out, down]) => [-out, down]);
}

/** The line turned upside down within a drawing of this height. */
export function upsideDown(line: Line, height: number): Line {
  return change(line, ([out, down]) => [out, height - down]);
}

/** The path of one open line. */
export function stroke(line: Line): string {
  const first = line[0];
  return first === undefined ? '' : `M${text(first[0])}${line.map(bendTo).join('')}`;
}

/** The path of the area within lines that follow one another; a straight edge closes any gap. */
export function area(...lines: Line[]): string {
  return `${lines.map((line, i) => (i === 0 ? stroke(line) : stroke(line).replace('M', 'L'))).join('')}Z`;
}

/** The path of an area on the midline, from the lines of its half (from the midline back to the midline). */
export function midline(...half: Line[]): string {
  return area(...half, ...half.map((line) => back(across(line))).reverse());
}

function change(line: Line, move: (point: Point) => Point): Line {
  return line.map(([a, b, c, d]) => [move(a), move(b), move(c), move(d)] as const);
}

function bendTo([, b, c, d]: Bend): string {
  return `C${text(b)} ${text(c)} ${text(d)}`;
}

function text([out, down]: Point): string {
  return `${round(out)},${round(down)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10 || 0;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b[0] - a[0], b[1] - a[1]);
}

/** From `point`, this far in the direction that leads from `from` to `to`. */
function towards(point: Point, from: Point, to: Point, reach: number): Point {
  const length = distance(from, to) || 1;
  return [point[0] + ((to[0] - from[0]) / length) * reach, point[1] + ((to[1] - from[1]) / length) * reach];
}
