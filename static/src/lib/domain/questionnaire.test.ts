import { describe, expect, it } from 'vitest';
import {
  answersFor,
  entryToAsk,
  isPutOff,
  levelOf,
  noToTheRest,
  openQuestions,
  pagesOf,
  putOffUntil,
  recorded,
  resumedReplies,
  type Replies
} from './questionnaire.ts';
import { isWhole, remembered, type Remembered } from './redflagchecks.ts';
import { questionsOf, RULES, TABLE, type QuestionSet } from './redflagrules.ts';
import type { Reading } from './types.ts';

const TODAY = '2026-11-21';
const NOW = new Date('2026-11-21T12:00:00Z');
const NOTHING = new Map<string, Remembered>();
const said = (what: string, since: string | null = null) => ({ said: what, since });
const yes = (answer: string, since = '2026-11-01'): Remembered => ({ answer, at: `${since}T08:00:00Z`, since });
const everything = (set: QuestionSet) => Object.fromEntries(questionsOf(set).map(({ id }) => [id, 'no']));
const check = (answers: Record<string, string>, at = '2026-11-21T10:00:00Z', entry: string | null = null) => ({
  answered_at: at,
  answers,
  entry
});

describe('the pages', () => {
  it.each(['full', 'urgent'] as const)('put every question of the %s set once, in the order of the table', (set) => {
    const asked = pagesOf(set, NOTHING).flatMap(({ questions }) => questions.map(({ rule }) => rule.id));
    expect(asked).toEqual(questionsOf(set).map(({ id }) => id));
  });

  it('leave out groups of which nothing is asked', () => {
    expect(pagesOf('urgent', NOTHING).map(({ group }) => group)).toEqual(['seat', 'legs', 'today-legs']);
    expect(pagesOf('full', NOTHING)).toHaveLength(TABLE.groups.length);
  });

  it('ask whether a yes of before has changed, but in full where a question has answers of its own', () => {
    const known = new Map([
      ['saddle', yes('new')],
      ['implant', yes('new')],
      ['bowel', { answer: 'no', at: '2026-11-01T08:00:00Z', since: null }]
    ]);
    const found = new Map(pagesOf('full', known).flatMap(({ questions }) => questions.map((one) => [one.rule.id, one])));
    expect(found.get('saddle')).toMatchObject({ again: true, before: { answer: 'new' } });
    expect(found.get('implant')).toMatchObject({ again: false, before: { answer: 'new' } });
    expect(found.get('bowel')).toMatchObject({ again: false, before: null });
  });

  it('mark what nobody has to tell', () => {
    const asked = pagesOf('full', NOTHING).flatMap(({ questions }) => questions);
    expect(asked.filter(({ sensitive }) => sensitive).map(({ rule }) => rule.id)).toEqual(['sexual', 'self-harm']);
  });
});

describe('what a check keeps', () => {
  it('is the answer, and since when', () => {
    const replies = { saddle: said('new', '2026-11-20'), bladder: said('no', '2026-11-20') };
    expect(recorded(replies, NOTHING, TODAY)).toEqual({
      answers: { saddle: 'new', bladder: 'no' },
      since: { saddle: '2026-11-20' }
    });
  });

  it('leaves out what the person would rather not say: that is no "no"', () => {
    expect(recorded({ sexual: said('declined') }, NOTHING, TODAY).answers).toEqual({});
    expect(levelOf('sexual', { sexual: said('declined') }, NOTHING, TODAY)).toBeNull();
  });

  it('takes a yes without a kind as not being sure, which is never milder than new', () => {
    for (const { id, answers } of RULES.values()) {
      expect(recorded({ [id]: said('yes') }, NOTHING, TODAY).answers).toEqual({ [id]: 'unsure' });
      const order = 'EDWN';
      expect(order.indexOf(answers.unsure!), id).toBeLessThanOrEqual(order.indexOf(answers.new!));
    }
  });

  it('sends "the same" with the date of then, long-standing only when it is', () => {
    const known = new Map([
      ['saddle', yes('new', '2026-10-01')],
      ['bladder', yes('new', '2026-11-20')]
    ]);
    expect(recorded({ saddle: said('same'), bladder: said('same') }, known, TODAY)).toEqual({
      answers: { saddle: 'unchanged', bladder: 'new' },
      since: { saddle: '2026-10-01', bladder: '2026-11-20' }
    });
  });

  it.each(['', 'yesterday', '2026-02-30', '2026-11-22', '0202-11-01', '1899-12-31'])('drops %j, which is no date of the past', (since) => {
    expect(recorded({ saddle: said('new', since) }, NOTHING, TODAY).since).toEqual({});
  });

  it('has the level of each answer by itself', () => {
    const replies = { saddle: said('unchanged'), bladder: said('worse') };
    expect(levelOf('saddle', replies, NOTHING, TODAY)).toBe('D');
    expect(levelOf('bladder', replies, NOTHING, TODAY)).toBe('E');
    expect(levelOf('bowel', replies, NOTHING, TODAY)).toBeNull();
  });
});

