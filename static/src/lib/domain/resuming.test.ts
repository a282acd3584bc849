import { describe, expect, it } from 'vitest';
import { openQuestions, pagesOf, recorded, type Replies } from './questionnaire.ts';
import { fullCheckDue, type Remembered } from './redflagchecks.ts';
import { questionsOf } from './redflagrules.ts';
import { goesOn, repliesOf } from './resuming.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const TODAY = '2026-11-21';
const NOTHING = new Map<string, Remembered>();
const round = (answers: Record<string, string>, more: { answered_at?: string; entry?: string; read_at?: string } = {}) => ({
  ...{ answered_at: '2026-11-21T11:59:00Z', answers, entry: null, read_at: null, since: {} },
  ...more
});
const replies = (answers: Record<string, string>, known = NOTHING) =>
  repliesOf(round(answers), pagesOf('full', known), known, (said) => recorded(said, known, TODAY));

describe('a round that is loaded anew', () => {
  it('keeps its yeses, and is whole at its end', () => {
    const before = replies({ saddle: 'no', 'weight-night': 'new' });
    const rest = questionsOf('full').filter(({ id }) => !(id in before));
    const all: Replies = { ...before, ...Object.fromEntries(rest.map(({ id }) => [id, { said: 'no', since: null }])) };
    expect(openQuestions(pagesOf('full', NOTHING), all)).toEqual([]);
    const { answers } = recorded(all, NOTHING, TODAY);
    expect(answers).toMatchObject({ saddle: 'no', 'weight-night': 'new' });
    expect(fullCheckDue([round(answers)], NOW)).toBe(false);
  });

  it('says again exactly what it has said, whatever was remembered', () => {
    const known = new Map([
      ['saddle', { answer: 'new', at: '2026-11-20T08:00:00Z', since: '2026-11-20' }],
      ['bladder', { answer: 'new', at: '2026-10-01T08:00:00Z', since: '2026-10-01' }],
      ['bowel', { answer: 'worse', at: '2026-11-20T08:00:00Z', since: '2026-11-20' }],
      ['implant', { answer: 'new', at: '2026-11-20T08:00:00Z', since: '2026-11-20' }]
    ]);
    const answers = { saddle: 'new', bladder: 'unchanged', bowel: 'worse', implant: 'new', sexual: 'unsure' };
    const found = replies(answers, known);
    expect(recorded(found, known, TODAY).answers).toEqual(answers);
    expect([found.saddle!.said, found.bladder!.said, found.bowel!.said, found.implant!.said]).toEqual(['same', 'same', 'worse', 'new']);
  });
});

it('a yes that was not answered further is still open when the round is loaded anew', () => {
  const found = replies({ saddle: 'yes', bladder: 'no' });
  expect(found.saddle).toEqual({ said: 'yes', since: null });
  expect(openQuestions(pagesOf('full', NOTHING), found).map(({ rule }) => rule.id)).toContain('saddle');
});

describe('a check goes on', () => {
  it('where it was being answered a moment ago about the same', () => {
    expect(goesOn(round({ saddle: 'new' }), null, [], NOW)).toBe(true);
    expect(goesOn(round({ saddle: 'new' }), 'an entry', [], NOW)).toBe(false);
    expect(goesOn(round({ saddle: 'new' }, { answered_at: '2026-11-21T05:00:00Z' }), null, [], NOW)).toBe(false);
    expect(goesOn(round({ saddle: 'new' }, { answered_at: '2026-11-21T12:00:01Z' }), null, [], NOW)).toBe(false);
  });

  it('not once it was read about, or one of its signs is over', () => {
    const over = (rule: string, at = '2026-11-21T11:59:30Z') => [{ rule, at }];
    expect(goesOn(round({ saddle: 'new' }, { read_at: '2026-11-21T12:00:00Z' }), null, [], NOW)).toBe(false);
    expect(goesOn(round({ saddle: 'new', bladder: 'no' }), null, over('saddle'), NOW)).toBe(false);
    expect(goesOn(round({ saddle: 'new', bladder: 'no' }), null, over('bladder'), NOW)).toBe(true);
    expect(goesOn(round({ saddle: 'new' }), null, over('saddle', '2026-11-20T12:00:00Z'), NOW)).toBe(true);
  });
});
