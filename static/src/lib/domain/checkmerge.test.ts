import { describe, expect, it } from 'vitest';
import { mergeChecks } from './checkmerge.ts';
import { evaluateCheck } from './redflagchecks.ts';
import type { CheckBody } from './types.ts';

const check = (answers: Record<string, string>, more: Partial<CheckBody> = {}): CheckBody => ({
  answered_at: '2026-11-20T08:00:00+01:00',
  time_zone: 'Europe/Berlin',
  answers,
  since: {},
  entry: null,
  read_at: null,
  table_version: 1,
  ...evaluateCheck(answers),
  ...more
});
const both = (base: CheckBody | null, mine: Record<string, string>, theirs: Record<string, string>) =>
  mergeChecks(base, check(mine), check(theirs)).answers;

describe('one check, answered on two devices', () => {
  it('keeps the worse of two contradicting answers, whichever device it was', () => {
    const base = check({ saddle: 'unsure' });
    expect(both(base, { saddle: 'no' }, { saddle: 'new' })).toEqual({ saddle: 'new' });
    expect(both(base, { saddle: 'new' }, { saddle: 'no' })).toEqual({ saddle: 'new' });
    expect(both(null, { 'foot-drop': 'no' }, { 'foot-drop': 'worse' })).toEqual({ 'foot-drop': 'worse' });
  });

  it('takes over what only one of them has changed', () => {
    const base = check({ saddle: 'new', bowel: 'no' });
    expect(both(base, { saddle: 'no', bowel: 'no' }, { saddle: 'new', bowel: 'new' })).toEqual({ saddle: 'no', bowel: 'new' });
  });

  it('hides no yes behind a set without answers', () => {
    const base = check({ saddle: 'new' });
    expect(both(base, {}, { saddle: 'new' })).toEqual({ saddle: 'new' });
    expect(both(base, { saddle: 'new' }, {})).toEqual({ saddle: 'new' });
    expect(mergeChecks(base, check({ saddle: 'new' }), check({})).level).toBe('E');
  });

  it('brings the levels along, the worst first', () => {
    const found = mergeChecks(null, check({ 'foot-drop': 'new', saddle: 'no' }), check({ saddle: 'new' }));
    expect(found.flags).toEqual([
      { rule: 'saddle', level: 'E' },
      { rule: 'foot-drop', level: 'D' }
    ]);
    expect(found.level).toBe('E');
  });

  it('counts as read only for whoever read about all of it', () => {
    const read = { read_at: '2026-11-20T08:01:00+01:00' };
    expect(mergeChecks(null, check({ bowel: 'new' }, read), check({ saddle: 'new' })).read_at).toBeNull();
    expect(mergeChecks(null, check({ saddle: 'new' }, read), check({ saddle: 'new' })).read_at).toBe(read.read_at);
  });
});
