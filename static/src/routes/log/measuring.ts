/** The end of answering about the week, or about what is hard. */
import { goto } from '$app/navigation';
import { toaster } from '#lib/components/ui/toaster.svelte.ts';
import { deviceZone, withOffset } from '#lib/domain/clock.ts';
import type { MeasureBody } from '#lib/domain/types.ts';
import { m } from '#lib/paraglide/messages.js';
import { measures } from '#lib/state/measures.svelte.ts';
import { attempt, savedWords } from '../saving.ts';

type Answers = Pick<MeasureBody, 'kind'> & Partial<MeasureBody>;

/** With an `id`, corrects what was answered earlier that day. Throws when the phone cannot keep it. */
export async function saveMeasure(answers: Answers, id?: string): Promise<void> {
  const empty = { interference: null, activities: [] };
  const saved = await measures.save({ ...empty, ...answers, answered_at: withOffset(), time_zone: deviceZone() }, id);
  const run = () => void attempt(() => measures.remove(saved), m.measures_undone());
  // A correction is not taken back by deleting what was there before.
  toaster.show({ text: savedWords(), ...(id ? {} : { action: { label: m.common_undo(), run } }) });
  await goto('/', { replace: true });
}
