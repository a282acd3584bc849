import { describe, expect, it } from 'vitest';
import { noted, redFlag } from './flags.fixtures.ts';
import { looksOf } from './looks.ts';
import { levelOf, newsIn, recorded } from './questionnaire.ts';
import { evaluateCheck, remembered } from './redflagchecks.ts';
import { standingSigns, unreadSign, type Check, type Settled } from './signs.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const TODAY = '2026-11-21';
const SAME = { 'both-legs': { said: 'same' as const, since: null } };
const check = (id: string, answers: Record<string, string>, answered_at: string, since: Record<string, string> = {}): Check => ({
  ...{ id, answered_at, answers, since, flags: evaluateCheck(answers).flags, read_at: null, entry: null }
});
const settledAs = (reason: Settled['reason'], at: string): Settled => ({ rule: 'both-legs', reason, at, sent: true });

/** What is new a week ago, and a day later looked at by a doctor. */
const FIRST = check('a', { 'both-legs': 'new' }, '2026-11-14T09:00:00Z', { 'both-legs': '2026-11-14' });
const LOOK = settledAs('checked', '2026-11-15T09:00:00Z');

describe('the same, after a doctor has looked', () => {
  const known = remembered([FIRST], NOW);
  const looks = looksOf([FIRST], [LOOK], [], NOW);

  it('is kept as unchanged, and no alarm', () => {
    const { answers, since } = recorded(SAME, known, TODAY, looks);
    expect(answers).toEqual({ 'both-legs': 'unchanged' });
    expect(unreadSign(standingSigns([FIRST, check('b', answers, '2026-11-21T12:00:00Z', since)], [LOOK]))).toBeUndefined();
  });

  it('asks for nothing beside the answer either, which worse and new do', () => {
    expect(levelOf('both-legs', SAME, known, TODAY, looks)).toBeNull();
    expect(newsIn({ 'both-legs': { said: 'unchanged', since: null } }, known, TODAY, looks)).toEqual([]);
    expect(levelOf('both-legs', { 'both-legs': { said: 'worse', since: null } }, known, TODAY, looks)).toBe('E');
    expect(levelOf('both-legs', { 'both-legs': { said: 'new', since: null } }, known, TODAY, looks)).toBe('E');
    expect(newsIn({ ...SAME, saddle: { said: 'new', since: null } }, known, TODAY, looks)).toEqual([{ rule: 'saddle', level: 'E' }]);
  });

  it('asks for as much as ever where nobody has looked, or the sign was there again since', () => {
    expect(levelOf('both-legs', SAME, known, TODAY)).toBe('E');
    const again = remembered([FIRST, check('b', { 'both-legs': 'new' }, '2026-11-18T09:00:00Z')], NOW);
    expect(levelOf('both-legs', SAME, again, TODAY, looks)).toBe('E');
  });
});

describe('a look', () => {
  const rules = (settled: Settled[], flags: ReturnType<typeof redFlag>[] = [], now = NOW) => [
    ...looksOf([FIRST], settled, flags, now).keys()
  ];

  it('is what was settled as checked last, here or on the server', () => {
    const over = { state: 'resolved', reason: 'checked', resolved_at: LOOK.at } as const;
    expect(rules([LOOK])).toEqual(['both-legs']);
    expect(rules([], [redFlag('both-legs', [noted('a', FIRST.answered_at)], over)])).toEqual(['both-legs']);
    expect(rules([], [redFlag('both-legs', [noted('a', FIRST.answered_at)], { ...over, reason: 'known' })])).toEqual(['both-legs']);
  });

  it('speaks no more after the sign was over for another reason, after 90 days, and not before it has happened', () => {
    expect(rules([LOOK, settledAs('recovered', '2026-11-16T09:00:00Z')])).toEqual([]);
    expect(rules([settledAs('recovered', '2026-11-16T09:00:00Z'), settledAs('checked', '2026-11-17T09:00:00Z')])).toEqual(['both-legs']);
    expect(rules([LOOK], [], new Date('2027-02-13T09:00:00Z'))).toEqual([]);
    expect(rules([settledAs('checked', '2026-12-20T12:00:00Z')])).toEqual([]);
  });

  it('knows what had been answered by then', () => {
    expect(looksOf([FIRST, check('b', { 'both-legs': 'worse' }, NOW.toISOString())], [LOOK], [], NOW).get('both-legs')).toEqual({
      at: LOOK.at,
      answers: ['new']
    });
  });
});
