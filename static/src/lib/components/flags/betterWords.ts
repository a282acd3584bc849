/** What got better, in words. It is told, and never a flag. */
import { dateInWords, numberWords } from '#lib/components/charts/words.ts';
import type { Improvement } from '#lib/domain/trends.ts';
import { toldApart, zoneOf } from '#lib/domain/trendwords.ts';
import { m } from '#lib/paraglide/messages.js';
import { zoneWords } from './words.ts';

const BETTER = {
  numbness: m.flags_better_numbness,
  tingling: m.flags_better_tingling,
  pain: m.flags_better_pain,
  weakness: m.flags_better_weakness
};

export function betterWords({ stream, since, baseline, recent }: Improvement, today: string): string {
  const day = dateInWords(since, today);
  if (stream !== 'reach') {
    const [high, low] = toldApart(baseline, recent);
    return BETTER[stream]({ baseline: numberWords(high), recent: numberWords(low), since: day });
  }
  const [before, after] = [zoneOf(baseline), zoneOf(recent)];
  if (before === after || !before) return m.flags_better_reach_less({ since: day });
  if (!after) return m.flags_better_reach_gone({ before: zoneWords(before), since: day });
  return m.flags_better_reach({ before: zoneWords(before), after: zoneWords(after), since: day });
}
