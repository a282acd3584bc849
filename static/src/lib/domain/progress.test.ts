import { describe, expect, it } from 'vitest';
import { completeSession } from './complete.ts';
import { LADDER, TODAY, easier, form, harder, hurt, item, known, prescription, routine, session, three } from './progress.fixtures.ts';
import { neighbour, offersFor, type Declined } from './progress.ts';
import type { SessionBody, Verdict } from './types.ts';

describe('the next rung', () => {
  it('is offered after three comfortable sessions in a row, in whatever order they come', () => {
    expect(offersFor(routine, known({ sessions: three }))).toEqual([harder]);
    expect(offersFor(routine, known({ sessions: [...three].reverse() }))).toEqual([harder]);
    expect(offersFor(routine, known({ sessions: three.slice(1) }))).toEqual([]);
  });

  it.each<[string, Partial<SessionBody>]>([
    ['was only partly done', { items: [item('bridge', { status: 'partial', reason: 'too-hard' })] }],
    ['was left out because it was too hard', { items: [item('bridge', { status: 'skipped', reason: 'too-hard' })] }],
    ['hurt, though within the limits', { hurts: [hurt({ verdict: 'go' })] }],
    ['ended with more pain than 1 above before', { pain_after: 5 }],
    ['ended with more numbness than 1 above before', { numbness_after: 4 }],
    ['ended with more than the limit for going on as before', { pain_before: 3, pain_after: 4 }],
    ['was as bad before and after', { pain_before: 8, pain_after: 8 }],
    ['was worse next morning', { pain_next_morning: 4 }],
    ['was never rated afterwards', { pain_after: null, numbness_after: null }],
    ['left out the rating of the pain that it began with', { pain_after: null }],
    ['had pain after, and none was asked before', { pain_before: null, pain_after: 2 }],
    ['was stopped for a weak leg', { stop_reason: 'weakness' }],
    ['was stopped because it was too hard', { stop_reason: 'too-hard' }],
    ['was finished in an easier form', { items: [item('squeeze', { eased_from: 'bridge' })] }]
  ])('is not offered when one of the three %s', (_name, patch) => {
    for (const at of [0, 1, 2]) {
      const sessions = three.map((one, index) => (index === at ? { ...one, ...patch } : one));
      expect(offersFor(routine, known({ sessions })).filter(({ kind }) => kind === 'harder')).toEqual([]);
    }
  });

  it('does not mind what says nothing of the exercise', () => {
    const left = session(1.5, { items: [item('bridge', { status: 'skipped', reason: 'no-time' })] });
    const other = session(0.5, { items: [item('twist')], pain_after: 9 });
    expect(offersFor(routine, known({ sessions: [other, ...three, left] }))).toEqual([harder]);
    const onAnother = three.map((one) => ({ ...one, items: [item('bridge'), item('twist')], hurts: [hurt({ item: 1 })] }));
    expect(offersFor(routine, known({ sessions: onAnother }))).toEqual([harder]);
  });

  it('is offered from what an older app has stored too', () => {
    const stored = three.map((one) => {
      const { hurts, ...old } = one;
      expect(hurts).toEqual([]);
      return completeSession(old as typeof one & SessionBody);
    });
    expect(offersFor(routine, known({ sessions: stored }))).toEqual([harder]);
  });

  it('does not count what was comfortable months ago', () => {
    expect(offersFor(routine, known({ sessions: [session(60), session(61), session(62)] }))).toEqual([]);
    expect(offersFor(routine, known({ sessions: [session(1), session(2), session(90)] }))).toEqual([]);
  });

  it('is none at the top, off the catalogue, or in the routine already', () => {
    const top = three.map((one) => ({ ...one, items: [item('one-leg')] }));
    expect(offersFor([{ exercise: 'one-leg' }], known({ sessions: top }))).toEqual([]);
    const gone = LADDER.map((one) => (one.slug === 'one-leg' ? { ...one, retired: true } : one));
    expect(offersFor(routine, known({ sessions: three, exercises: gone }))).toEqual([]);
    expect(offersFor([...routine, { exercise: 'one-leg' }], known({ sessions: three }))).toEqual([]);
    expect(offersFor([{ exercise: 'unheard-of' }], known({ sessions: three }))).toEqual([]);
  });

  it('is reached one at a time, and past a retired one', () => {
    const ladder = [...LADDER, form('march', 2)];
    expect(neighbour('squeeze', 1, ladder)?.slug).toBe('bridge');
    const gone = ladder.map((one) => (one.slug === 'one-leg' ? { ...one, retired: true } : one));
    expect(neighbour('bridge', 1, gone)?.slug).toBe('march');
    expect(neighbour('squeeze', -1, ladder)).toBeUndefined();
    expect(neighbour('twist', 1, ladder)).toBeUndefined();
  });
});

