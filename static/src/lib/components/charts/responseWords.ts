/** How the response of an exercise is said: words first, and never surer than the numbers. */
import { halves, leaningOf, type Moment, type Rated, type ResponseChange, type ResponseVerdict, type Row } from '#lib/domain/response.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';

type Said = Exclude<ResponseVerdict, 'too-few'> | 'leaning';
type Sentence = (parts: { points: string }) => string;

const SENTENCES: Record<Rated, Record<Moment, Record<Said, Sentence>>> = {
  pain: {
    after: {
      better: m.response_pain_after_better,
      worse: m.response_pain_after_worse,
      'no-change': m.response_pain_after_same,
      leaning: m.response_pain_after_leaning,
      unclear: m.response_pain_after_unclear
    },
    next_morning: {
      better: m.response_pain_morning_better,
      worse: m.response_pain_morning_worse,
      'no-change': m.response_pain_morning_same,
      leaning: m.response_pain_morning_leaning,
      unclear: m.response_pain_morning_unclear
    }
  },
  numbness: {
    after: {
      better: m.response_numbness_after_better,
      worse: m.response_numbness_after_worse,
      'no-change': m.response_numbness_after_same,
      leaning: m.response_numbness_after_leaning,
      unclear: m.response_numbness_after_unclear
    },
    next_morning: {
      better: m.response_numbness_morning_better,
      worse: m.response_numbness_morning_worse,
      'no-change': m.response_numbness_morning_same,
      leaning: m.response_numbness_morning_leaning,
      unclear: m.response_numbness_morning_unclear
    }
  }
};

const SHORT: Record<Said, Sentence> = {
  better: m.response_short_better,
  worse: m.response_short_worse,
  'no-change': m.response_short_same,
  leaning: m.response_short_leaning,
  unclear: m.response_short_unclear
};

const LABELS: Record<Rated, Record<Moment, () => string>> = {
  pain: { after: m.response_pain_after, next_morning: m.response_pain_morning },
  numbness: { after: m.response_numbness_after, next_morning: m.response_numbness_morning }
};

const number = (value: number, digits: Intl.NumberFormatOptions) =>
  new Intl.NumberFormat(getLocale(), digits).format(value);
const tenths = (value: number) => number(value, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

function pointsWords(mean: number): string {
  const points = halves(mean);
  return points === 0.5 ? m.response_points_half() : m.response_points({ points, shown: number(points, {}) });
}

/** "a little" where less than a point either way is sure. */
function leaningWords(change: ResponseChange): string | null {
  const little = change.verdict === 'no-change';
  switch (leaningOf(change)) {
    case 'higher':
      return little ? m.response_lean_little_higher() : m.response_lean_higher();
    case 'lower':
      return little ? m.response_lean_little_lower() : m.response_lean_lower();
    default:
      return null;
  }
}

function said(change: ResponseChange, words: Record<Said, Sentence>): string {
  if (change.verdict === 'too-few') return '';
  const leaning = leaningWords(change);
  return leaning ? words.leaning({ points: leaning }) : words[change.verdict]({ points: pointsWords(change.mean) });
}

export const labelOf = ({ rated, moment }: Row) => LABELS[rated][moment]();

/** The row as a sentence; empty while its sessions are too few. */
export const sentenceOf = ({ rated, moment, change }: Row) => said(change, SENTENCES[rated][moment]);

export const shortOf = (change: ResponseChange) =>
  change.verdict === 'too-few' ? m.response_short_few({ count: change.n }) : said(change, SHORT);

/** The interval in words. */
export function rangeOf({ low, high }: ResponseChange): string {
  const [least, most] = [tenths(Math.abs(low)), tenths(Math.abs(high))];
  // By the tenths that are shown: nothing is "between 0.0 lower and 0.7 higher".
  if (Math.round(high * 10) <= 0) return m.response_range_lower({ from: most, to: least });
  if (Math.round(low * 10) >= 0) return m.response_range_higher({ from: least, to: most });
  return m.response_range_both({ lower: least, higher: most });
}
