/** What is said at the end of writing an entry. Beside saving.ts, because every screen needs that and few need this. */
import { toaster } from '#lib/components/ui/toaster.svelte.ts';
import { openEmergencies } from '#lib/domain/redflags.ts';
import { m } from '#lib/paraglide/messages.js';
import { diary, type Entry } from '#lib/state/diary.svelte.ts';
import { attempt, savedWords } from '../saving.ts';

/**
 * After Save. Where the entry raises the emergency card, Today's card itself says that it is saved; elsewhere the words
 * must not sound as if help were on its way.
 */
export function sayEntrySaved(entry: Entry, onToday: boolean): void {
  const raised = openEmergencies([entry], new Date()).length > 0;
  if (raised && onToday) toaster.dismiss();
  else toaster.show({ text: raised ? m.log_saved_untold() : savedWords() });
}

export async function removeWithUndo(entry: string): Promise<void> {
  await diary.remove(entry);
  const run = () => void attempt(() => diary.restore(entry), m.log_restored());
  toaster.show({ text: m.log_deleted(), action: { label: m.common_undo(), run } });
}
