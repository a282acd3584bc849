import { describe, expect, it } from 'vitest';
import { evaluateCheck } from './redflagchecks.ts';
import { haltOf } from './redflags.ts';
import { noted, redFlag, trendFlag } from './flags.fixtures.ts';
import type { RaisedFlag } from './flags.ts';
import { isAnswered, isEntryRead, standingSigns, unreadSign, type Check, type Settled } from './signs.ts';
import { uuid7 } from './uuid7.ts';

const now = new Date('2026-11-20T12:00:00Z');
const at = (hour: number) => `2026-11-20T${String(hour).padStart(2, '0')}:00:00Z`;

const check = (hour: number, answers: Record<string, string>, more: Partial<Check> = {}): Check => ({
  id: `check-${hour}`,
  answered_at: at(hour),
  answers,
  since: {},
  flags: evaluateCheck(answers).flags,
  read_at: null,
  entry: null,
  ...more
});
const settled = (hour: number, rule: string, reason: Settled['reason'] = 'checked'): Settled => ({
  rule,
  reason,
  at: at(hour),
  sent: false
});
const said = (checks: Check[], over: Settled[] = []) =>
  standingSigns(checks, over).map(({ rule, level, check }) => `${rule} ${level} ${check?.id}`);

describe('the signs that stand', () => {
  it('are those answered with yes, the worst first, in whatever order the checks come', () => {
    const checks = [check(7, { 'foot-drop': 'new', 'toes-up': 'new' }), check(8, { saddle: 'new', bowel: 'no' })];
    const expected = ['saddle E check-8', 'foot-drop D check-7', 'toes-up W check-7'];
    expect(said(checks)).toEqual(expected);
    expect(said(checks.toReversed())).toEqual(expected);
  });

  it('stand at the worst that was said of them, and by the latest answer of equals', () => {
    expect(said([check(7, { saddle: 'new' }), check(8, { saddle: 'unchanged' })])).toEqual(['saddle E check-7']);
    expect(said([check(7, { saddle: 'unchanged' }), check(8, { saddle: 'worse' })])).toEqual(['saddle E check-8']);
    expect(said([check(7, { saddle: 'new' }), check(8, { saddle: 'worse' })])).toEqual(['saddle E check-8']);
  });

  it('do not go by a later no when they cannot wait', () => {
    const no = { saddle: 'no', 'foot-drop': 'no', 'toes-up': 'no' };
    const yes = { saddle: 'new', 'foot-drop': 'new', 'toes-up': 'new' };
    expect(said([check(7, yes), check(8, no)])).toEqual(['saddle E check-7', 'foot-drop D check-7']);
  });

  it('go when the person says that they are over, and come back with a new answer', () => {
    expect(said([check(7, { saddle: 'new' })], [settled(8, 'saddle')])).toEqual([]);
    expect(said([check(7, { saddle: 'new' })], [settled(8, 'bowel')])).toEqual(['saddle E check-7']);
    expect(said([check(7, { saddle: 'new' }), check(9, { saddle: 'new' })], [settled(8, 'saddle')])).toEqual([
      'saddle E check-9'
    ]);
  });

  it('are no news when a doctor has checked them and they have not changed since', () => {
    const later = check(9, { saddle: 'unchanged' });
    expect(said([later], [settled(8, 'saddle', 'checked')])).toEqual([]);
    expect(said([later], [settled(8, 'saddle', 'recovered')])).toEqual(['saddle D check-9']);
    expect(said([check(9, { saddle: 'worse' })], [settled(8, 'saddle', 'checked')])).toEqual(['saddle E check-9']);
  });

  it('go by what was known when they were settled, not by dates that a clock may have wrong', () => {
    const ahead = { ...settled(8, 'saddle'), at: '2126-12-20T12:00:00Z' };
    const checks = [check(7, { saddle: 'new' }), check(9, { saddle: 'new' })];
    expect(said(checks, [{ ...ahead, known: ['check-7'] }])).toEqual(['saddle E check-9']);
    expect(said(checks, [{ ...settled(10, 'saddle'), known: ['check-9'] }])).toEqual(['saddle E check-7']);
    expect(said(checks, [ahead])).toEqual(['saddle E check-9']);
  });

  it('are compared with a look by a doctor that has been, not with one ahead', () => {
    const later = check(9, { saddle: 'unchanged' });
    const looked = { ...settled(8, 'saddle'), known: ['check-7'] };
    expect(said([later], [looked])).toEqual([]);
    expect(said([later], [{ ...looked, at: '2126-12-20T12:00:00Z' }])).toEqual(['saddle D check-9']);
  });

  it('answered within the second in which another was settled stay', () => {
    expect(said([check(8, { saddle: 'new' })], [settled(8, 'saddle')])).toEqual(['saddle E check-8']);
  });
});

