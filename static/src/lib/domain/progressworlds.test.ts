import { describe, expect, it } from 'vitest';
import { LADDER, TODAY, hurt, item, known, prescription, session } from './progress.fixtures.ts';
import { COMFORTABLE_IN_A_ROW, offersFor, type Known } from './progress.ts';
import type { SessionItem, SkipReason, Verdict } from './types.ts';

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
    const sore = (items: number) =>
      hurt({ item: pick(items), verdict: one(VERDICTS), weakness: pick(5) === 0, further_down: pick(5) === 0 });
    // Mostly well, or nothing would ever be offered.
    const calm = () => pick(4) > 0;
    const sessions = Array.from({ length: pick(9) }, (_, index) => {
      const items = Array.from({ length: 1 + pick(2) }, () =>
        calm() ? item(one(SLUGS)) : item(one(SLUGS), { status: one(['partial', 'skipped'] as const), reason: one(REASONS) })
      );
      const well = calm() ? { pain_before: 3, pain_after: 3, numbness_before: 1, numbness_after: 1 } : null;
      return session(index + pick(3) / 4, {
        items,
        hurts: calm() ? [] : [sore(items.length)],
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

  const worlds = Array.from({ length: 6000 }, (_, seed) => world(seed));
  const rung = (slug: string) => LADDER.find((one) => one.slug === slug)!.rung;
  const about = (one: SessionItem | undefined, slug: string) => one?.exercise === slug || one?.eased_from === slug;
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

  it('never offers easier when the latest hurt on it was weakness, or moved further down the leg', () => {
    for (const { now, items } of worlds)
      for (const { exercise, kind } of offersFor(items, now)) {
        if (kind !== 'easier') continue;
        const hurts = now.sessions
          .toSorted((one, other) => Date.parse(other.started_at) - Date.parse(one.started_at))
          .map((one) => one.hurts.filter((each) => about(one.items[each.item], exercise)))
          .find((found) => found.length > 0);
        expect(hurts).toBeDefined();
        expect(hurts!.some((each) => each.weakness || each.further_down)).toBe(false);
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
