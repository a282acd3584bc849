import { describe, expect, it } from 'vitest';
import { completeSession } from './complete.ts';
import { COMFORTABLE_IN_A_ROW, neighbour, offersFor, taken, type Declined, type Known } from './progress.ts';
import type { Hurt, RoutineItem, SessionBody, SessionItem, SkipReason, Verdict } from './types.ts';

const dose = { sets: 1, repetitions: 3, hold_seconds: 20, rest_seconds: 10, sides: 'both', tempo: '' } as const;
const form = (slug: string, rung: number, ladder = 'bridge', retired = false) => ({ slug, ladder, rung, retired });
const LADDER = [form('squeeze', -1), form('bridge', 0), form('one-leg', 1), form('twist', 0, 'twist')];
const TODAY = '2026-11-20';

type Session = Known['sessions'][number];

const item = (exercise: string, patch: Partial<SessionItem> = {}): SessionItem => ({
  exercise,
  prescribed: dose,
  status: 'done',
  reason: null,
  sets_done: 1,
  repetitions_done: 3,
  seconds_held: 60,
  eased_from: null,
  ...patch
});
const hurt = (patch: Partial<Hurt> = {}): Hurt => ({
  item: 0,
  at: '2026-11-19T08:05:00Z',
  pain: 5,
  numbness: 0,
  further_down: false,
  weakness: false,
  verdict: 'ease',
  ...patch
});

/** A comfortable session with the bridge, so many days before today. */
const session = (daysAgo: number, patch: Partial<SessionBody> = {}): Session => ({
  started_at: new Date(Date.parse(`${TODAY}T08:00:00Z`) - daysAgo * 86_400_000).toISOString(),
  items: [item('bridge')],
  hurts: [],
  stop_reason: null,
  pain_before: 2,
  numbness_before: 2,
  pain_after: 3,
  numbness_after: 2,
  pain_next_morning: null,
  numbness_next_morning: null,
  ...patch
});

const known = (patch: Partial<Known> = {}): Known => ({
  sessions: [],
  exercises: LADDER,
  prescriptions: [],
  declined: [],
  today: TODAY,
  zone: 'Europe/Berlin',
  ...patch
});
const routine = [{ exercise: 'bridge' }];
const harder = { exercise: 'bridge', to: 'one-leg', kind: 'harder', tell: null };
const easier = { exercise: 'bridge', to: 'squeeze', kind: 'easier', tell: null };
const three = [session(1), session(2), session(3)];
const prescription = (exercise: string, patch: object = {}) => ({
  items: [{ ...dose, exercise, superset: null, round_rest_seconds: 0 }],
  starts_on: '2026-11-01',
  ends_on: null,
  prescribed_by: null,
  ...patch
});

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

describe('taking an offer', () => {
  const first: RoutineItem = { ...dose, exercise: 'bridge', superset: 1, round_rest_seconds: 30 };
  const second: RoutineItem = { ...dose, exercise: 'twist', superset: 1, round_rest_seconds: 30 };
  const forms = [
    { ...dose, slug: 'one-leg', repetitions: 8, hold_seconds: 5 },
    { ...dose, slug: 'squeeze', sides: 'none' as const }
  ];

  it('puts the form in its place, in no more than the dose that was planned', () => {
    expect(taken([first, second], harder, forms)).toEqual([
      { ...first, exercise: 'one-leg', hold_seconds: 5 },
      second
    ]);
  });

  it('stays on the leg that is exercised', () => {
    const left: RoutineItem = { ...first, sides: 'left' };
    expect(taken([left], harder, forms)[0]?.sides).toBe('left');
    expect(taken([left], easier, forms)[0]?.sides).toBe('none');
  });

  it('changes nothing for a form that is not in the catalogue', () => {
    expect(taken([first], { exercise: 'bridge', to: 'gone' }, forms)).toEqual([first]);
  });
});