describe('advice that has to be read', () => {
  const unread = (checks: Check[]) => unreadSign(standingSigns(checks, []))?.check?.id;

  it('is that of an emergency before that of the same day, and of nothing milder', () => {
    expect(unread([check(7, { 'foot-drop': 'new' }), check(6, { saddle: 'new' })])).toBe('check-6');
    expect(unread([check(7, { 'foot-drop': 'new' })])).toBe('check-7');
    expect(unread([check(7, { 'toes-up': 'new', medicine: 'new' })])).toBeUndefined();
  });

  it('is over when it was confirmed', () => {
    expect(unread([check(7, { saddle: 'new' }, { read_at: at(8) })])).toBeUndefined();
  });
});

describe('exercise', () => {
  const entry = { readings: [], occurred_at: at(6) };
  const stands = (answers: Record<string, string>) => haltOf([entry], now, standingSigns([check(7, answers)], []));

  it('waits for an answer that cannot wait, however well the advice was read', () => {
    expect(stands({ saddle: 'new' })).toMatchObject({ emergency: true, sign: { rule: 'saddle' } });
    expect(stands({ 'foot-drop': 'new' })).toMatchObject({ emergency: false, sign: { rule: 'foot-drop' } });
    const read = [check(7, { saddle: 'new' }, { read_at: at(8) })];
    expect(haltOf([entry], now, standingSigns(read, []))).toMatchObject({ emergency: true });
  });

  it('does not wait for what can', () => {
    expect(stands({ 'toes-up': 'new', saddle: 'no' })).toBeNull();
  });

  it('waits for the emergency of an entry rather than for a doctor today', () => {
    const saddle = { region: 'saddle', side: 'midline', numbness: 2, tingling: null, pain: null, weakness: null, qualities: [] };
    const marked = { readings: [saddle as never], occurred_at: at(6) };
    const signs = standingSigns([check(7, { 'foot-drop': 'new' })], []);
    expect(haltOf([marked], now, signs)).toEqual({ entry: marked, emergency: true });
  });
});

describe('the mark of an entry', () => {
  const entry = { id: 'entry', occurred_at: at(6) };

  it('is answered for by the questions that it gave rise to, if they say anything about it', () => {
    expect(isAnswered(entry, [check(7, { saddle: 'unchanged' }, { entry: 'entry' })], [])).toBe(true);
    expect(isAnswered(entry, [check(7, { saddle: 'no' }, { entry: 'entry' })], [])).toBe(false);
    expect(isAnswered(entry, [check(7, { saddle: 'unsure' }, { entry: 'entry' })], [])).toBe(false);
    expect(isAnswered(entry, [check(7, { saddle: 'new' }, { entry: 'other' })], [])).toBe(false);
  });

  it('is over when that sign has been settled since', () => {
    expect(isAnswered(entry, [], [settled(7, 'saddle')])).toBe(true);
    expect(isAnswered(entry, [], [settled(5, 'saddle')])).toBe(false);
    expect(isAnswered(entry, [], [{ ...settled(5, 'saddle'), known: ['entry'] }])).toBe(true);
    expect(isAnswered(entry, [], [{ ...settled(7, 'saddle'), known: ['other'] }])).toBe(false);
  });
});

