import { describe, expect, it } from 'vitest';
import {
  answersFor,
  backAt,
  entryToAsk,
  firstOpen,
  isPutOff,
  levelOf,
  noToTheRest,
  openQuestions,
  leftOut,
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
const noToAll = (pages: ReturnType<typeof pagesOf>) =>
  pages.reduce<Replies>((replies, page) => noToTheRest(page, replies), {});
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

  it('ask in full after a yes that was not answered further: which one it is has never been said', () => {
    const known = new Map([['saddle', yes('yes')]]);
    const [page] = pagesOf('urgent', known);
    expect(page!.questions[0]).toMatchObject({ again: false, before: { answer: 'yes' } });
    expect(noToTheRest(page!, {})).not.toHaveProperty('saddle');
  });

  it('mark what nobody has to tell', () => {
    const asked = pagesOf('full', NOTHING).flatMap(({ questions }) => questions);
    expect(asked.filter(({ sensitive }) => sensitive).map(({ rule }) => rule.id)).toEqual(['sexual', 'self-harm']);
  });
});

describe('what was left out as one may', () => {
  const rest = Object.fromEntries(Object.entries(everything('full')).filter(([id]) => !['sexual', 'self-harm'].includes(id)));
  const at = (hour: number) => `2026-11-20T${String(hour).padStart(2, '0')}:00:00Z`;

  it('is found again until it is answered by itself', () => {
    const whole = check(rest, at(8));
    expect(leftOut([whole])).toEqual(['sexual', 'self-harm']);
    expect(leftOut([check({ sexual: 'no' }, at(9)), whole])).toEqual(['self-harm']);
    expect(leftOut([check({ 'self-harm': 'no', sexual: 'no' }, at(9)), whole])).toEqual([]);
    expect(leftOut([check({ sexual: 'no', 'self-harm': 'no' }, at(7)), whole])).toEqual(['sexual', 'self-harm']);
  });

  it('is nothing before a full round, and nothing after one with every answer', () => {
    expect(leftOut([])).toEqual([]);
    expect(leftOut([check(everything('urgent'), at(8))])).toEqual([]);
    expect(leftOut([check(everything('full'), at(9)), check(rest, at(8))])).toEqual([]);
  });

  it('is asked by itself', () => {
    const pages = pagesOf('full', NOTHING, ['sexual', 'self-harm']);
    expect(pages.map(({ questions }) => questions.map(({ rule }) => rule.id))).toEqual([['sexual'], ['self-harm']]);
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

  it('keeps a yes that was not answered further as that, never milder than new or not being sure', () => {
    for (const { id, answers } of RULES.values()) {
      expect(recorded({ [id]: said('yes') }, NOTHING, TODAY).answers).toEqual({ [id]: 'yes' });
      const order = 'EDWN';
      expect(order.indexOf(answers.yes!), id).toBeLessThanOrEqual(order.indexOf(answers.new!));
      expect(order.indexOf(answers.yes!), id).toBeLessThanOrEqual(order.indexOf(answers.unsure!));
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
  it('goes on at the first part with something open', () => {
    const pages = pagesOf('urgent', NOTHING);
    const [one, two] = pages.map(({ questions }) => questions.map(({ rule }) => [rule.id, said('no')]));
    expect(firstOpen(pages, {})).toBe(1);
    expect(firstOpen(pages, Object.fromEntries(one!.slice(1)) as Replies)).toBe(1);
    expect(firstOpen(pages, Object.fromEntries(one!) as Replies)).toBe(2);
    expect(firstOpen(pages, Object.fromEntries(two!) as Replies)).toBe(1);
    expect(firstOpen(pages, noToAll(pages))).toBe(1);
  });

  const resumed = (...checks: ReturnType<typeof check>[]) => Object.keys(resumedReplies(checks, 'urgent', null, NOW));

  it('finds the "no"s of a moment ago', () => {
    expect(resumed(check({ saddle: 'no', bladder: 'new' }))).toEqual(['saddle']);
  });

  it('is asked anew when the questions were answered to the end, long ago, or about something else', () => {
    expect(resumed(check(everything('urgent')))).toEqual([]);
    expect(resumed(check({ saddle: 'no' }, '2026-11-21T05:00:00Z'))).toEqual([]);
    expect(resumed(check({ saddle: 'no' }, '2026-11-21T10:00:00Z', 'an entry'))).toEqual([]);
  });

  it.each([
    ['leads whoever is back at once past what they denied', '2026-11-21T11:55:00Z', 2],
    ['shows again what was denied hours ago: something may have begun since', '2026-11-21T06:01:00Z', 1]
  ])('%s', (_, at, place) => {
    const pages = pagesOf('urgent', NOTHING);
    const denied = Object.fromEntries(pages[0]!.questions.map(({ rule }) => [rule.id, 'no']));
    expect(resumed(check(denied, at))).toEqual(Object.keys(denied));
    expect(backAt(pages, [check(denied, at)], 'urgent', null, NOW)).toBe(place);
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
