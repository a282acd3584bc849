import { describe, expect, it } from 'vitest';
import { completeExercise, completeRoutine, completeSession } from './complete.ts';
import { item } from './player.fixtures.ts';
import type { Exercise, RoutineBody, SessionBody } from './types.ts';

const old = <T>(row: object) => row as unknown as T;

describe('what an older app has stored', () => {
  it('is an exercise on a ladder of its own', () => {
    const stored = old<Exercise>({ slug: 'bridge', cautions: [{ text: 'Slowly.', source: 'S' }] });
    expect(completeExercise(stored)).toMatchObject({
      ladder: 'bridge', rung: 0, muscles: [], equipment: [], regions: [], desk: false, continuous: false, retired: false,
      tempo: '', cautions: [{ text: 'Slowly.', source: 'S', condition: null }]
    });
  });

  it('is a routine without tempo and supersets', () => {
    const { tempo, superset, round_rest_seconds, ...plain } = item('a');
    expect([tempo, superset, round_rest_seconds]).toEqual(['', null, 0]);
    expect(completeRoutine(old<RoutineBody>({ name: 'Mine', items: [plain] })).items).toEqual([item('a')]);
  });

  it('is a session in which nothing was said to hurt, of no plan', () => {
    const stored = old<SessionBody>({ routine: 'r', items: [{ exercise: 'a', status: 'done', prescribed: { sets: 1 } }] });
    expect(completeSession(stored)).toEqual({
      routine: 'r', prescription: null, prescription_version: null, hurts: [], next_morning_declined: false,
      items: [
        { exercise: 'a', status: 'done', repetitions_done: 0, eased_from: null, prescribed: { sets: 1, tempo: '' } }
      ]
    });
  });

  it('keeps all that is said', () => {
    const hurts = [{ item: 0 }] as SessionBody['hurts'];
    const said = old<SessionBody>({ hurts, prescription: 'p', next_morning_declined: true, items: [{ eased_from: 'b' }] });
    expect(completeSession(said)).toMatchObject({
      hurts, prescription: 'p', next_morning_declined: true, items: [{ eased_from: 'b' }]
    });
    const exercise = old<Exercise>({ slug: 'a', ladder: 'b', rung: -1, retired: true, cautions: [{ condition: 'pregnancy' }] });
    expect(completeExercise(exercise)).toMatchObject({
      ladder: 'b', rung: -1, retired: true, cautions: [{ condition: 'pregnancy' }]
    });
  });
});
