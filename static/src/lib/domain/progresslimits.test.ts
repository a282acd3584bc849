import { describe, expect, it } from 'vitest';
import { DEFAULT_RULE } from './painrule.ts';
import { harder, known, prescription, routine, session } from './progress.fixtures.ts';
import { offersFor } from './progress.ts';
import type { SessionBody } from './types.ts';

const STRICT = { ...DEFAULT_RULE, ease_at: 2 };
const LENIENT = { ...DEFAULT_RULE, ease_at: 7, stop_at: 8 };

/** Three sessions that ended with a pain of 3, unless said otherwise, after the plan as it was in its first version. */
const followed = (patch: Partial<SessionBody> = {}) =>
  [1, 2, 3].map((days) =>
    session(days, { prescription: 'plan', prescription_version: 1, pain_before: 3, pain_after: 3, ...patch })
  );
/** A plan of which nothing stands in the way of a harder form but its limits. */
const plan = (patch: object) => prescription('one-leg', patch);

describe('the limits by which a session was comfortable', () => {
  it('are those of the plan that it followed', () => {
    const offers = (patch: object) => offersFor(routine, known({ sessions: followed(), prescriptions: [plan(patch)] }));
    expect(offers({ pain_rule: STRICT })).toEqual([]);
    expect(offers({ pain_rule: DEFAULT_RULE })).toEqual([harder]);
    expect(offers({ pain_rule: STRICT, ends_on: '2026-11-19' })).toEqual([]);
    const sore = followed({ pain_before: 5, pain_after: 5 });
    expect(offersFor(routine, known({ sessions: sore, prescriptions: [plan({ pain_rule: LENIENT })] }))).toEqual([harder]);
    expect(offersFor(routine, known({ sessions: sore, prescriptions: [plan({})] }))).toEqual([]);
  });

  it('are those of the rise, and of numbness, too', () => {
    const prescriptions = [plan({ pain_rule: { ...DEFAULT_RULE, ease_rise: 1 } })];
    expect(offersFor(routine, known({ sessions: followed({ pain_before: 2 }), prescriptions }))).toEqual([]);
    expect(offersFor(routine, known({ sessions: followed({ pain_before: 3 }), prescriptions }))).toEqual([harder]);
    const numb = followed({ pain_before: 1, pain_after: 1, numbness_before: 2, numbness_after: 2 });
    expect(offersFor(routine, known({ sessions: numb, prescriptions: [plan({ pain_rule: STRICT })] }))).toEqual([]);
  });

  it('are the usual ones without a plan, whatever plans there are besides', () => {
    const sessions = followed({ prescription: null, prescription_version: null });
    expect(offersFor(routine, known({ sessions, prescriptions: [plan({ pain_rule: STRICT })] }))).toEqual([harder]);
  });

  it.each<[string, object, Partial<SessionBody>]>([
    ['the plan has a later version', { version: 2 }, {}],
    ['the server had not taken the plan', {}, { prescription_version: null }],
    ['an edit of the plan is on its way', { unsent: true }, {}],
    ['the plan is gone', {}, { prescription: 'another' }]
  ])('are the strictest known when %s', (_name, patch, of) => {
    const offers = (pain_rule: typeof STRICT, pain: number) =>
      offersFor(
        routine,
        known({
          sessions: followed({ pain_before: pain, pain_after: pain, ...of }),
          prescriptions: [plan({ pain_rule, ...patch })]
        })
      );
    expect(offers(STRICT, 3)).toEqual([]);
    expect(offers(LENIENT, 5)).toEqual([]);
    expect(offers(LENIENT, 3)).toEqual([harder]);
  });
});
