/**
 * The body's outline, lines and areas, as the app draws them, for the pictures of a report. Writes
 * sharing/rendering/body.json; with `--check` it fails when that file is not what the app draws.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { HALVES, WIDTH } from '../static/src/lib/components/body/shapes.ts';

const file = new URL('../sharing/rendering/body.json', import.meta.url);
const views = Object.entries(HALVES).map(([view, { height, fade, behind, body, details, areas }]) => [
  view,
  { height, fade, behind, body, details, areas }
]);
const text = JSON.stringify({ width: WIDTH, views: Object.fromEntries(views) }, null, 1);
// A report prints it small: whole units are fine enough, and half as much to send.
const drawn = `${text.replace(/-?\d+\.\d+/g, (value) => String(Math.round(Number(value)) || 0))}\n`;

if (!process.argv.includes('--check')) {
  writeFileSync(file, drawn);
} else if (readFileSync(file, 'utf8') !== drawn) {
  console.log('Not fresh: sharing/rendering/body.json. Run: node tools/body_shapes.mjs');
  process.exitCode = 1;
}
