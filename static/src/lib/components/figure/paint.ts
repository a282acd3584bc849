/**
 * The figure's colours as plain numbers, for images outside a page (print, the contact sheet). On screen the same are
 * made by Person.svelte and Figure.svelte from the tokens; paint.test.ts holds both together.
 */
import type { Shape, Tone } from './drawing.ts';

export type Scheme = 'light' | 'dark';
type Colour = Tone | 'dark' | 'mat' | 'matEdge' | 'glow' | 'surface';

export const PAINT: Record<Scheme, Record<Colour, string>> = {
  light: {
    skin: '#d4b4a0',
    shade: '#cba58d',
    shirt: '#739b98',
    trousers: '#495b67',
    hair: '#463723',
    ink: '#1c2528',
    wood: '#c4a783',
    wall: '#f4f3ef',
    cloth: '#c9d8e9',
    strap: '#9e75ba',
    mat: '#dcecea',
    matEdge: '#acc8c5',
    glow: '#d18164',
    dark: '#1c2528',
    surface: '#ffffff'
  },
  dark: {
    skin: '#a7825b',
    shade: '#907253',
    shirt: '#609893',
    trousers: '#666f72',
    hair: '#413b2d',
    ink: '#0f1315',
    wood: '#765c2e',
    wall: '#242c30',
    cloth: '#49647d',
    strap: '#a888c0',
    mat: '#1d3a39',
    matEdge: '#335c5a',
    glow: '#ff9e78',
    dark: '#0f1315',
    surface: '#1d2427'
  }
};

type Lab = readonly [number, number, number];

const linear = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const encoded = (value: number): number => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055);

/** sRGB to Oklab and back (B. Ottosson, "A perceptual color space for image processing", 2020). */
function lab(hex: string): Lab {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => linear(parseInt(hex.slice(at, at + 2), 16) / 255));
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  ];
}

function hexOf([L, a, b]: Lab): string {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const rgb = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s
  ];
  const byte = (value: number): string =>
    Math.round(Math.min(1, Math.max(0, encoded(Math.max(0, value)))) * 255).toString(16).padStart(2, '0');
  return `#${rgb.map(byte).join('')}`;
}

/** So much of `one` (0-1) in `other`, as CSS mixes in Oklab. */
export function mixed(one: string, share: number, other: string): string {
  const [a, b] = [lab(one), lab(other)];
  return hexOf([0, 1, 2].map((i) => (a[i] ?? 0) * share + (b[i] ?? 0) * (1 - share)) as unknown as Lab);
}

/** What a shape is filled and drawn round with. */
export function colours({ tone, far, bare }: Shape, scheme: Scheme): { fill: string; stroke: string | null } {
  const { dark, [tone]: plain } = PAINT[scheme];
  return {
    fill: mixed(dark, Math.round(far * 22) / 100, plain),
    stroke: bare ? null : mixed(plain, 0.55, dark)
  };
}
