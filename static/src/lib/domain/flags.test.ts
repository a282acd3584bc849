import { describe, expect, it } from 'vitest';
import { noted, redFlag, trendFlag } from './flags.fixtures.ts';
import { withActs, type FlagAct, type RaisedFlag } from './flags.ts';

const at = (hour: number) => `2026-11-20T${String(hour).padStart(2, '0')}:00:00Z`;
const act = (what: FlagAct['act'], hour: number, more: Partial<FlagAct> = {}): FlagAct => ({
  act: what,
  flag: null,
  rules: [],
  at: at(hour),
  reason: null,
  until: null,
  ...more
});
const after = (flag: RaisedFlag, ...acts: FlagAct[]) => withActs([flag], acts)[0]!;
const saddle = redFlag('saddle', [noted('check', at(7))]);
const one = { flag: saddle.id };

describe('what the person does with a flag', () => {
  it('is seen, settled and taken back in the order in which it was done', () => {
    expect(after(saddle, act('see', 8, one))).toMatchObject({ state: 'seen', seen_at: at(8) });
    const settled = [act('see', 8, one), act('resolve', 9, { ...one, reason: 'checked' })];
    expect(after(saddle, ...settled)).toMatchObject({ state: 'resolved', resolved_at: at(9), reason: 'checked' });
    const back = after(saddle, ...settled, act('reopen', 10, one));
    expect(back).toMatchObject({ state: 'reopened', resolved_at: null, reason: null });
    expect(back.changes.map(({ state }) => state)).toEqual(['open', 'seen', 'resolved', 'reopened']);
  });

  it('settles nothing that cannot wait and was not read', () => {
    expect(after(saddle, act('resolve', 9, { ...one, reason: 'checked' }))).toBe(saddle);
    const knock = redFlag('minor-knock', [noted('check', at(7), { level: 'W' })], { level: 'W' });
    expect(after(knock, act('resolve', 9, { flag: knock.id, reason: 'other' })).state).toBe('resolved');
  });

  it('by the name of a sign reads and settles what was noted before, and nothing noted since', () => {
    const over = act('resolve', 9, { rules: ['saddle'], reason: 'checked' });
    expect(after(saddle, over)).toMatchObject({ state: 'resolved', seen_at: at(9) });
    const again = redFlag('saddle', [noted('check', at(7)), noted('later', at(10))]);
    expect(after(again, over).state).toBe('seen');
    expect(after(redFlag('saddle', [noted('later', at(10))]), over).state).toBe('open');
    expect(after(redFlag('bowel', [noted('check', at(7))]), over).state).toBe('open');
  });

  it('by the name of a sign settles no emergency that this phone did not know of, whatever its clock says', () => {
    const over = act('resolve', 23, { rules: ['saddle'], reason: 'checked', known: ['check'] });
    expect(after(saddle, over).state).toBe('resolved');
    const unheard = redFlag('saddle', [noted('check', at(7)), noted('elsewhere', at(8))]);
    expect(after(unheard, over).state).toBe('seen');
    const mild = { ...over, rules: ['toes-up'] };
    expect(after(redFlag('toes-up', [noted('elsewhere', at(8), { level: 'W' })], { level: 'W' }), mild).state).toBe('resolved');
  });

  it('does not count as read when it got worse since', () => {
    const worse = redFlag('saddle', [noted('check', at(7)), noted('later', at(10), { answer: 'worse' })]);
    expect(after(worse, act('see', 9, one))).toBe(worse);
  });

  it('puts a trend off, never a red flag', () => {
    const until = '2026-12-01T00:00:00Z';
    const trend = trendFlag();
    const put = after(trend, act('snooze', 9, { flag: trend.id, until, reason: 'appointment' }));
    expect(put).toMatchObject({ state: 'seen', snoozed_until: until });
    expect(after(saddle, act('snooze', 9, { ...one, until, reason: 'other' }))).toBe(saddle);
    const over = trendFlag({ state: 'resolved', reason: 'recovered', resolved_at: at(8) });
    expect(after(over, act('snooze', 9, { flag: over.id, until, reason: 'other' }))).toBe(over);
  });

  it('reads a trend again that was put off until then, and not before', () => {
    const until = new Date(Date.parse(at(9))).toISOString();
    const put = trendFlag({ state: 'seen', snoozed_until: until });
    expect(after(put, act('see', 8, { flag: put.id }))).toBe(put);
    expect(after(put, act('see', 10, { flag: put.id }))).toMatchObject({ state: 'seen', snoozed_until: null, seen_at: at(10) });
  });

  it('does not reopen what was corrected, nor beside another of the same sign', () => {
    const over = redFlag('saddle', [], { state: 'resolved', reason: 'corrected', resolved_at: at(8) });
    expect(after(over, act('reopen', 9, { flag: over.id }))).toBe(over);
    const before = { ...saddle, id: 'before', state: 'resolved' as const, reason: 'checked', resolved_at: at(6) };
    const both = withActs([before, saddle], [act('reopen', 9, { flag: 'before' })]);
    expect(both.map(({ state }) => state).sort()).toEqual(['open', 'resolved']);
  });

  it('leaves alone what another device reopened later', () => {
    const step = { at: at(10), by: 'person' as const, state: 'reopened' as const, level: 'E' as const, reason: null };
    const reopened = { ...saddle, state: 'seen' as const, changes: [...saddle.changes, step] };
    expect(after(reopened, act('resolve', 9, { ...one, reason: 'checked' }))).toBe(reopened);
  });

  it('leaves the newest first', () => {
    const later = redFlag('bowel', [noted('check', at(9))]);
    expect(withActs([saddle, later], []).map(({ rule }) => rule)).toEqual(['bowel', 'saddle']);
  });
});
