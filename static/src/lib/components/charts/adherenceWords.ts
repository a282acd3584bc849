/** What a week of exercise is called in words, and how much of a day's circle is filled. */
import { dateLocale } from '#lib/components/ui/dates.ts';
import type { DayTally, Exercises, Tally } from '#lib/domain/adherence.ts';
import { m } from '#lib/paraglide/messages.js';

/**
 * How much of what was planned: 0-1. On a day without a plan it is the whole when at least half of the exercises were
 * done, as a time of a plan is. Null: nothing was done.
 */
export function shareOf({ prescribed, prescribed_done, sessions, done, partial, skipped }: DayTally): number | null {
  if (sessions === 0) return null;
  if (prescribed === 0) return 2 * done >= done + partial + skipped ? 1 : 0.5;
  // Something else than what was planned is something, too.
  return prescribed_done > 0 ? prescribed_done / prescribed : 0.5;
}

export function weekWords({ prescribed, prescribed_done, prescribed_begun: begun, sessions }: Tally): string {
  const times = { done: prescribed_done, prescribed };
  if (prescribed > 0) return begun > 0 ? m.adherence_times_begun({ ...times, begun }) : m.adherence_times(times);
  return sessions > 0 ? m.adherence_sessions({ count: sessions }) : m.adherence_nothing();
}

/** "Exercises: 5 done, 2 in part". Only what there is: a nought done is not worth a word. */
export function exerciseWords({ done, partial, left_out }: Exercises): string {
  const parts = [
    done > 0 ? m.adherence_done({ count: done }) : '',
    partial > 0 ? m.adherence_partial({ count: partial }) : '',
    left_out > 0 ? m.adherence_skipped({ count: left_out }) : ''
  ].filter(Boolean);
  return parts.length > 0 ? m.adherence_exercises({ parts: parts.join(', ') }) : '';
}

/** "Done on Monday and Thursday. In part on Friday." The circles for those who do not see them. */
export function circleWords(days: readonly DayTally[]): string {
  const nameOf = new Intl.DateTimeFormat(dateLocale(), { weekday: 'long', timeZone: 'UTC' });
  const list = new Intl.ListFormat(dateLocale(), { type: 'conjunction' });
  const on = (fits: (share: number) => boolean) => {
    const found = days.filter((day) => fits(shareOf(day) ?? 0));
    return list.format(found.map(({ date }) => nameOf.format(new Date(`${date}T12:00:00Z`))));
  };
  const [whole, part] = [on((share) => share === 1), on((share) => share > 0 && share < 1)];
  return [
    whole && m.adherence_days_done({ days: whole }),
    part && m.adherence_days_part({ days: part })
  ].filter(Boolean).join(' ');
}
