import { describe, expect, it } from 'vitest';
import { sentenceOf } from './playersteps.ts';

const steps = ['Lie down.', 'Bend one knee.', 'Draw it in.', 'Breathe.', 'Let go.'];
const key = (phase: string, step?: number) => ({ phase, move: 1, stay: 1, step, pose: {} });
const figure = { view: {}, keys: [key('start', 0), key('move', 1), key('hold', 2), key('return')] };
const exercise = { steps, figure };

describe('the sentence that fits the moment', () => {
  it('leads into position, one sentence after the other', () => {
    expect([0, 0.49, 0.5, 1].map((progress) => sentenceOf(exercise, 'ready', progress))).toEqual([
      'Lie down.',
      'Lie down.',
      'Bend one knee.',
      'Bend one knee.'
    ]);
  });

  it('says the movement that the figure holds, and then how to let go', () => {
    expect(sentenceOf(exercise, 'hold', 0.9)).toBe('Draw it in.');
    expect(sentenceOf(exercise, 'move', 0)).toBe('Draw it in.');
    expect(sentenceOf(exercise, 'change', 0)).toBe('Let go.');
    expect(sentenceOf(exercise, 'rest', 0)).toBe('Let go.');
  });

  it('says how to come back on the way back of a tempo', () => {
    expect(sentenceOf(exercise, 'move', 0.2, 'out')).toBe('Draw it in.');
    expect(sentenceOf(exercise, 'move', 0.5, 'turn')).toBe('Draw it in.');
    expect(sentenceOf(exercise, 'move', 0.9, 'back')).toBe('Let go.');
    const shown = { steps, figure: { ...figure, keys: [...figure.keys.slice(0, 3), key('return', 3)] } };
    expect(sentenceOf(shown, 'move', 0.9, 'back')).toBe('Breathe.');
  });

  it('does without a figure, and without sentences', () => {
    expect(sentenceOf({ steps, figure: null }, 'hold', 0)).toBe('Bend one knee.');
    expect(sentenceOf({ steps: ['Walk.'], figure: null }, 'ready', 1)).toBe('Walk.');
    expect(sentenceOf({ steps: [], figure: null }, 'ready', 0)).toBe('');
    expect(sentenceOf(undefined, 'hold', 0)).toBe('');
  });
});
