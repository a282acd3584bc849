import { readFigure } from './figure.ts';
import type { StepKind } from './playerplan.ts';
import type { View } from './playerview.ts';
import type { Exercise } from './types.ts';

/** Which of the sentences says the movement itself: the one that the figure's hold shows. */
function actionOf({ figure, steps }: Pick<Exercise, 'figure' | 'steps'>): number {
  const shown = (readFigure(figure)?.keys ?? []).filter((key) => key.step !== undefined);
  const key = shown.findLast(({ phase }) => phase === 'hold') ?? shown.at(-1);
  return Math.min(key?.step ?? 1, steps.length - 1);
}

/** The one that leads back: shown by the figure's way back, else the last. */
function wayBackOf({ figure, steps }: Pick<Exercise, 'figure' | 'steps'>): number {
  const key = (readFigure(figure)?.keys ?? []).find(({ phase, step }) => phase === 'return' && step !== undefined);
  return Math.min(key?.step ?? steps.length - 1, steps.length - 1);
}

/**
 * The sentence of an exercise that fits the moment: how to get there, one after the other while there is time; the
 * movement; how to let go, or how to come back where there is a tempo.
 */
export function sentenceOf(
  exercise: Pick<Exercise, 'figure' | 'steps'> | undefined,
  phase: StepKind | 'finished',
  progress: number,
  way: View['way'] = null
): string {
  if (!exercise?.steps.length || phase === 'finished') return '';
  const { steps } = exercise;
  if (way === 'back') return steps[wayBackOf(exercise)] ?? '';
  if (phase === 'rest' || phase === 'change') return steps.at(-1) ?? '';
  const action = actionOf(exercise);
  if (phase !== 'ready') return steps[action] ?? '';
  const first = steps.slice(0, Math.max(1, action));
  return first[Math.min(Math.floor(progress * first.length), first.length - 1)] ?? '';
}
