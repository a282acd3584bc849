/**
 * The still frames of the catalogue for the printed hand-out, drawn by the app's own code: build/stills/SLUG-N.svg, N from
 * 1 in the order of the key poses that name a step (exercises/handout/sheet.py reads them by these names). After the
 * build, so that no manifest lists them: the phone draws its figures itself.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { svg } from './src/lib/components/figure/svg.ts';
import { readFigure, stills } from './src/lib/domain/figure.ts';

const catalogue = new URL('../exercises/catalogue/', import.meta.url);
const folder = new URL('./build/stills/', import.meta.url);
const NO_EXERCISES = ['schema.json', 'routines.json'];

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const name of readdirSync(catalogue).filter((one) => one.endsWith('.json') && !NO_EXERCISES.includes(one))) {
  const { slug, figure: data } = JSON.parse(readFileSync(new URL(name, catalogue), 'utf8')) as {
    slug: string;
    figure: unknown;
  };
  const figure = readFigure(data);
  if (!figure) continue;
  stills(figure).forEach(({ at }, i) =>
    writeFileSync(new URL(`${slug}-${i + 1}.svg`, folder), svg(figure, { at, side: figure.side }))
  );
}
