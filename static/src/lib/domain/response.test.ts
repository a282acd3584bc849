import { describe, expect, it } from 'vitest';
import { halves, leadOf, leaningOf, rowsOf, sorted, type ExerciseResponse, type ResponseVerdict } from './response.ts';

const change = (verdict: ResponseVerdict, mean = 0, n = 9) => ({ n, mean, low: mean - 0.4, high: mean + 0.4, verdict });
const nothing = { after: null, next_morning: null };
const response = (exercise: string, parts: Partial<ExerciseResponse> = {}): ExerciseResponse => ({
  exercise,
  sessions: 9,
  pain: nothing,
  numbness: nothing,
  ...parts
});

describe('the response of an exercise', () => {
  it('shows only what was rated', () => {
    expect(rowsOf(response('a'))).toEqual([]);
    const rows = rowsOf(response('a', { numbness: { after: change('unclear'), next_morning: null } }));
    expect(rows.map(({ rated, moment }) => [rated, moment])).toEqual([['numbness', 'after']]);
  });

  it('leads with a turn for the worse, even when something else is better', () => {
    const mixed = response('a', {
      pain: { after: change('better', -2), next_morning: change('unclear') },
      numbness: { after: null, next_morning: change('worse', 1.5) }
    });
    expect(leadOf(mixed)).toMatchObject({ rated: 'numbness', moment: 'next_morning' });
  });

  it('leads with nothing while all are too few', () => {
    expect(leadOf(response('a', { pain: { after: change('too-few', -3, 2), next_morning: null } }))).toBeNull();
  });

  it('sorts those with something to say first, then by sessions', () => {
    const list = [
      response('few', { sessions: 30 }),
      response('often', { sessions: 20, pain: { after: change('no-change'), next_morning: null } }),
      response('better', { pain: { after: change('better', -2), next_morning: null } }),
      response('seldom', { sessions: 6, pain: { after: change('no-change'), next_morning: null } }),
      response('worse', { pain: { after: change('worse', 2), next_morning: null } })
    ];
    expect(sorted(list).map((one) => one.exercise)).toEqual(['worse', 'better', 'often', 'seldom', 'few']);
    expect(list[0]?.exercise).toBe('few');
  });

  it('leans where all of the interval that is shown lies on one side', () => {
    const leans = (low: number, high: number, verdict: ResponseVerdict = 'no-change') =>
      leaningOf({ n: 9, mean: (low + high) / 2, low, high, verdict });
    expect(leans(0, 0.7)).toBe('higher');
    expect(leans(-0.04, 0.7)).toBe('higher');
    expect(leans(0.3, 1.6, 'unclear')).toBe('higher');
    expect(leans(-0.7, -0.04)).toBe('lower');
    expect(leans(-0.1, 0.7)).toBeNull();
    expect(leans(-0.04, 0.04)).toBeNull();
    expect(leans(0.6, 1.6, 'worse')).toBeNull();
    expect(leans(0.6, 1.6, 'too-few')).toBeNull();
  });

  it('leads with what leans higher rather than with what stays the same', () => {
    const leaning = { n: 9, mean: 0.35, low: 0, high: 0.7, verdict: 'no-change' as const };
    const mixed = response('a', { pain: { after: change('no-change'), next_morning: leaning } });
    expect(leadOf(mixed)).toMatchObject({ moment: 'next_morning' });
  });

  it('rounds to half points, whichever way they went', () => {
    expect([-1.74, -0.6, 0.24, 0.25, 2].map(halves)).toEqual([1.5, 0.5, 0, 0.5, 2]);
  });
});
