import { describe, expect, it } from 'vitest';
import { itemChanges } from './planchanges.ts';
import type { RoutineItem } from './types.ts';

const item = (exercise: string, patch: Partial<RoutineItem> = {}): RoutineItem => ({
  exercise,
  sets: 1,
  repetitions: 3,
  hold_seconds: 20,
  rest_seconds: 10,
  sides: 'both',
  tempo: '',
  superset: null,
  round_rest_seconds: 0,
  ...patch
});
const [bridge, twist, clam] = ['bridge', 'twist', 'clam'].map((slug) => item(slug)) as [RoutineItem, RoutineItem, RoutineItem];
const none = { added: [], taken_out: [], dosed: [], rearranged: false };

describe('the exercises of two versions', () => {
  it('are the same when nothing changed', () => {
    expect(itemChanges([bridge, twist], [{ ...bridge }, { ...twist }])).toEqual(none);
    expect(itemChanges([], [])).toEqual(none);
  });

  it('say what was added and what was taken out', () => {
    expect(itemChanges([bridge, twist], [twist, clam])).toEqual({ ...none, added: [clam], taken_out: [bridge] });
  });

  it('say which dose changed, of two of the same exercise the right one', () => {
    const longer = item('bridge', { hold_seconds: 30 });
    expect(itemChanges([bridge, twist], [longer, twist])).toEqual({ ...none, dosed: [{ before: bridge, after: longer }] });
    const again = item('bridge', { sets: 2 });
    const { dosed, added } = itemChanges([bridge, again], [bridge, again, bridge]);
    expect([dosed, added]).toEqual([[], [bridge]]);
  });

  it('say that the order changed, or what is done in turn, and not what a new neighbour moves', () => {
    expect(itemChanges([bridge, twist], [twist, bridge])).toEqual({ ...none, rearranged: true });
    const turn = [bridge, twist].map((one) => ({ ...one, superset: 1, round_rest_seconds: 30 }));
    expect(itemChanges([bridge, twist], turn)).toEqual({ ...none, rearranged: true });
    expect(itemChanges(turn, turn.map((one) => ({ ...one, superset: 2 })))).toEqual(none);
    expect(itemChanges([bridge, twist], [clam, bridge, twist]).rearranged).toBe(false);
  });
});
