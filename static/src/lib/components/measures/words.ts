import type { Change } from '#lib/domain/measures.ts';
import { INTERFERENCE, type Interference } from '#lib/domain/types.ts';
import { m } from '#lib/paraglide/messages.js';

type Part = (typeof INTERFERENCE)[number];

interface Question {
  ask: () => string;
  low: () => string;
  high: () => string;
}

/** Our own words for what is asked every week: no text of any instrument (3-clinical, 5). */
export const QUESTIONS: Record<Part, Question> = {
  pain: { ask: m.measures_week_pain, low: m.measures_week_pain_low, high: m.measures_week_pain_high },
  enjoyment: { ask: m.measures_week_enjoyment, low: m.measures_week_low, high: m.measures_week_high },
  activity: { ask: m.measures_week_activity, low: m.measures_week_low, high: m.measures_week_high }
};

/** Of the questions, and of what counts as a change: tags of the product's clinical facts. */
export const PROVENANCE: { sources: string[]; review: 'unreviewed' | 'clinician-reviewed' } = {
  sources: ['G', 'B'],
  review: 'unreviewed'
};

const PARTS: Record<Part, (inputs: { rating: number }) => string> = {
  pain: m.measures_history_parts_pain,
  enjoyment: m.measures_history_parts_enjoyment,
  activity: m.measures_history_parts_activity
};

/** "pain 4, daily life 6": what was answered. */
export const partsWords = (ratings: Interference): string =>
  INTERFERENCE.flatMap((part) => (ratings[part] === null ? [] : [PARTS[part]({ rating: ratings[part] })])).join(', ');

export const CHANGES: Record<Change, () => string> = {
  better: m.measures_history_better,
  worse: m.measures_history_worse,
  same: m.measures_history_same,
  unknown: m.measures_history_unknown
};
