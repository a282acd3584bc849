/** What the screens say when something has been saved, taken back, or refused by the phone. */
import { otherProblem } from '#lib/components/ui/problems.ts';
import { toaster } from '#lib/components/ui/toaster.svelte.ts';
import { Problem } from '#lib/domain/problem.ts';
import { m } from '#lib/paraglide/messages.js';
import { diary } from '#lib/state/diary.svelte.ts';
import { outbox } from '#lib/state/outbox.svelte.ts';

/** "Saved" says where: without a connection the entry is on this phone only. */
export function savedWords(): string {
  return outbox.online && outbox.reachable ? m.log_saved() : m.log_saved_offline();
}

/** The reason in words; what is no Problem is a fault of ours and goes on to the console too. */
export function reasonOf(cause: unknown): string {
  if (cause instanceof Problem) return otherProblem(cause);
  console.error(cause);
  return m.common_error_text();
}

/** Says what came of it. */
export async function attempt(work: () => Promise<unknown>, done: string): Promise<void> {
  try {
    await work();
    toaster.show({ text: done });
  } catch (cause) {
    toaster.show({ text: m.log_not_saved({ reason: reasonOf(cause) }), tone: 'danger' });
  }
}

/** A toast with the way back from an entry that was saved by one tap. */
export function saySaved(entry: string): void {
  const run = () => void attempt(() => diary.remove(entry), m.log_today_undone());
  toaster.show({ text: savedWords(), action: { label: m.common_undo(), run } });
}
