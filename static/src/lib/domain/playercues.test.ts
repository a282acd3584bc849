import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, cuesOf, readSettings } from './playercues.ts';
import { buildPlan, type PlanSource } from './playerplan.ts';
import type { RoutineItem } from './types.ts';

const routine = (hold_seconds: number) => ({
  id: null,
  name: 'One',
  items: [{ exercise: 'bridge', sets: 1, repetitions: 3, hold_seconds, rest_seconds: 4, sides: 'none' } as RoutineItem]
});
const routeOf = (source: PlanSource) => ({ plan: buildPlan(source, []), skips: source.items.map(() => null) });
const kinds = (hold: number, index: number) =>
  cuesOf(routeOf(routine(hold)), index).map(({ at, cue }) => `${cue.kind} ${at / 1000}`);

describe('cues of a step', () => {
  it('give a long hold its halfway and last three seconds', () => {
    expect(kinds(20, 1)).toEqual(['hold 0', 'halfway 10', 'tick 17', 'tick 18', 'tick 19']);
  });

  it('leave the halfway out of a short hold, and the ticks out of the shortest', () => {
    expect(kinds(6, 1)).toEqual(['hold 0', 'tick 3', 'tick 4', 'tick 5']);
    expect(kinds(3, 1)).toEqual(['hold 0']);
    expect(kinds(20, 2)).toEqual(['rest 0']);
  });

  it('number the repetitions of a movement without a hold', () => {
    const [first] = cuesOf(routeOf(routine(0)), 3);
    expect(first?.cue).toEqual({ kind: 'move', side: null, repetition: 3, repetitions: 3, new_set: null, out: null });
  });

  it('are none beyond the end', () => {
    expect(cuesOf(routeOf(routine(20)), 99)).toEqual([]);
  });
});

describe('stored settings', () => {
  it('come back as they were', () => {
    const chosen = { voice: false, tones: true, vibration: false, music: true, ready_seconds: 30, voice_speed: 0.8 };
    expect(readSettings(JSON.stringify(chosen))).toEqual(chosen);
  });

  it.each([null, '', 'null', '[]', '{"voice":"yes","ready_seconds":-4,"voice_speed":99}', '{'])(
    'fall back to the defaults from %j',
    (stored) => expect(readSettings(stored)).toEqual(DEFAULT_SETTINGS)
  );
});
