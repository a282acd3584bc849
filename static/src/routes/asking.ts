/** After an entry: to the urgent questions where it gives a reason. It is on the disk by then, and stays whatever comes. */
import { goto, preloadCode } from '$app/navigation';
import { withOffset } from '#lib/domain/clock.ts';
import { answersFor, entriesBefore } from '#lib/domain/questionnaire.ts';
import { evaluate } from '#lib/domain/redflags.ts';
import { reasonsToAsk } from '#lib/domain/redflagtriggers.ts';
import { again } from '#lib/state/asking.svelte.ts';
import { checks } from '#lib/state/checks.svelte.ts';
import { diary, type Entry } from '#lib/state/diary.svelte.ts';

export const questionsAbout = ({ id }: Pick<Entry, 'id'>) => `/signs/check?set=urgent&entry=${id}`;

/** An edit gives a reason when it brings a new one, or when nobody has answered about the entry yet. */
function isReason(entry: Entry, before: Entry | undefined): boolean {
  const reasons = reasonsToAsk(entry, entriesBefore(entry, diary.entries));
  if (!before || !answersFor(before, checks.all, new Date(), again.at[entry.id])) return reasons.length > 0;
  const known = reasonsToAsk(before, entriesBefore(before, diary.entries));
  return reasons.some((reason) => !known.includes(reason));
}

/** Answers whether the person is there now. `before`: the entry as it was, when it has been edited. */
export async function askAbout(entry: Entry, before?: Entry): Promise<boolean> {
  // What to do about a marked saddle area comes first, and covers every screen; Today asks after that.
  const isAsked = isReason(entry, before);
  // The person may leave without an answer, or never get there: what was answered before the edit does not count for it.
  if (isAsked && before) void again.note(entry.id, withOffset());
  if (evaluate(entry.readings).length > 0 || !isAsked) return false;
  try {
    // Without a network or a copy of the app there is no such screen: Today keeps asking.
    await preloadCode('/signs/check');
  } catch {
    return false;
  }
  await goto(questionsAbout(entry), { replace: true });
  return true;
}

/** The end of writing an entry. */
export async function leaveFor(back: string, entry: Entry, before?: Entry): Promise<void> {
  if (!(await askAbout(entry, before))) await goto(back, { replace: true });
}
