/**
 * For contact_sheet.py: writes {"SLUG": {"name", "rows": [{"title", "frames": [{"caption", "svg"}]}]}} as JSON to standard output,
 * drawn by the product's own code. Arguments: schemes ("light,dark"), frames of each cycle, then slugs.
 */
import { readFileSync } from 'node:fs';
import { duration, readFigure, stills } from '../static/src/lib/domain/figure.ts';
import { svg } from '../static/src/lib/components/figure/svg.ts';

const [schemes, count, ...slugs] = process.argv.slice(2);
const folder = new URL('../exercises/catalogue/', import.meta.url);

let drawn = 0;
const image = (figure, moment) => svg(figure, { ...moment, id: `glow${drawn++}` });

function rows({ figure: data, sides, text }) {
  const figure = readFigure(data);
  if (!figure) return [];
  const seconds = duration(figure);
  const { steps } = text.en;
  const named = stills(figure);
  const shown = sides === 'both' ? ['right', 'left'] : [figure.side];
  return schemes.split(',').flatMap((scheme) => [
    ...shown.map((side) => ({
      title: `${scheme}, ${side}: stills`,
      frames: named.map(({ at, step }) => ({
        caption: `${(at * seconds).toFixed(1)} s: ${step + 1}. ${steps[step] ?? 'NO SUCH STEP'}`,
        svg: image(figure, { at, side, scheme })
      }))
    })),
    {
      title: `${scheme}, ${figure.side}: cycle of ${seconds.toFixed(1)} s`,
      frames: Array.from({ length: Number(count) }, (_, i) => ({
        caption: `${((i * seconds) / count).toFixed(1)} s`,
        svg: image(figure, { at: i / count, side: figure.side, scheme })
      }))
    }
  ]);
}

const sheets = Object.fromEntries(
  slugs.map((slug) => {
    const exercise = JSON.parse(readFileSync(new URL(`${slug}.json`, folder), 'utf8'));
    const { steps, name } = exercise.text.en;
    return [slug, { name, steps, rows: rows(exercise) }];
  })
);
process.stdout.write(JSON.stringify(sheets));
