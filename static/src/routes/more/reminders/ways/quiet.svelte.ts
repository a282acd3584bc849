import { toaster } from '#lib/components/ui/toaster.svelte.ts';
import { Problem } from '#lib/domain/problem.ts';
import { quietFault, sameHours, type QuietHours } from '#lib/domain/reminders.ts';
import { m } from '#lib/paraglide/messages.js';
import { person } from '#lib/state/person.svelte.ts';
import { refusalWords } from '../names.ts';

const offline = (cause: unknown) => cause instanceof Problem && (cause.code === 'offline' || cause.code === 'timeout');

/** Quiet hours while they are chosen: what the server has not got stays as the person set it until it has. */
export class QuietKeeping {
  /** Null: what is shown is what holds. */
  #wish = $state.raw<{ hours: QuietHours | null } | null>(null);
  #busy = false;
  #left = false;
  /** Why what is shown does not hold yet. */
  problem = $state('');

  get hours(): QuietHours | null {
    return this.#wish ? this.#wish.hours : this.#kept;
  }

  get #kept(): QuietHours | null {
    return person.profile?.quiet_hours ?? null;
  }

  choose(hours: QuietHours | null): void {
    this.#wish = { hours };
    this.problem = '';
  }

  /** Until what was chosen last is kept, also what is chosen meanwhile. Half a choice waits for its other half. */
  async keep(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    let saved = false;
    while (this.#wish && !quietFault(this.#wish.hours)) {
      const wish = this.#wish;
      try {
        if (!sameHours(wish.hours, this.#kept)) {
          await person.updateProfile({ quiet_hours: wish.hours });
          saved = true;
        }
      } catch (cause) {
        this.#fail(offline(cause) ? m.reminders_quiet_unsent() : refusalWords(cause));
        break;
      }
      if (this.#wish === wish) {
        this.#wish = null;
        this.problem = '';
        if (saved) toaster.show({ text: m.reminders_quiet_saved(), tone: 'good' });
      }
    }
    this.#busy = false;
  }

  /** The person goes to another screen: what cannot be kept is told there. */
  leave(): void {
    this.#left = true;
    if (this.#wish && quietFault(this.#wish.hours)) this.#fail('');
    void this.keep();
  }

  #fail(words: string): void {
    this.problem = words;
    if (this.#left) toaster.show({ text: m.reminders_quiet_not_saved(), tone: 'danger' });
  }
}
