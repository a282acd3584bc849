import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { NO_FILTERS, find } from '#lib/domain/catalogue.ts';
import { completeExercise } from '#lib/domain/complete.ts';
import type { Exercise } from '#lib/domain/types.ts';
import { idleWords, textsOf } from './words.ts';

interface Written extends Omit<Exercise, 'name' | 'summary' | 'muscles'> {
  text: { en: Pick<Exercise, 'name' | 'summary' | 'muscles'> };
}

/** The catalogue itself: a word that finds nothing there finds nothing for anybody. */
const folder = new URL('../../../../../exercises/catalogue/', import.meta.url);
const catalogue = readdirSync(folder)
  .filter((name) => !['schema.json', 'routines.json'].includes(name))
  .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Written)
  .map(({ text, ...rest }) => completeExercise({ ...rest, ...text.en }));
const found = (query: string) =>
  find(catalogue, query, NO_FILTERS, textsOf, idleWords()).map(({ exercise }) => exercise);

describe('a search of the catalogue', () => {
  it.each([
    'bum', 'bottom', 'glute', 'glutes', 'sciatica', 'slipped disc', 'pain in my back', 'leg', 'hip', 'foot', 'numb', 'nerve',
    'tummy', 'hamstrings', 'office', 'a chair', 'seated', 'stretch', 'walk', 'exercise', 'the'
  ])('for "%s" finds something', (query) => {
    expect(found(query).length).toBeGreaterThan(0);
  });

  it('for "sitting" finds what is done on a chair', () => {
    const positions = new Set(found('sitting').map((one) => one.position));
    expect(positions).toContain('chair');
    expect(positions).toContain('floor');
  });

  it('for what is not there finds nothing', () => {
    expect(found('zebra')).toEqual([]);
    expect(found('pain in my tooth')).toEqual([]);
  });

  it('puts what has the word in its name first', () => {
    expect(found('hamstring')[0]?.ladder).toBe('hamstring-stretch');
    expect(found('bridge')[0]?.slug).toBe('bridge');
  });
});
