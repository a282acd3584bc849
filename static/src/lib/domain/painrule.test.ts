import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEFAULT_RULE, atStop, reasonOf, risen, verdictOf, worseOf, type Felt } from './painrule.ts';
import type { PainRule, Rating, Verdict } from './types.ts';

interface Case {
  name: string;
  /** Null: the default. */
  rule: PainRule | null;
  before: Felt;
  now: Felt;
  further_down: boolean;
  weakness: boolean;
  verdict: Verdict;
  /** Higher than before; null: that cannot be told. */
  risen: boolean | null;
}
const shared = new URL('../../../../tests/contracts/painrule_cases.json', import.meta.url);
const cases = JSON.parse(readFileSync(shared, 'utf8')) as Case[];

describe('the pain rule, shared with the server', () => {
  it.each(cases)('$name', ({ rule, before, now, further_down, weakness, verdict }) => {
    expect(verdictOf(before, { ...now, further_down, weakness }, rule ?? undefined)).toBe(verdict);
  });

  it.each(cases)('$name: whether it rose', ({ before, now, risen: rose }) => {
    expect(risen(before, now)).toBe(rose);
  });
});

const ratings: Rating[] = [null, ...Array.from({ length: 11 }, (_, value) => value)];
const severity: Record<Verdict, number> = { go: 0, ease: 1, stop: 2 };
const still = { further_down: false, weakness: false };

it('never gets milder as the pain grows, whatever it was before', () => {
  for (const pain of ratings) {
    const verdicts = ratings.slice(1).map((now) => {
      return severity[verdictOf({ pain, numbness: 0 }, { pain: now, numbness: 0, ...still })];
    });
    expect(verdicts).toEqual([...verdicts].sort((one, other) => one - other));
  }
});

it('treats numbness as it treats pain', () => {
  for (const before of ratings)
    for (const now of ratings) {
      const asPain = verdictOf({ pain: before, numbness: 0 }, { pain: now, numbness: 0, ...still });
      const asNumbness = verdictOf({ pain: 0, numbness: before }, { pain: 0, numbness: now, ...still });
      expect(asNumbness).toBe(asPain);
    }
});

it('never tells anybody to go on who has risen by what the rule eases at', () => {
  for (let before = 0; before <= 10; before++)
    for (let now = before + DEFAULT_RULE.ease_rise; now <= 10; now++) {
      expect(verdictOf({ pain: before, numbness: null }, { pain: now, numbness: null, ...still })).not.toBe('go');
    }
});

it('takes the worse of two verdicts', () => {
  expect(worseOf('go', 'ease')).toBe('ease');
  expect(worseOf('stop', 'ease')).toBe('stop');
  expect(worseOf('go', 'go')).toBe('go');
});

it('names what an exercise is left for', () => {
  const before = { pain: 2, numbness: 2 };
  expect(reasonOf(before, { pain: 2, numbness: 6, ...still })).toBe('numbness');
  expect(reasonOf(before, { pain: 4, numbness: 4, ...still })).toBe('pain');
  expect(reasonOf(before, { pain: 6, numbness: 4, ...still })).toBe('pain');
  expect(reasonOf(before, { pain: 0, numbness: 9, ...still, weakness: true })).toBe('weakness');
  expect(reasonOf(before, { pain: null, numbness: null, ...still, further_down: true })).toBe('pain');
});

it('knows before the start what is at the limit for stopping, by whichever rule holds', () => {
  expect(atStop({ pain: 6, numbness: 5 }, DEFAULT_RULE)).toEqual(['pain']);
  expect(atStop({ pain: 6, numbness: 9 }, DEFAULT_RULE)).toEqual(['pain', 'numbness']);
  expect(atStop({ pain: 5, numbness: null }, DEFAULT_RULE)).toEqual([]);
  expect(atStop({ pain: null, numbness: null }, DEFAULT_RULE)).toEqual([]);
  expect(atStop({ pain: 3, numbness: 0 }, { ...DEFAULT_RULE, stop_at: 3 })).toEqual(['pain']);
  expect(atStop({ pain: 7, numbness: 0 }, { ...DEFAULT_RULE, stop_at: 8 })).toEqual([]);
});
