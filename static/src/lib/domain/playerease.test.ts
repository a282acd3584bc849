import { describe, expect, it } from 'vitest';
import { back, pause, settle, skip, stop, type PlayerState } from './player.ts';
import { EXERCISES, T0, begin, item, session } from './player.fixtures.ts';
import { ease, hurt } from './playerease.ts';
import { planItem } from './playerplan.ts';
import { restore } from './playerrecord.ts';
import { view } from './playerview.ts';
import type { RoutineItem } from './types.ts';

const easier = (dose: Partial<RoutineItem> = {}) =>
  planItem('bridge-low', item('bridge-low', { hold_seconds: 10, ...dose }), EXERCISES.find((one) => one.slug === 'bridge-low'));
const steps = ({ plan }: PlayerState, of: number) =>
  plan.steps.filter((one) => one.item === of).map(({ kind, set, side }) => [kind, set, side].filter((one) => one !== null).join(' '));
const ANSWER = { pain: 6, numbness: null, further_down: false, weakness: false, verdict: 'ease' } as const;

describe('an easier form', () => {
  it('takes the place of what is left, and both are in the record', () => {
    // 5 s into the second of three sets.
    const state = begin(item('bridge', { sets: 3, repetitions: 1 }), item('clamshell'));
    const now = T0 + 50_000;
    const eased = ease(state, now, easier({ sets: 3, repetitions: 1 }));
    expect(view(eased, now)).toMatchObject({
      phase: 'ready',
      index: 1,
      item_number: 1,
      items: 2,
      left_for: 'pain',
      item: { exercise: 'bridge-low', eased_from: 'bridge' },
      next: { exercise: 'clamshell' }
    });
    expect(steps(eased, 1)).toEqual(['ready 1', 'hold 1', 'rest 2', 'hold 2']);
    const done = settle(eased, now + 115_000);
    expect(session(done, now + 115_000)).toMatchObject({
      ended: 'completed',
      items: [
        { exercise: 'bridge', status: 'partial', reason: 'pain', sets_done: 1, seconds_held: 25, eased_from: null },
        {
          exercise: 'bridge-low',
          prescribed: { sets: 2, hold_seconds: 10 },
          status: 'done',
          sets_done: 2,
          repetitions_done: 2,
          seconds_held: 20,
          eased_from: 'bridge'
        },
        { exercise: 'clamshell', status: 'done' }
      ]
    });
  });

  it('is no more of it than was left of the last set', () => {
    // The third of five repetitions has begun.
    const state = begin(item('bridge', { repetitions: 5 }));
    const eased = ease(state, T0 + 80_000, easier({ repetitions: 8 }));
    expect(eased.plan.items[1]?.dose.repetitions).toBe(3);
    // Movements and holds are not counted against each other.
    expect(ease(state, T0 + 80_000, easier({ repetitions: 8, hold_seconds: 0 })).plan.items[1]?.dose.repetitions).toBe(8);
  });

  it('is never more than the person had planned of the harder one', () => {
    const planned = { sets: 2, repetitions: 6, hold_seconds: 0, rest_seconds: 60 };
    const eased = ease(begin(item('bridge', planned)), T0 + 16_000, easier({ ...planned, repetitions: 8, rest_seconds: 10 }));
    expect(eased.plan.items[1]?.dose).toMatchObject(planned);
    // A hold too short to swap legs after it finishes a side first.
    const short = { hold_seconds: 5, sides: 'both', repetitions: 2 } as const;
    const held = ease(begin(item('bridge', short)), T0 + 16_000, easier({ ...short, hold_seconds: 20 }));
    expect(held.plan.items[1]).toMatchObject({ dose: { hold_seconds: 5 }, swaps: false });
  });

  it('begins with the side that is not done', () => {
    const sides = { sides: 'both', hold_seconds: 5, rest_seconds: 0, repetitions: 2 } as const;
    // Left side: 15 to 25 s; change: until 31 s.
    const eased = ease(begin(item('bridge', sides)), T0 + 33_000, easier(sides), 'too-hard');
    expect(steps(eased, 1)).toEqual(['ready 1 right', 'hold 1 right', 'hold 1 right']);
    const twice = ease(begin(item('bridge', { ...sides, sets: 2 })), T0 + 33_000, easier({ ...sides, sets: 2 }));
    expect(steps(twice, 1).slice(0, 4)).toEqual(['ready 1 right', 'hold 1 right', 'hold 1 right', 'change 2 left']);
  });

  it('goes on with the one leg that was planned', () => {
    const state = begin(item('bridge', { sides: 'right', repetitions: 2 }));
    const eased = ease(state, T0 + 20_000, easier({ sides: 'both', repetitions: 2 }));
    expect(eased.plan.items[1]?.dose.sides).toBe('right');
    expect(steps(eased, 1)).not.toContain('hold 1 left');
    // A form that has no sides gets none.
    expect(ease(state, T0 + 20_000, easier({ sides: 'none' })).plan.items[1]?.dose.sides).toBe('none');
  });

  it('takes its place in every round of a superset that is left', () => {
    const group = { superset: 1, sets: 3, repetitions: 1, round_rest_seconds: 30 };
    // Round 1: 70 s, rest until 100 s; "ready" of the bridge until 108 s.
    const now = T0 + 110_000;
    const eased = ease(begin(item('bridge', group), item('clamshell', group)), now, easier({ sets: 3, repetitions: 1 }));
    expect(eased.plan.items.map((one) => one.exercise)).toEqual(['bridge', 'bridge-low', 'clamshell']);
    expect(view(eased, now)).toMatchObject({ round: { round: 2, rounds: 3 }, item: { exercise: 'bridge-low' } });
    const order: string[] = [];
    let state = eased;
    for (let at = now; at < now + 140_000; at += 1000) {
      state = settle(state, at);
      const seen = view(state, at);
      const word = `${seen.phase} ${seen.item?.exercise}`;
      if (seen.status !== 'ended' && word !== order.at(-1)) order.push(word);
    }
    const round = (bridge: string) => [`ready ${bridge}`, `hold ${bridge}`, 'ready clamshell', 'hold clamshell'];
    expect(order).toEqual([...round('bridge-low'), 'rest bridge-low', ...round('bridge-low')]);
    const { items } = session(state, now + 140_000);
    expect(items.map(({ status, sets_done }) => [status, sets_done])).toEqual([['partial', 1], ['done', 2], ['done', 3]]);
  });

  it('can be made easier once more, and stays paused while paused', () => {
    const paused = pause(begin(item('bridge')), T0 + 20_000);
    const once = ease(paused, T0 + 30_000, easier());
    expect(once).toMatchObject({ status: 'paused', elapsed: 0 });
    const again = ease(once, T0 + 30_000, planItem('knee-to-chest', item('knee-to-chest'), undefined));
    expect(session(again, T0 + 30_000).items.map((one) => [one.exercise, one.eased_from])).toEqual([
      ['bridge', null],
      ['bridge-low', 'bridge'],
      ['knee-to-chest', 'bridge-low']
    ]);
  });

  it('can be made easier once more in a later round of a superset', () => {
    const group = { superset: 1, sets: 3, repetitions: 1 };
    // Round 1: 63 s; "ready" of the bridge until 71 s.
    const now = T0 + 80_000;
    const once = ease(begin(item('bridge', group), item('clamshell', group)), now, easier({ sets: 3, repetitions: 1 }));
    const lower = planItem('knee-to-chest', item('knee-to-chest', { sets: 3, repetitions: 1 }), undefined);
    const again = ease(once, now + 1000, lower);
    expect(view(again, now + 1000)).toMatchObject({ round: { round: 2, rounds: 3 }, item: { exercise: 'knee-to-chest' } });
    const last = ease(settle(again, now + 65_000), now + 65_000, easier({ sets: 3, repetitions: 1 }));
    const doses = (state: PlayerState) => state.plan.items.map(({ exercise, dose }) => [exercise, dose.sets]);
    expect(doses(again)).toEqual([['bridge', 3], ['bridge-low', 2], ['knee-to-chest', 2], ['clamshell', 3]]);
    expect(doses(last)).toEqual([['bridge', 3], ['bridge-low', 2], ['knee-to-chest', 2], ['bridge-low', 1], ['clamshell', 3]]);
    const { items } = session(settle(again, now + 110_000), now + 110_000);
    expect(items.map(({ status, sets_done }) => [status, sets_done])).toEqual([
      ['partial', 1],
      ['skipped', 0],
      ['done', 2],
      ['done', 3]
    ]);
  });

  it('leaves the exercise out where a session can carry no more of them', () => {
    const full = begin(...Array.from({ length: 60 }, () => item('bridge')));
    const eased = ease(full, T0 + 20_000, easier());
    expect(eased.plan.items).toHaveLength(60);
    expect(view(eased, T0 + 20_000)).toMatchObject({ phase: 'ready', index: 1, left_for: 'pain' });
  });

  it('leaves no way back to the harder one', () => {
    const eased = ease(begin(item('knee-to-chest'), item('bridge')), T0 + 85_000, easier());
    expect(view(back(eased, T0 + 85_500), T0 + 85_500)).toMatchObject({ phase: 'ready', index: 2 });
    const skipped = skip(eased, T0 + 86_000, 'pain');
    expect(skipped.status).toBe('ended');
  });

  it('does nothing before the start and after the end', () => {
    const ended = stop(begin(item('bridge')), T0 + 20_000, 'pain');
    expect(ease(ended, T0 + 21_000, easier())).toBe(ended);
    expect(hurt(ended, T0 + 21_000, ANSWER)).toBe(ended);
  });
});

describe('"this hurts"', () => {
  it('is kept with its exercise, its moment and its verdict', () => {
    const noted = hurt(pause(begin(item('bridge')), T0 + 20_000), T0 + 31_000, ANSWER);
    expect(session(noted, T0 + 40_000).hurts).toEqual([{ ...ANSWER, item: 0, at: '2026-11-20T06:30:31.000Z' }]);
    const found = restore(JSON.parse(JSON.stringify(noted)), T0 + 40_000)!;
    expect(found.hurts).toEqual(noted.hurts);
  });

  it('keeps naming its exercise when an easier form moves the others', () => {
    let state = begin(item('bridge'), item('clamshell'));
    state = hurt(skip(state, T0 + 1000, 'other'), T0 + 2000, ANSWER);
    state = back(state, T0 + 2500);
    state = ease(state, T0 + 3000, easier());
    const { hurts, items } = session(state, T0 + 4000);
    expect(items[hurts[0]!.item]?.exercise).toBe('clamshell');
  });

  it('is noted a hundred times, which is what a session can carry', () => {
    let state = begin(item('bridge'));
    for (let at = 0; at < 110; at++) state = hurt(state, T0 + at, ANSWER);
    expect(state.hurts).toHaveLength(100);
  });
});
