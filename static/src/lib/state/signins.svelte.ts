import { inOrder, type SignIn } from '#lib/domain/signins.ts';
import { Problem } from '#lib/domain/problem.ts';
import { endSignIns, readSignIns } from '#lib/api/account.ts';
import { storageProblem } from '#lib/storage/faults.ts';
import { who } from './current.svelte.ts';

/** Where this person is signed in: known to the server alone. */
class SignIns {
  /** Null: not read yet. */
  all = $state.raw<SignIn[] | null>(null);
  problem = $state.raw<Problem | null>(null);

  get others(): SignIn[] {
    return this.all?.filter(({ here }) => !here) ?? [];
  }

  async read(): Promise<void> {
    try {
      this.all = inOrder(await readSignIns((await who.ready()).id));
      this.problem = null;
    } catch (cause) {
      this.problem = cause instanceof Problem ? cause : storageProblem(cause);
    }
  }

  /** Rejects with the Problem that the answer was, as `endOthers` does. One that has ended by itself is ended. */
  async end(id: number): Promise<void> {
    await this.#end(({ id: one }) => one === id);
  }

  async endOthers(): Promise<void> {
    await this.#end(({ here }) => !here);
  }

  /** By the list as it is now: nothing of it may be another person's, and what is gone cannot be ended. */
  async #end(meant: (one: SignIn) => boolean): Promise<void> {
    const now = await readSignIns((await who.ready()).id);
    const ids = now.filter(meant).map(({ id }) => id);
    this.all = inOrder(ids.length > 0 ? await endSignIns(ids) : now);
    this.problem = null;
  }
}

export const signIns = new SignIns();