describe('"no to all of these"', () => {
  const known = new Map([['bowel', yes('new')]]);
  const page = pagesOf('urgent', known)[0]!;

  it('keeps what was said, and says nothing of what was there the last time', () => {
    const replies: Replies = { saddle: said('new'), sexual: said('declined') };
    expect(noToTheRest(page, replies)).toEqual({ ...replies, bladder: said('no') });
  });

  it('leaves open what has no whole answer', () => {
    const replies = noToTheRest(page, { saddle: said('yes') });
    expect(openQuestions([page], replies).map(({ rule }) => rule.id)).toEqual(['saddle', 'bowel']);
    expect(openQuestions([page], { ...replies, saddle: said('new'), bowel: said('same') })).toEqual([]);
  });
});

describe('who comes back', () => {
  const resumed = (...checks: ReturnType<typeof check>[]) => Object.keys(resumedReplies(checks, 'urgent', null, NOW));

  it('finds the "no"s of a moment ago', () => {
    expect(resumed(check({ saddle: 'no', bladder: 'new' }))).toEqual(['saddle']);
  });

  it('is asked anew when the questions were answered to the end, long ago, or about something else', () => {
    expect(resumed(check(everything('urgent')))).toEqual([]);
    expect(resumed(check({ saddle: 'no' }, '2026-11-21T05:00:00Z'))).toEqual([]);
    expect(resumed(check({ saddle: 'no' }, '2026-11-21T10:00:00Z', 'an entry'))).toEqual([]);
  });

  it('finds the latest word of several', () => {
    const earlier = check({ saddle: 'no', bladder: 'no' }, '2026-11-21T09:00:00Z');
    expect(resumed(check({ saddle: 'unsure' }), earlier)).toEqual(['bladder']);
  });

  it('does not find a "no" over a yes given since, in whatever round', () => {
    const left = check({ saddle: 'no', bladder: 'no' }, '2026-11-21T08:00:00Z');
    const whole = check({ ...everything('urgent'), bladder: 'new' });
    expect(resumed(left, whole)).toEqual(['saddle']);
    expect(resumed(left, check({ ...everything('urgent'), bladder: 'new' }, undefined, 'an entry'))).toEqual(['saddle']);
    expect(resumed(left, check({ bladder: 'new' }, left.answered_at))).toEqual(['saddle']);
    expect(resumed(check({ bladder: 'new' }, '2026-11-21T07:00:00Z'), left)).toEqual(['saddle', 'bladder']);
  });

  it('ends nothing that can wait by a "no" of before it was answered', () => {
    const left = check({ 'weight-night': 'no' }, '2026-11-21T08:00:00Z');
    const whole = check({ ...everything('full'), 'weight-night': 'new' });
    expect(resumedReplies([left, whole], 'full', null, NOW)).toEqual({});
  });
});

