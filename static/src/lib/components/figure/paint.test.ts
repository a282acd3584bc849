import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TONES } from './drawing.ts';
import { mixed, PAINT, type Scheme } from './paint.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const styles = [read('../ui/tokens.css'), read('./Person.svelte'), read('./Figure.svelte')].join('\n');

/** The arguments of a CSS function, split at its own commas. */
function split(inner: string): string[] {
  const found: string[] = [''];
  let depth = 0;
  for (const letter of inner) {
    depth += letter === '(' ? 1 : letter === ')' ? -1 : 0;
    if (letter === ',' && depth === 0) found.push('');
    else found[found.length - 1] += letter;
  }
  return found.map((part) => part.trim());
}

/** What a CSS colour comes to in one scheme, rounded to the byte. */
function value(css: string, scheme: Scheme): string {
  const text = css.trim();
  if (text.startsWith('#')) return text;
  const [, name, inner = ''] = /^([\w-]+)\((.*)\)$/s.exec(text) ?? [];
  const parts = split(inner);
  if (name === 'var') return value(declared(parts[0] ?? ''), scheme);
  if (name === 'light-dark') return value(parts[scheme === 'light' ? 0 : 1] ?? '', scheme);
  if (name !== 'color-mix') throw new Error(`Not a colour: ${text}`);
  const sides = parts.slice(1).map((part) => /^(.*?)(?:\s+(\d+)%)?$/s.exec(part) ?? []);
  const [one, other] = sides;
  const share = one?.[2] ? Number(one[2]) / 100 : 1 - Number(other?.[2]) / 100;
  return mixed(value(one?.[1] ?? '', scheme), share, value(other?.[1] ?? '', scheme));
}

function declared(property: string): string {
  const found = new RegExp(`${property}:([^;]+);`).exec(styles)?.[1];
  if (!found) throw new Error(`Nowhere declared: ${property}`);
  return found;
}

const inRule = (selector: string, property: string): string => {
  const rule = new RegExp(`\\n  \\.${selector} \\{([^}]*)\\}`).exec(styles)?.[1] ?? '';
  return new RegExp(`${property}:([^;]+);`).exec(rule)?.[1] ?? '';
};

const bytes = (hex: string): number[] => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

describe.each(['light', 'dark'] as const)('in the %s scheme', (scheme) => {
  const wanted: [keyof (typeof PAINT)[Scheme], string][] = [
    ...TONES.map((tone): [(typeof TONES)[number], string] => [tone, inRule(tone, '--tone')]),
    ['mat', inRule('mat', 'fill')],
    ['matEdge', inRule('mat-edge', 'fill')],
    ['glow', inRule('glow', 'stop-color')],
    ['dark', 'var(--dark)'],
    ['surface', 'var(--surface)']
  ];

  it.each(wanted)('paints %s outside a page as on it', (name, css) => {
    const [here, there] = [bytes(PAINT[scheme][name]), bytes(value(css, scheme))];
    here.forEach((byte, i) => expect(Math.abs(byte - (there[i] ?? 0))).toBeLessThanOrEqual(1));
  });
});

it('mixes as browsers do', () => {
  expect(mixed('#ffffff', 1, '#000000')).toBe('#ffffff');
  // color-mix(in oklab, red, blue) in Chromium
  expect(mixed('#ff0000', 0.5, '#0000ff')).toBe('#8c53a2');
});
