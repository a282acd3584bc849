import { getMeta, setMeta } from '#lib/storage/meta.ts';
import { who } from './current.svelte.ts';

/** Until which wall date the questions about signs are put off, on this phone. */
class Later {
  /** Undefined: not known yet. */
  until = $state<string | null | undefined>();

  /** Read anew by each screen that asks: another person may have signed in. */
  async load(): Promise<void> {
    this.until = undefined;
    try {
      this.until = await getMeta((await who.ready()).db, 'questions_later');
    } catch {
      this.until = null;
    }
  }

  /** Said when it is kept. What cannot be written holds until the app is opened anew. */
  async putOff(until: string): Promise<void> {
    try {
      await setMeta((await who.ready()).db, 'questions_later', until);
    } catch {
      // Nothing is lost but a day's rest from the questions.
    }
    this.until = until;
  }
}

export const later = new Later();
