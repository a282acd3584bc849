/** Short messages above the bottom bar, said politely by screen readers. Shown by `Toasts.svelte` in the layout. */
export interface Toast {
  text: string;
  tone?: 'good' | 'info' | 'danger';
  /** One thing to do about it: undo, mostly. */
  action?: { label: string; run: () => void };
}

// Long enough to read it in pain and half asleep, and to find the undo.
const SHOWN_MS = 6_000;
const SHOWN_WITH_ACTION_MS = 15_000;

class Toaster {
  current = $state<Toast | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  show(toast: Toast): void {
    clearTimeout(this.#timer);
    this.current = toast;
    this.#timer = setTimeout(() => this.dismiss(), toast.action ? SHOWN_WITH_ACTION_MS : SHOWN_MS);
  }

  dismiss(): void {
    clearTimeout(this.#timer);
    this.current = null;
  }
}

export const toaster = new Toaster();
