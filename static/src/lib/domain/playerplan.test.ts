import { describe, expect, it } from 'vitest';
import { EXERCISES, item, planOf } from './player.fixtures.ts';
import { buildPlan, planSeconds, type Plan } from './playerplan.ts';
import { tempoOf } from './playertimeline.ts';
import type { RoutineItem } from './types.ts';

const outline = (plan: Plan) =>
  plan.steps.map(({ kind, side, repetition }) => `${kind}${side ? ` ${side}` : ''} ${repetition}`);

describe('the timeline', () => {
  it('swaps sides within every long repetition, and rests between repetitions', () => {
    expect(outline(planOf(item('knee-to-chest', { sides: 'both' })))).toEqual([
      'ready left 1',
      'hold left 1',
      'change right 1',
      'hold right 1',
      'rest left 2',
      'hold left 2',
      'change right 2',
      'hold right 2'
    ]);
  });

  it('finishes one side first where swapping means rolling over', () => {
    expect(outline(planOf(item('clamshell', { sides: 'both', hold_seconds: 12 })))).toEqual([
      'ready left 1',
      'hold left 1',
      'rest left 2',
      'hold left 2',
      'change right 1',
      'hold right 1',
      'rest right 2',
      'hold right 2'
    ]);
  });

  it('moves without a hold one repetition after the other, and rests between sets only', () => {
    const plan = planOf(item('bridge', { hold_seconds: 0, sets: 2 }));
    expect(plan.steps.map((step) => step.kind)).toEqual(['ready', 'move', 'move', 'rest', 'move', 'move']);
    expect(planSeconds(plan)).toBe(15 + 4 * 4 + 10);
  });

  it('leaves out a rest of no seconds, but never the change of sides', () => {
    const steps = planOf(item('bridge', { rest_seconds: 0, sides: 'both' })).steps.map((step) => step.kind);
    expect(steps).toEqual(['ready', 'hold', 'change', 'hold', 'change', 'hold', 'change', 'hold']);
  });

  it('keeps to the one side that was prescribed', () => {
    expect(new Set(planOf(item('bridge', { sides: 'right' })).steps.map((step) => step.side))).toEqual(
      new Set(['right'])
    );
  });

  it('goes on without an exercise that this phone does not know', () => {
    expect(planOf(item('brand-new')).items[0]).toMatchObject({ name: 'brand-new', first_step: '' });
  });
});


describe('a superset', () => {
  const pair = (dose: Partial<RoutineItem> = {}, other: Partial<RoutineItem> = {}) => {
    const common = { superset: 1, round_rest_seconds: 30, repetitions: 1, rest_seconds: 5, sets: 2, ...dose };
    return planOf(item('bridge', common), item('knee-to-chest', { ...common, ...other }));
  };
  const rounds = (plan: Plan) => plan.steps.map(({ kind, item: of, set, seconds }) => `${kind} ${of}.${set} ${seconds}`);

  it('does one set of each in turn, and rests after each round but the last', () => {
    expect(rounds(pair())).toEqual([
      'ready 0.1 15',
      'hold 0.1 20',
      'ready 1.1 15',
      'hold 1.1 20',
      'rest 0.2 30',
      'ready 0.2 8',
      'hold 0.2 20',
      'ready 1.2 8',
      'hold 1.2 20'
    ]);
  });

  it('lets who has fewer sets drop out', () => {
    const plan = pair({ sets: 3 }, { sets: 1 });
    // Alone in its round, and after a rest: nobody has to be called into position.
    expect(rounds(plan).slice(4)).toEqual(['rest 0.2 30', 'ready 0.2 8', 'hold 0.2 20', 'rest 0.3 30', 'hold 0.3 20']);
  });

  it('without a rest goes straight on to the next round', () => {
    expect(rounds(pair({ round_rest_seconds: 0 })).slice(3, 5)).toEqual(['hold 1.1 20', 'ready 0.2 8']);
  });

  it('keeps rests and sides within a set', () => {
    const plan = pair({ repetitions: 2, sides: 'both', hold_seconds: 5 }, { sets: 1 });
    expect(plan.steps.slice(0, 8).map(({ kind, side }) => [kind, side].filter(Boolean).join(' '))).toEqual([
      'ready left',
      'hold left',
      'rest left',
      'hold left',
      'change right',
      'hold right',
      'rest right',
      'hold right'
    ]);
  });

  it('is told from a neighbour with another number, and from exercises by themselves', () => {
    const one = { superset: 1, repetitions: 1, sets: 2 };
    const two = { superset: 2, repetitions: 1, sets: 2 };
    const plan = planOf(
      ...[item('bridge', one), item('clamshell', one), item('bridge', two), item('clamshell', two), item('bridge')]
    );
    expect(plan.steps.filter((step) => step.kind === 'hold').map((step) => step.item)).toEqual([
      ...[0, 1, 0, 1, 2, 3, 2, 3, 4, 4]
    ]);
  });
});

describe('tempo', () => {
  const moves = (dose: Partial<RoutineItem>) => planOf(item('bridge', { hold_seconds: 0, ...dose })).steps.slice(1);

  it('gives a repetition all of its seconds', () => {
    expect(moves({ tempo: '3-1-2' }).map(({ kind, seconds }) => [kind, seconds])).toEqual([['move', 6], ['move', 6]]);
  });

  it.each(['', '0-0-0', '2-2', 'slow', '100-0-1'])('that is no tempo (%j) leaves the calm pace', (tempo) => {
    expect(moves({ tempo })[0]?.seconds).toBe(4);
  });

  it('of a hold changes nothing', () => {
    expect(tempoOf({ tempo: '2-0-2', hold_seconds: 5 })).toBeNull();
  });
});

describe('what a plan carries out', () => {
  it('knows its prescription, and each item its form', () => {
    const prescription = { id: 'p1', version: 3, pain_rule: { ease_at: 4, stop_at: 6, ease_rise: 2, stop_rise: 3 } };
    const plan = buildPlan({ id: null, name: 'Mine', items: [item('bridge-low')], prescription }, EXERCISES);
    expect(plan).toMatchObject({ routine: null, prescription });
    expect(plan.items[0]).toMatchObject({ ladder: 'bridge', rung: -1, eased_from: null, first_step: 'Begin the bridge-low.' });
    expect(planOf(item('bridge')).prescription).toBeNull();
  });
});
