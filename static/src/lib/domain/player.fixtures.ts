/** Routines for the player's tests, and a clock that ticks as the screen does. */
import { createPlayer, start, tick, type PlayerState } from './player.ts';
import type { Cue } from './playercues.ts';
import { buildPlan } from './playerplan.ts';
import { result } from './playerrecord.ts';
import type { Exercise, RoutineItem } from './types.ts';

export const T0 = Date.UTC(2026, 10, 20, 6, 30);
export const PACE = { ready: 15, again: 8, change: 6, move: 4 };

const exercise = (slug: string, patch: Partial<Exercise> = {}) =>
  ({ slug, ladder: slug, rung: 0, name: `The ${slug}`, position: 'back', steps: [`Begin the ${slug}.`], ...patch }) as Exercise;
export const EXERCISES = [
  exercise('knee-to-chest'),
  exercise('bridge'),
  exercise('bridge-low', { ladder: 'bridge', rung: -1 }),
  exercise('clamshell', { position: 'side' }),
  exercise('walking', { position: 'standing', continuous: true })
];

export const item = (slug: string, dose: Partial<RoutineItem> = {}): RoutineItem => ({
  exercise: slug,
  sets: 1,
  repetitions: 2,
  hold_seconds: 20,
  rest_seconds: 10,
  sides: 'none',
  tempo: '',
  superset: null,
  round_rest_seconds: 0,
  ...dose
});
export const planOf = (...items: RoutineItem[]) => buildPlan({ id: 'r1', name: 'Morning', items }, EXERCISES, PACE);
export const begin = (...items: RoutineItem[]) =>
  start(createPlayer(planOf(...items), 's1'), T0, { pain: 4, numbness: 6 });
export const session = (state: PlayerState, now: number) =>
  result(state, now, (at) => at.toISOString(), 'Europe/Berlin');

/** Ticks four times a second, as the screen does, and collects the cues with the second at which they came. */
export function run(state: PlayerState, from: number, seconds: number, cues: [number, Cue][] = []) {
  for (let now = from; now <= from + seconds * 1000; now += 250) {
    const ticked = tick(state, now);
    state = ticked.state;
    if (ticked.cue) cues.push([(now - T0) / 1000, ticked.cue]);
  }
  return state;
}

/** A small seeded generator, so that a failing sequence can be run again. */
export function random(seed: number) {
  return () => {
    seed = (seed * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return seed / 4_294_967_296;
  };
}
