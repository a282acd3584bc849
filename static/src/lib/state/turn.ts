import { who } from './current.svelte.ts';

/** How long the tab that plays is waited for: one in the background may be frozen, and then it is not asked again. */
const HANDOVER_MS = 1500;
/** A page that is loaded anew, or a tab that only looks whether something was left, lets go within this. */
const LETTING_GO_MS = 1500;

const nameOf = (person: string) => `unpinch-player-${person}`;
const locks = () => globalThis.navigator?.locks;

/**
 * Whose turn it is to play: one tab of a person's at a time, or every repetition would be recorded twice. Addresses
 * without https have no locks; there each tab plays for itself.
 */
export class Turn {
  #letGo: (() => void) | null = null;
  #channel: BroadcastChannel | null = null;
  /** Called when another tab takes over. Asked for it: keep what there is now; else it is taken already. */
  #lost: (asked: boolean) => Promise<void>;
  #closed = false;
  #taking: Promise<boolean> | null = null;

  constructor(lost: (asked: boolean) => Promise<void>) {
    this.#lost = lost;
  }

  /** True when this tab may play; false when another one does. */
  async take(): Promise<boolean> {
    if (this.#letGo !== null) return true;
    // Whoever asks twice gets one answer, and does not stand in their own way.
    this.#taking ??= this.#wait().finally(() => (this.#taking = null));
    return this.#taking;
  }

  async #wait(): Promise<boolean> {
    if (await this.#request({ ifAvailable: true })) return true;
    return this.#request({ signal: AbortSignal.timeout(LETTING_GO_MS) });
  }

  /** The other tab is asked to hand over what it has; if it does not answer, the turn is taken from it. */
  async takeOver(): Promise<void> {
    const { id } = await who.ready();
    const channel = new BroadcastChannel(nameOf(id));
    channel.postMessage('hand over');
    channel.close();
    const handed = await this.#request({ signal: AbortSignal.timeout(HANDOVER_MS) });
    if (!handed) await this.#request({ steal: true });
  }

  release(): void {
    this.#letGo?.();
    this.#letGo = null;
    this.#channel?.close();
    this.#channel = null;
  }

  /** For good: what is still being asked for is not had any more. */
  close(): void {
    this.#closed = true;
    this.release();
  }

  async #request(options: LockOptions): Promise<boolean> {
    const manager = locks();
    if (!manager) return true;
    const { id } = await who.ready();
    return new Promise((resolve) => {
      let mine = false;
      const hold = (lock: Lock | null) => {
        if (!lock || this.#closed) return resolve(false);
        mine = true;
        this.#listen(id);
        resolve(true);
        return new Promise<void>((letGo) => (this.#letGo = letGo));
      };
      // Refused before it was had: the time is up. Afterwards: another tab has taken it.
      manager.request(nameOf(id), options, hold).catch(() => (mine ? void this.#handOver(false) : resolve(false)));
    });
  }

  #listen(id: string): void {
    this.#channel?.close();
    this.#channel = new BroadcastChannel(nameOf(id));
    this.#channel.onmessage = () => void this.#handOver(true);
  }

  async #handOver(asked: boolean): Promise<void> {
    if (!this.#letGo) return;
    await this.#lost(asked).catch(() => undefined);
    this.release();
  }
}
