/**
 * Whether an answer tells anything new after a clinician has looked; the same on the server (`tracker/redflags/news.py`).
 * Nothing here needs the long table of questions.
 */
import type { Flag } from './types.ts';

/**
 * For so long a look by a clinician speaks for a sign that stays the same; then it is asked about and counts again, a
 * long-standing sign of the cauda equina as D. Background knowledge (B), unreviewed: a quarter, as between reviews.
 */
export const LOOK_AGAIN = 90 * 86_400_000;

const NEWS = ['yes', 'new', 'worse', 'unsure'];

export interface Said {
  answer: string;
  level: Flag['level'];
  at: string;
  /** The wall date on which it began, where the person said that with the answer. */
  since?: string | null;
}

export interface Looked {
  /** When it was settled as `checked`. */
  at: string;
  /** What had been answered to the question in that episode. */
  answers: readonly string[];
}

/**
 * "unchanged" says so itself. An answer of its own, as "out of its joint", has to be among those of then, and where it
 * cannot wait to have begun, by what the person said, on a day before: it may have happened again.
 */
export function isOldNews({ answer, level, at, since }: Said, looked: Looked): boolean {
  if (NEWS.includes(answer) || Date.parse(at) - Date.parse(looked.at) >= LOOK_AGAIN) return false;
  if (answer === 'unchanged') return true;
  const canWait = level === 'W' || level === 'N';
  const day = new Date(looked.at).toISOString().slice(0, 10);
  return looked.answers.includes(answer) && (canWait || (typeof since === 'string' && since < day));
}