/** A generator of its own, so that a failure can be repeated: https://en.wikipedia.org/wiki/Linear_congruential_generator */
function randomly(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('whatever happens, in any order', () => {
  const SLUGS = ['squeeze', 'bridge', 'one-leg', 'twist'];
  const REASONS: (SkipReason | null)[] = [null, 'pain', 'too-hard', 'no-time', 'forgot', 'weakness'];
  const VERDICTS: Verdict[] = ['go', 'ease', 'stop'];

  function world(seed: number): { now: Known; items: { exercise: string }[] } {
    const pick = randomly(seed);
    const one = <T>(list: readonly T[]): T => list[pick(list.length)]!;
    const rating = () => (pick(5) === 0 ? null : pick(6));
    // Mostly well, or nothing would ever be offered.
    const calm = () => pick(4) > 0;
    const sessions = Array.from({ length: pick(9) }, (_, index) => {
      const items = Array.from({ length: 1 + pick(2) }, () =>
        calm() ? item(one(SLUGS)) : item(one(SLUGS), { status: one(['partial', 'skipped'] as const), reason: one(REASONS) })
      );
      const well = calm() ? { pain_before: 3, pain_after: 3, numbness_before: 1, numbness_after: 1 } : null;
      return session(index + pick(3) / 4, {
        items,
        hurts: calm() ? [] : [hurt({ item: pick(items.length), verdict: one(VERDICTS), weakness: pick(5) === 0 })],
        stop_reason: calm() ? null : one(REASONS),
        ...(well ?? { pain_before: rating(), pain_after: rating(), numbness_before: rating(), numbness_after: rating() })
      });
    });
    const prescriptions = Array.from({ length: pick(3) === 0 ? 1 + pick(2) : 0 }, () =>
      prescription(one(SLUGS), {
        starts_on: one(['2026-11-01', '2026-12-01']),
        ends_on: one([null, '2026-11-10']),
        prescribed_by: one([null, 'Sam Physio'])
      })
    );
    const declined = Array.from({ length: pick(3) }, () => {
      return { exercise: one(SLUGS), to: one(SLUGS), at: session(pick(8)).started_at };
    });
    const items = SLUGS.filter(() => pick(2) === 0).map((exercise) => ({ exercise }));
    return { now: known({ sessions, prescriptions, declined }), items };
  }

  const worlds = Array.from({ length: 4000 }, (_, seed) => world(seed));
  const rung = (slug: string) => LADDER.find((one) => one.slug === slug)!.rung;
  const active = (now: Known) =>
    now.prescriptions.filter(({ starts_on, ends_on }) => starts_on <= TODAY && (ends_on ?? TODAY) >= TODAY);

  it('offers now and then, of both kinds, or the rest would prove nothing', () => {
    const kinds = worlds.flatMap(({ now, items }) => offersFor(items, now).map(({ kind }) => kind));
    expect(kinds.filter((kind) => kind === 'harder').length).toBeGreaterThan(20);
    expect(kinds.filter((kind) => kind === 'easier').length).toBeGreaterThan(20);
  });

  it('offers one rung of the same ladder, once for an exercise of the routine', () => {
    for (const { now, items } of worlds) {
      const offers = offersFor(items, now);
      const slugs = items.map(({ exercise }) => exercise);
      expect(new Set(offers.map(({ exercise }) => exercise)).size).toBe(offers.length);
      for (const { exercise, to, kind } of offers) {
        expect(slugs).toContain(exercise);
        expect(slugs).not.toContain(to);
        expect(rung(to) - rung(exercise)).toBe(kind === 'harder' ? 1 : -1);
      }
    }
  });

  it('never offers past an active prescription, nor replaces what a physiotherapist has set', () => {
    for (const { now, items } of worlds)
      for (const { exercise, to, kind, tell } of offersFor(items, now)) {
        const prescribed = active(now).flatMap((one) => one.items.map((set) => ({ ...one, exercise: set.exercise })));
        const same = prescribed.filter((one) => one.exercise !== 'twist');
        if (kind === 'harder') expect(same.every((one) => rung(one.exercise) >= rung(to))).toBe(true);
        const byAnother = prescribed.some((one) => one.prescribed_by !== null && one.exercise === exercise);
        if (kind === 'easier' && byAnother) expect(tell).not.toBeNull();
      }
  });

  it('never offers harder without three sessions done in full, none of them with a hurt on it', () => {
    for (const { now, items } of worlds)
      for (const { exercise, kind } of offersFor(items, now)) {
        if (kind !== 'harder') continue;
        const done = now.sessions.filter(
          (one) =>
            one.items.some((each) => each.exercise === exercise && each.status === 'done') &&
            !one.hurts.some((each) => one.items[each.item]?.exercise === exercise)
        );
        expect(done.length).toBeGreaterThanOrEqual(COMFORTABLE_IN_A_ROW);
      }
  });

  it('never repeats at once what was just turned down', () => {
    for (const { now, items } of worlds) {
      const declined = offersFor(items, now).map(({ exercise, to }) => ({ exercise, to, at: `${TODAY}T23:00:00Z` }));
      const again = offersFor(items, { ...now, declined: [...now.declined, ...declined] });
      for (const { exercise, to } of declined) expect(again).not.toContainEqual(expect.objectContaining({ exercise, to }));
    }
  });

  it('does not depend on the order in which the sessions come', () => {
    for (const { now, items } of worlds)
      expect(offersFor(items, { ...now, sessions: [...now.sessions].reverse() })).toEqual(offersFor(items, now));
  });
});
