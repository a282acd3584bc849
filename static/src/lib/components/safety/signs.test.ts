import { expect, it } from 'vitest';
import { inLanguage, RULES } from '#lib/domain/redflagrules.ts';
import { ASKED_WHOLE, CALL_NOW, SAME_DAY } from './signs.ts';

const now = CALL_NOW.flatMap(({ signs }) => signs);

it('every sign that can be an emergency is in the first list, and one for the same day in the second', () => {
  const rules = [...RULES.values()];
  const emergencies = rules.filter(({ answers }) => Object.values(answers).includes('E'));
  expect(now.map(({ rule }) => rule)).toEqual(emergencies.map(({ id }) => id));
  expect(SAME_DAY.map(({ rule }) => rule)).toEqual(rules.filter(({ answers }) => answers.new === 'D').map(({ id }) => id));
});

it('a tap says what its list says', () => {
  for (const { rule, answer } of now) expect(RULES.get(rule)!.answers[answer], rule).toBe('E');
  for (const { rule, answer } of SAME_DAY) expect(RULES.get(rule)!.answers[answer], rule).toBe('D');
  expect(now.find(({ rule }) => rule === 'implant')?.answer).toBe('out-of-joint');
});

it('has short words of its own for each', () => {
  for (const { rule, words } of [...now, ...SAME_DAY]) expect(words).toBe(inLanguage(RULES.get(rule)!.text, 'en').short);
});

it('"none of these" says nothing of a question of which only a part was listed', () => {
  expect(ASKED_WHOLE).toHaveLength(now.length + SAME_DAY.length - 2);
  expect(ASKED_WHOLE).not.toContain('implant');
  expect(ASKED_WHOLE).not.toContain('minor-knock');
});
