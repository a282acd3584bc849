import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { asksInFull, deniedRules, evaluateCheck, fullCheckDue, isWhole, remembered, sameAsBefore, toldSince } from './redflagchecks.ts';
import type { Check, Remembered } from './redflagchecks.ts';
import { isOldNews } from './redflagnews.ts';
import type { Said } from './redflagnews.ts';
import { adviceOn, inLanguage, labelOf, LEVELS, questionsOf, RULES, scriptOf, TABLE, worseIf } from './redflagrules.ts';
import type { Level } from './redflagrules.ts';
import { reasonsToAsk } from './redflagtriggers.ts';
import type { Entry, Reason } from './redflagtriggers.ts';
import type { Flag } from './types.ts';

interface Cases {
  each_answer: Record<string, Record<string, Level | null>>;
  checks: { name: string; answers: Record<string, string>; level: Level | null; flags: Flag[] }[];
  entries: { name: string; entry: Entry; before: Entry[]; ask: Reason[] }[];
  remembered: { name: string; now: string; checks: Check[]; remembered: Record<string, Remembered> }[];
  asked_in_full: string[];
  same: { name: string; remembered: Remembered; today: string; checked_at?: string; answer: string }[];
  due: { name: string; now: string; checks: { answered_at: string; but: string[] }[]; due: boolean }[];
  old_news: { name: string; sign: Said; checked_at: string; said_then: string[]; old: boolean }[];
}
const shared = new URL('../../../../tests/contracts/redflag_cases.json', import.meta.url);
const cases = JSON.parse(readFileSync(shared, 'utf8')) as Cases;

describe('what was answered with no', () => {
  const check = { answered_at: '2026-11-20T08:00:00Z', answers: { saddle: 'no', bowel: 'no', bladder: 'new' } };
  const known = remembered([check], new Date('2026-11-20T09:00:00Z'));

  it('leaves out what stands, by an answer or by a mark on the body map', () => {
    expect(deniedRules(known, ['bladder', 'saddle'])).toEqual(['bowel']);
    expect(deniedRules(known, ['bladder'])).toEqual(['saddle', 'bowel']);
  });
});

describe('since when a sign is told to be there', () => {
  const answered = (day: string, answer: string, since?: string): Check => ({
    answered_at: `2026-11-${day}T08:00:00+01:00`,
    answers: { saddle: answer },
    since: since ? { saddle: since } : {}
  });
  const told = (...all: Check[]) => toldSince('saddle', all.at(-1)!, all.toReversed());

  it('is what the person said, or when what was new or worse was answered', () => {
    expect(told(answered('01', 'unchanged', '2020-05-01'))).toBe('2020-05-01');
    expect(told(answered('01', 'new'))).toBe('2026-11-01');
    expect(told(answered('01', 'unchanged', '2020-05-01'), answered('08', 'worse'))).toBe('2026-11-08');
  });

  it.each(['yes', 'unchanged'])('is not the day on which "%s" was answered', (answer) => {
    expect(told(answered('01', answer))).toBeNull();
    expect(told(answered('01', 'no'), answered('08', answer))).toBeNull();
    expect(told(answered('01', 'yes'), answered('08', answer))).toBeNull();
  });

  it.each(['yes', 'unchanged', 'unsure'])('is carried on by "%s"', (answer) => {
    expect(told(answered('01', 'unchanged', '2020-05-01'), answered('08', 'yes'), answered('15', answer))).toBe('2020-05-01');
    expect(told(answered('01', 'new'), answered('08', answer))).toBe('2026-11-01');
  });

  it('begins anew with what was gone and came back', () => {
    expect(told(answered('01', 'unchanged', '2020-05-01'), answered('08', 'no'), answered('15', 'yes'))).toBeNull();
  });

  it('is nothing that was said later', () => {
    const sign = answered('08', 'new');
    expect(toldSince('saddle', sign, [sign, answered('09', 'no'), answered('10', 'worse')])).toBe('2026-11-08');
  });
});