describe('an easier rung', () => {
  it.each<Verdict>(['ease', 'stop'])('is offered after the rule said %s on it', (verdict) => {
    const sessions = [session(1, { hurts: [hurt({ verdict })] }), session(2)];
    expect(offersFor(routine, known({ sessions }))).toEqual([easier]);
  });

  it('is offered when it was done in the easier form at once', () => {
    const sessions = [session(1, { hurts: [hurt()], items: [item('squeeze', { eased_from: 'bridge' })] })];
    expect(offersFor(routine, known({ sessions }))).toEqual([easier]);
  });

  it('is not offered when the rule let it go on, on another exercise, or once it went well again', () => {
    expect(offersFor(routine, known({ sessions: [session(1, { hurts: [hurt({ verdict: 'go' })] })] }))).toEqual([]);
    const elsewhere = session(1, { items: [item('bridge'), item('twist')], hurts: [hurt({ item: 1 })] });
    expect(offersFor(routine, known({ sessions: [elsewhere] }))).toEqual([]);
    expect(offersFor(routine, known({ sessions: [session(1), session(2, { hurts: [hurt()] })] }))).toEqual([]);
  });

  it('is no answer to a leg that turned weak', () => {
    const sessions = [session(1, { hurts: [hurt({ verdict: 'stop', weakness: true })], stop_reason: 'weakness' })];
    expect(offersFor(routine, known({ sessions }))).toEqual([]);
    const unasked = [session(1, { hurts: [hurt()], stop_reason: 'weakness' })];
    expect(offersFor(routine, known({ sessions: unasked }))).toEqual([]);
  });

  it('is no answer to pain or numbness further down the leg', () => {
    const hurts = [hurt({ verdict: 'stop', further_down: true }), hurt({ verdict: 'ease' })];
    const further = session(1, { hurts, stop_reason: 'pain' });
    expect(offersFor(routine, known({ sessions: [further] }))).toEqual([]);
    const prescriptions = [prescription('bridge', { prescribed_by: 'Sam Physio' })];
    expect(offersFor(routine, known({ sessions: [further], prescriptions }))).toEqual([]);
    // Done again since without that, and it was too much.
    expect(offersFor(routine, known({ sessions: [session(0.5, { hurts: [hurt()] }), further] }))).toEqual([easier]);
  });
});

describe('a prescription', () => {
  it('is never gone past, in whichever form it is practised', () => {
    for (const exercise of ['bridge', 'squeeze']) {
      const prescriptions = [prescription(exercise)];
      expect(offersFor(routine, known({ sessions: three, prescriptions }))).toEqual([]);
    }
  });

  it('may be caught up with', () => {
    const prescriptions = [prescription('one-leg')];
    expect(offersFor(routine, known({ sessions: three, prescriptions }))).toEqual([harder]);
  });

  it('counts from its first day to its last', () => {
    const offers = (patch: object) =>
      offersFor(routine, known({ sessions: three, prescriptions: [prescription('bridge', patch)] }));
    expect(offers({ ends_on: '2026-11-19' })).toEqual([harder]);
    expect(offers({ starts_on: '2026-11-21' })).toEqual([harder]);
    expect(offers({ ends_on: TODAY })).toEqual([]);
    expect(offers({ starts_on: TODAY })).toEqual([]);
  });

  it('of a physiotherapist is not made easier here: they are told', () => {
    const sessions = [session(1, { hurts: [hurt()] })];
    const offers = (prescribed_by: string | null) =>
      offersFor(routine, known({ sessions, prescriptions: [prescription('bridge', { prescribed_by })] }));
    expect(offers('Sam Physio')).toEqual([{ ...easier, tell: 'Sam Physio' }]);
    expect(offers(null)).toEqual([easier]);
  });
});

describe('turning an offer down', () => {
  const at = (daysAgo: number) => session(daysAgo).started_at;

  it('holds until there are three more comfortable sessions', () => {
    const declined: Declined[] = [{ exercise: 'bridge', to: 'one-leg', at: at(3.5) }];
    const sessions = [session(2), session(3), session(4), session(5), session(6)];
    expect(offersFor(routine, known({ sessions, declined }))).toEqual([]);
    expect(offersFor(routine, known({ sessions: [session(1), ...sessions], declined }))).toEqual([harder]);
  });

  it('counts from the last time, and for this rung only', () => {
    const twice = [3.5, 0.5].map((days) => ({ exercise: 'bridge', to: 'one-leg', at: at(days) }));
    expect(offersFor(routine, known({ sessions: three, declined: twice }))).toEqual([]);
    const other = [{ exercise: 'bridge', to: 'squeeze', at: at(0.5) }];
    expect(offersFor(routine, known({ sessions: three, declined: other }))).toEqual([harder]);
  });

  it('holds for an easier one, too', () => {
    const declined: Declined[] = [{ exercise: 'bridge', to: 'squeeze', at: at(3.5) }];
    const sore = [1, 2, 3].map((days) => session(days, { hurts: [hurt()] }));
    expect(offersFor(routine, known({ sessions: sore.slice(1), declined }))).toEqual([]);
    expect(offersFor(routine, known({ sessions: sore, declined }))).toEqual([easier]);
  });
});
