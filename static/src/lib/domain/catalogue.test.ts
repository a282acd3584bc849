import { describe, expect, it } from 'vitest';
import { NO_FILTERS, find, ladderAround, laddersOf, wordsOf } from './catalogue.ts';
import { completeExercise } from './complete.ts';
import type { Exercise } from './types.ts';

const exercise = (slug: string, more: Partial<Exercise> = {}) =>
  completeExercise({ slug, name: slug.replaceAll('-', ' '), summary: '', position: 'back', cautions: [], ...more } as Exercise);

const all = [
  exercise('piriformis-stretch', { muscles: ['Gluteus maximus'], regions: ['buttock'], summary: 'A gentle pull' }),
  exercise('seated-piriformis', { ladder: 'piriformis-stretch', rung: -1, position: 'chair', desk: true, equipment: ['chair'] }),
  exercise('bridge', { muscles: ['Gluteus maximus', 'Hamstrings'], regions: ['low-back'] }),
  exercise('hip-flexor', { position: 'kneeling', regions: ['front-thigh'] }),
  exercise('cliché', { retired: true })
];
const texts = (one: Exercise) => [one.name, one.muscles.join(' '), one.summary];
const found = (query: string, filters = {}) =>
  find(all, query, { ...NO_FILTERS, ...filters }, texts).map((one) => one.exercise.slug);

describe('the catalogue', () => {
  it('folds the forms of an exercise into one, and leads with the usual one', () => {
    expect(found('')).toEqual(['bridge', 'hip-flexor', 'piriformis-stretch']);
    expect(laddersOf(all)[0]?.forms.map((one) => one.rung)).toEqual([-1, 0]);
  });

  it('does not offer what has been retired, and still shows where that stands', () => {
    expect(found('cliche')).toEqual([]);
    expect(ladderAround(all, 'cliché').map((one) => one.slug)).toEqual(['cliché']);
    expect(ladderAround(all, 'nowhere')).toEqual([]);
  });

  it('finds by name, muscle and summary, whatever the case, and the name first', () => {
    expect(found('BRIDGE')).toEqual(['bridge']);
    expect(found('hamstring')).toEqual(['bridge']);
    expect(found('gentle')).toEqual(['piriformis-stretch']);
    expect(found('gluteus pull')).toEqual(['piriformis-stretch']);
  });

  it.each(['brigde', 'pirifromis', 'pirformis', 'pirifomris', 'hamstrigns'])('forgives the slip in "%s"', (slip) => {
    expect(found(slip)).not.toEqual([]);
  });

  it.each(['xyz', 'bri xyz', 'elbow'])('finds nothing for "%s"', (query) => {
    expect(found(query)).toEqual([]);
  });

  it('leads with the form that passes the filters', () => {
    expect(found('', { desk: true })).toEqual(['seated-piriformis']);
    expect(found('', { upright: true })).toEqual(['hip-flexor', 'seated-piriformis']);
    expect(found('', { upright: true, nothing: true })).toEqual(['hip-flexor']);
    expect(found('', { positions: ['back', 'kneeling'], regions: ['front-thigh'] })).toEqual(['hip-flexor']);
    expect(found('bridge', { desk: true })).toEqual([]);
  });

  it('reads exercises that an older app has stored', () => {
    const old = completeExercise({ slug: 'old', name: 'Old', summary: '', position: 'back', cautions: [] } as never);
    expect(find([old], 'old', NO_FILTERS, texts)).toHaveLength(1);
    expect(ladderAround([old], 'old')).toHaveLength(1);
  });

  it('reads words without accents', () => {
    expect(wordsOf('  Été-Höhe 3×')).toEqual(['ete', 'hohe', '3']);
  });
});