describe('the rules shared with the server', () => {
  it('are the same ones', () => {
    expect([...RULES.keys()].sort()).toEqual(Object.keys(cases.each_answer).sort());
  });

  it.each(Object.entries(cases.each_answer))('give every answer about %s its level', (rule, levels) => {
    for (const [answer, level] of Object.entries(levels)) {
      const flags = level === null ? [] : [{ rule, level }];
      expect(evaluateCheck({ [rule]: answer }), answer).toEqual({ level, flags });
    }
  });

  it.each(cases.checks)('$name', ({ answers, level, flags }) => {
    expect(evaluateCheck(answers)).toEqual({ level, flags });
  });

  it.each(cases.entries)('ask at once or not: $name', ({ entry, before, ask }) => {
    expect(reasonsToAsk(entry, before)).toEqual(ask);
    expect(reasonsToAsk(entry, before.toReversed())).toEqual(ask);
  });

  it.each(cases.remembered)('remember: $name', ({ now, checks, remembered: expected }) => {
    const moment = new Date(now);
    expect(Object.fromEntries(remembered(checks, moment))).toEqual(expected);
    expect(Object.fromEntries(remembered(checks.toReversed(), moment))).toEqual(expected);
  });

  it.each(cases.same)('the same as before: $name', ({ remembered: before, today, checked_at, answer }) => {
    expect(sameAsBefore(before, today, checked_at)).toBe(answer);
  });

  it.each(cases.old_news)('no news or news: $name', ({ sign, checked_at, said_then, old }) => {
    expect(isOldNews(sign, { at: checked_at, answers: said_then })).toBe(old);
  });

  it.each(cases.due)('due in full: $name', ({ now, checks, due }) => {
    const answered = checks.map(({ answered_at, but }) => {
      const told = [...RULES.keys()].filter((id) => !but.includes(id));
      return { answered_at, answers: Object.fromEntries(told.map((id) => [id, 'no'])) };
    });
    expect(fullCheckDue(answered, new Date(now))).toBe(due);
  });

  it('ask the same questions in full again', () => {
    expect([...RULES.values()].filter(asksInFull).map(({ id }) => id)).toEqual(cases.asked_in_full);
  });
});

describe('a full check', () => {
  const all = Object.fromEntries(questionsOf('full').map(({ id }) => [id, 'no']));
  const now = new Date('2026-11-20T08:00:00Z');

  it('is due at set-up, and a week after the last one', () => {
    expect(fullCheckDue([], now)).toBe(true);
    expect(fullCheckDue([{ answered_at: '2026-11-13T09:00:00+01:00', answers: all }], now)).toBe(true);
    expect(fullCheckDue([{ answered_at: '2026-11-13T09:00:01+01:00', answers: all }], now)).toBe(false);
  });

  it('is not put off by one dated ahead of a clock that may be an hour fast', () => {
    expect(fullCheckDue([{ answered_at: '2026-11-20T09:00:01Z', answers: all }], now)).toBe(true);
    expect(fullCheckDue([{ answered_at: '2026-11-20T09:00:00Z', answers: all }], now)).toBe(false);
    expect(fullCheckDue([{ answered_at: '2027-11-20T08:00:00Z', answers: all }], now)).toBe(true);
  });

  it('is not made by the urgent questions alone', () => {
    const urgent = Object.fromEntries(questionsOf('urgent').map(({ id }) => [id, 'no']));
    expect(isWhole({ answers: urgent }, 'urgent')).toBe(true);
    expect(isWhole({ answers: urgent }, 'full')).toBe(false);
    expect(fullCheckDue([{ answered_at: '2026-11-20T07:00:00Z', answers: urgent }], now)).toBe(true);
  });
});

describe('the words', () => {
  it('stand for every level that an answer can give, and every answer', () => {
    for (const rule of TABLE.rules) {
      for (const [answer, level] of Object.entries(rule.answers)) {
        expect(labelOf(rule, answer, 'en'), `${rule.id} ${answer}`).not.toBe(answer);
        if (level !== null) expect(adviceOn(rule, level, 'en').do.length).toBeGreaterThan(0);
      }
    }
  });

  it('are English where the language is missing', () => {
    expect(inLanguage({ en: 'no', de: 'nein' }, 'de-AT')).toBe('nein');
    expect(inLanguage({ en: 'no', de: 'nein' }, 'fr')).toBe('no');
  });

  it('come in the order of asking: the worst first', () => {
    const worst = TABLE.rules.map(({ answers }) => LEVELS.findIndex((level) => Object.values(answers).includes(level)));
    expect(worst).toEqual(worst.toSorted());
  });
});

it('the words for the phone are of something new, and of nothing old, unsure or left open', () => {
  const bladder = RULES.get('bladder')!;
  expect(scriptOf(bladder, 'new')).toMatch(/^My bladder has changed/);
  expect(scriptOf(bladder, undefined)).toMatch(/^My bladder has changed/);
  expect(scriptOf(bladder, 'unchanged')).toBeNull();
  expect(scriptOf(bladder, 'unsure')).toBeNull();
  expect(scriptOf(bladder, 'yes')).toBeNull();
});

it('a yes left open, or not being sure, does not hide a kind that is more urgent', () => {
  const implant = RULES.get('implant')!;
  expect(worseIf(implant, 'yes')).toEqual(['out-of-joint']);
  expect(worseIf(implant, 'unsure')).toEqual(['out-of-joint']);
  expect(worseIf(implant, 'new')).toEqual([]);
  expect(worseIf(implant, undefined)).toEqual([]);
  const open = [...RULES.values()].filter((rule) => worseIf(rule, 'yes').length > 0).map(({ id }) => id);
  expect(open.sort()).toEqual(['implant', 'minor-knock']);
});
