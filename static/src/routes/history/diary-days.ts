/** The diary by day, one index for the history and its days: opening a screen again works nothing out anew. */
import { diary } from '#lib/state/diary.svelte.ts';
import { DayIndex } from '#lib/domain/days.ts';

const index = new DayIndex();

/** Brought up to date; within a `$derived` it follows the diary. The wrapper is new each time, the index is not. */
export function diaryDays(): { index: DayIndex } {
  index.update(diary.entries);
  return { index };
}