it('is put off for a week at the most, whatever a clock that was ahead has written', () => {
  expect(isPutOff(null, TODAY)).toBe(false);
  expect(isPutOff(putOffUntil(TODAY, 'later'), TODAY)).toBe(true);
  expect(isPutOff(putOffUntil(TODAY, 'left-out'), TODAY)).toBe(true);
  expect(isPutOff(TODAY, TODAY)).toBe(false);
  expect(isPutOff('2026-11-29', TODAY)).toBe(false);
});

describe('an entry that gives a reason', () => {
  const reading: Reading = { region: 'calf', side: 'left', numbness: null, tingling: null, pain: null, weakness: 5, qualities: [] };
  const entry = { id: 'an-entry', occurred_at: '2026-11-20T10:00:00+01:00', readings: [reading] };

  it('is asked about until somebody has answered', () => {
    expect(entryToAsk([entry], [], NOW)).toBe(entry);
    expect(entryToAsk([entry], [check({ saddle: 'no' }, undefined, entry.id)], NOW)).toBe(entry);
    expect(entryToAsk([entry], [check(everything('urgent'), undefined, entry.id)], NOW)).toBeUndefined();
  });

  it('is answered for by the questions of any reason since, and by what one need not tell left out', () => {
    const { sexual, ...rest } = everything('full');
    expect(sexual).toBe('no');
    expect(isWhole({ answers: rest }, 'full')).toBe(true);
    expect(answersFor(entry, [check(rest)], NOW)).toBe(true);
    expect(answersFor(entry, [check(rest, '2026-11-20T08:59:59Z')], NOW)).toBe(false);
  });

  it('is not answered for by what is dated a year ahead', () => {
    const wrong = check(everything('full'), '2027-11-21T10:00:00Z');
    expect(answersFor(entry, [wrong], NOW)).toBe(false);
    expect(answersFor(entry, [{ ...wrong, entry: entry.id }], NOW)).toBe(false);
    expect(answersFor(entry, [check(everything('full'), '2026-11-21T13:00:00Z')], NOW)).toBe(true);
    expect(entryToAsk([entry], [wrong], NOW)).toBe(entry);
  });

  it('is asked about again from the edit on that brought a new reason', () => {
    const before = [check(everything('full')), check(everything('urgent'), '2026-11-21T10:30:00Z', entry.id)];
    const again = { [entry.id]: '2026-11-21T11:00:00Z' };
    expect(entryToAsk([entry], before, NOW)).toBeUndefined();
    expect(entryToAsk([entry], before, NOW, again)).toBe(entry);
    expect(entryToAsk([entry], [...before, check({ saddle: 'no' }, '2026-11-21T11:01:00Z', entry.id)], NOW, again)).toBe(entry);
    expect(entryToAsk([entry], [...before, check(everything('urgent'), '2026-11-21T11:01:00Z')], NOW, again)).toBeUndefined();
  });

  it('is left alone after two weeks, and when it gives no reason', () => {
    expect(entryToAsk([entry], [], new Date('2026-12-05T12:00:00Z'))).toBeUndefined();
    expect(entryToAsk([{ ...entry, readings: [{ ...reading, weakness: 3 }] }], [], NOW)).toBeUndefined();
  });

  it('is the latest of several', () => {
    const later = { ...entry, id: 'later', occurred_at: '2026-11-21T10:00:00+01:00', readings: [{ ...reading, weakness: 9 }] };
    expect(entryToAsk([entry, later], [], NOW)?.id).toBe('later');
  });
});

it('what was answered once is asked again as "has it changed?"', () => {
  const checks = [check({ ...everything('full'), 'foot-drop': 'new' }, '2026-11-13T10:00:00Z')];
  const page = pagesOf('full', remembered(checks, NOW)).find(({ group }) => group === 'today-legs')!;
  expect(page.questions.map(({ again }) => again)).toEqual([true, false, false]);
});

it('which yes it is, is not asked where nobody has to tell and it would change nothing', () => {
  const plain = pagesOf('full', new Map()).flatMap(({ questions }) => questions.filter((one) => one.plain));
  expect(plain.map(({ rule }) => rule.id)).toEqual(['self-harm']);
});