describe('what the server knows', () => {
  const knows = (flags: RaisedFlag[], newer: string[] = []) => ({ flags, isNewerHere: ({ id }: { id: string }) => newer.includes(id) });
  const stand = (checks: Check[], flags: RaisedFlag[], newer: string[] = [], over: Settled[] = []) =>
    standingSigns(checks, over, knows(flags, newer)).map(({ rule, level }) => `${rule} ${level}`);
  const resolved = (flag: RaisedFlag, hour: number, reason = 'checked'): RaisedFlag => ({ ...flag, state: 'resolved', reason, resolved_at: at(hour) });

  it('stands beside what this phone knows, a rule of a newer app too, and stops exercise', () => {
    const flag = redFlag('moon-walk', [noted('elsewhere', at(6))]);
    expect(stand([], [flag])).toEqual(['moon-walk E']);
    expect(haltOf([], now, standingSigns([], [], knows([flag])))).toMatchObject({ emergency: true, sign: { rule: 'moon-walk' } });
    expect(stand([], [trendFlag()])).toEqual([]);
  });

  it('is shown where it is worse, and never hides what this phone says worse', () => {
    const here = check(7, { saddle: 'unchanged' });
    expect(stand([here], [redFlag('saddle', [noted('elsewhere', at(6))])])).toEqual(['saddle E']);
    const milder = redFlag('saddle', [noted('elsewhere', at(6), { level: 'D' })], { level: 'D' });
    expect(stand([check(7, { saddle: 'new' })], [milder])).toEqual(['saddle E']);
  });

  it('does not count against a correction that it has not heard of', () => {
    const flag = redFlag('saddle', [noted('check-7', at(7))]);
    expect(stand([check(7, { saddle: 'no' })], [flag], ['check-7'])).toEqual([]);
    expect(stand([check(7, { saddle: 'no' })], [flag])).toEqual(['saddle E']);
    const beside = redFlag('saddle', [noted('check-7', at(7)), noted('elsewhere', at(6), { level: 'D' })]);
    expect(stand([check(7, { saddle: 'no' })], [beside], ['check-7'])).toEqual(['saddle D']);
  });

  it('ends a sign that was settled on another device, and only what was noted before', () => {
    const flag = resolved(redFlag('saddle', [noted('check-7', at(7))]), 8);
    expect(stand([check(7, { saddle: 'new' })], [flag])).toEqual([]);
    expect(stand([check(9, { saddle: 'new' })], [flag])).toEqual(['saddle E']);
    expect(stand([check(9, { saddle: 'unchanged' })], [flag])).toEqual([]);
  });

  it('does not end what the other device did not know of, however early it was answered', () => {
    const flag = resolved(redFlag('saddle', [noted('elsewhere', at(6))]), 12);
    expect(stand([check(10, { saddle: 'new' })], [flag])).toEqual(['saddle E']);
    const many = { ...flag, evidence: { ...flag.evidence, count: 40 } };
    expect(stand([check(10, { saddle: 'new' })], [many])).toEqual([]);
  });

  it('does not end what is worse than what was settled there', () => {
    const milder = resolved(redFlag('saddle', [noted('elsewhere', at(6), { level: 'D' })], { level: 'D' }), 8);
    expect(stand([check(7, { saddle: 'new' })], [milder])).toEqual(['saddle E']);
  });

  it('ends by a mistake only what was the mistake, and by a correction nothing', () => {
    const flag = redFlag('saddle', [noted('elsewhere', at(6))]);
    expect(stand([check(7, { saddle: 'new' })], [resolved(flag, 8, 'mistake')])).toEqual(['saddle E']);
    expect(stand([check(7, { saddle: 'new' })], [resolved(redFlag('saddle', [noted('check-7', at(7))]), 8, 'mistake')])).toEqual([]);
    expect(stand([check(7, { saddle: 'new' })], [resolved(flag, 8, 'corrected')])).toEqual(['saddle E']);
  });

  it('brings a sign back that was reopened elsewhere after it was settled here', () => {
    const flag = redFlag('saddle', [noted('check-7', at(7))], { state: 'reopened' });
    expect(stand([check(7, { saddle: 'new' })], [flag], [], [settled(8, 'saddle')])).toEqual(['saddle E']);
  });

  it('goes with a later no when it can wait', () => {
    const flag = redFlag('toes-up', [noted('elsewhere', at(6), { level: 'W' })], { level: 'W' });
    expect(stand([check(7, { 'toes-up': 'no' })], [flag])).toEqual([]);
    expect(stand([check(5, { 'toes-up': 'no' })], [flag])).toEqual(['toes-up W']);
  });

  it('is read once for all devices', () => {
    const signs = standingSigns([check(7, { saddle: 'new' })], []);
    const flag = redFlag('saddle', [noted('check-7', at(7))]);
    expect(unreadSign(signs, [flag])).toBeDefined();
    expect(unreadSign(signs, [{ ...flag, state: 'seen' }])).toBeUndefined();
    const only = standingSigns([], [], knows([flag]));
    expect(unreadSign(only, [flag])?.flag?.id).toBe(flag.id);
    expect(unreadSign(standingSigns([], [], knows([{ ...flag, state: 'seen' }])))).toBeUndefined();
  });

  it('says whether an entry has been read, or is over', () => {
    const entry = { id: 'entry', occurred_at: at(6) };
    const flag = redFlag('saddle', [noted('entry', at(6), { source: 'log', answer: null })]);
    expect(isEntryRead(entry, [flag], [])).toBe(false);
    expect(isEntryRead(entry, [{ ...flag, state: 'seen' }], [])).toBe(true);
    const seen = { act: 'see' as const, flag: null, rules: ['saddle'], at: at(7), reason: null, until: null };
    expect(isEntryRead(entry, [], [seen])).toBe(true);
    expect(isEntryRead({ ...entry, occurred_at: at(8) }, [], [seen])).toBe(false);
    expect(isEntryRead(entry, [], [{ ...seen, known: ['other'] }])).toBe(false);
    expect(isEntryRead(entry, [], [], ['entry'])).toBe(true);
    expect(isAnswered(entry, [], [], [resolved(flag, 7)])).toBe(true);
    expect(isAnswered(entry, [], [], [flag])).toBe(false);
  });

  it('was read before a mark or an answer that came after it', () => {
    const later = uuid7(Date.parse(at(9)));
    const flag = redFlag('saddle', [noted('old', at(6)), noted(later, at(6))], { state: 'seen', seen_at: at(7) });
    const again = { id: later, occurred_at: at(6) };
    expect(isEntryRead(again, [flag], [])).toBe(false);
    expect(isEntryRead(again, [{ ...flag, seen_at: at(10) }], [])).toBe(true);
    const signs = standingSigns([check(6, { saddle: 'new' }, { id: later })], []);
    expect(unreadSign(signs, [flag])).toBeDefined();
    expect(unreadSign(signs, [{ ...flag, seen_at: at(10) }])).toBeUndefined();
  });
});
