import { withAgreed, type Agreed, type Agreements } from '#lib/domain/agreed.ts';
import type { Condition } from '#lib/domain/types.ts';
import { getMeta, setMeta } from '#lib/storage/meta.ts';
import { who } from './current.svelte.ts';

/** What the person's doctor or physiotherapist agreed to, kept on this phone with the rest of the person's data. */
class Kept implements Agreements {
  list = $state.raw<readonly Agreed[]>([]);

  /** Read anew by each screen that warns: another person may have signed in. Without an answer, all is warned of. */
  async load(): Promise<void> {
    this.list = [];
    try {
      this.list = (await getMeta((await who.ready()).db, 'agreed')) ?? [];
    } catch {
      this.list = [];
    }
  }

  agree = (exercise: string, conditions: readonly Condition[]): void => {
    void this.#keep(withAgreed(this.list, exercise, conditions, new Date().toISOString()));
  };

  askAgain = (exercises: readonly string[]): void => {
    void this.#keep(this.list.filter((one) => !exercises.includes(one.exercise)));
  };

  /** What cannot be written holds for this screen only: the next one asks again. */
  async #keep(list: readonly Agreed[]): Promise<void> {
    this.list = list;
    try {
      await setMeta((await who.ready()).db, 'agreed', [...list]);
    } catch {
      return;
    }
  }
}

export const agreements = new Kept();
