/** Short messages at the top of the screen, said politely by screen readers. Shown by `Toasts.svelte` in the layout. */
export interface Toast {
  text: string;
  tone?: 'good' | 'info' | 'danger';
  /** One thing to do about it: undo, mostly. */
  action?: { label: string; run: () => void };
}

// Long enough to read it in pain and half asleep, and to find the undo.
const SHOWN_MS = 6_000;
const SHOWN_WITH_ACTION_MS = 15_000;
// What has just been said is about the act that changes the screen: it comes along. An undo can be reached in any case.
const COMES_ALONG_MS = 2_000;
const UNDO_AT_LEAST_MS = 7_000;

class Toaster {
  current = $state<Toast | null>(null);
  #shownAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  show(toast: Toast): void {
    this.current = toast;
    this.#shownAt = Date.now();
    this.#dismissIn(toast.action ? SHOWN_WITH_ACTION_MS : SHOWN_MS);
  }

  /** The person goes to another screen. */
  leave(): void {
    const age = Date.now() - this.#shownAt;
    if (age >= COMES_ALONG_MS) this.#dismissIn(this.current?.action ? UNDO_AT_LEAST_MS - age : 0);
  }

  #dismissIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.dismiss(), ms);
  }

  dismiss(): void {
    clearTimeout(this.#timer);
    this.current = null;
  }
}

export const toaster = new Toaster();
