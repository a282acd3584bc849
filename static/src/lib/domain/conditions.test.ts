import { expect, it } from 'vitest';
import { warned, warnings } from './conditions.ts';
import type { Caution, Exercise } from './types.ts';

const caution = (condition: Caution['condition']): Caution => ({ text: `about ${condition}`, source: 'S2', condition });
const twist = { slug: 'twist', cautions: [caution('osteoporosis'), caution(null)] } as Exercise;
const bridge = { slug: 'bridge', cautions: [caution('high-blood-pressure')] } as Exercise;

it('warns only of what the person has said she has', () => {
  expect(warnings(twist, ['osteoporosis', 'pregnancy'])).toEqual([caution('osteoporosis')]);
  expect(warnings(twist, ['pregnancy'])).toEqual([]);
  expect(warnings(twist, [])).toEqual([]);
});

it('warns of nothing where the phone knows neither the exercise nor the profile', () => {
  expect(warnings(undefined, ['pregnancy'])).toEqual([]);
  expect(warnings(twist, undefined)).toEqual([]);
});

it('names each exercise of a routine once', () => {
  const items = ['bridge', 'twist', 'unknown', 'twist'].map((exercise) => ({ exercise }));
  expect(warned(items, [twist, bridge], ['osteoporosis']).map((one) => one.exercise.slug)).toEqual(['twist']);
});
