import type { AskedAgain } from '#lib/domain/questionnaire.ts';
import { getMeta, setMeta } from '#lib/storage/meta.ts';
import { who, type Current } from './current.svelte.ts';

/** The check that is being answered on the screen: its advice is offered beside the questions, and waits for their end. */
export const asking = $state({ id: '' });

/** Only entries of the last weeks are asked about: more need not be kept. */
const KEPT = 50;

/** Entries whose edit brought a new reason to ask, on this phone, until the questions are answered after it. */
class Again {
  #at = $state.raw<AskedAgain>({});

  constructor() {
    who.whenOpen((current) => void this.#read(current));
  }

  async #read({ db }: Current): Promise<void> {
    try {
      this.#at = { ...(await getMeta(db, 'asked_again')), ...this.#at };
    } catch {
      // The screens say of every other part of the storage that it cannot be read.
      return;
    }
  }

  get at(): AskedAgain {
    return this.#at;
  }

  /** What cannot be written holds until the app is opened anew. */
  async note(entry: string, at: string): Promise<void> {
    const others = Object.entries(this.#at).filter(([id]) => id !== entry);
    this.#at = Object.fromEntries([...others, [entry, at] as const].slice(-KEPT));
    try {
      await setMeta((await who.ready()).db, 'asked_again', this.#at);
    } catch {
      return;
    }
  }
}

export const again = new Again();
