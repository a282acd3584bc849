import { Problem } from '#lib/domain/problem.ts';
import { nameOf, type Improvement, type KeptTrends, type Sensitivity, type Trends as Answer } from '#lib/domain/trends.ts';
import { chooseSensitivity, readTrends } from '#lib/api/trends.ts';
import { storageProblem } from '#lib/storage/faults.ts';
import { getMeta, setMeta } from '#lib/storage/meta.ts';
import { who } from './current.svelte.ts';
import { outbox } from './outbox.svelte.ts';

/** In ms; for screens that only mention it, an answer is new for so long. */
const NEW = 3_600_000;

const asProblem = (cause: unknown) => (cause instanceof Problem ? cause : storageProblem(cause));

/** How readily changes are told, and what got better: worked out by the server, its last answer kept on the phone. */
class Trends {
  /** Nothing to show yet: neither kept nor answered. */
  loading = $state(true);
  kept = $state.raw<KeptTrends | null>(null);
  /** Why there is no newer answer; null when what is shown is new. */
  problem = $state.raw<Problem | null>(null);
  /** A choice is on its way, and the diary is gone through again. */
  choosing = $state.raw<Sensitivity | null>(null);
  #reading: Promise<void> | null = null;
  /** How often a choice was answered. */
  #chosen = 0;

  /** Shows what is kept, then asks the server, unless that is `recent` enough. For a screen that opens. */
  read({ recent = false }: { recent?: boolean } = {}): Promise<void> {
    this.#reading ??= this.#read(recent).finally(() => (this.#reading = null));
    return this.#reading;
  }

  async #read(recent: boolean): Promise<void> {
    try {
      const { db, id } = await who.ready();
      this.kept ??= await getMeta(db, 'trends');
      if (this.kept) this.loading = false;
      if (recent && this.kept && Date.now() - Date.parse(this.kept.read_at) < NEW) return;
      const chosen = this.#chosen;
      const answer = await readTrends(id);
      // What was chosen meanwhile has brought a newer answer.
      if (chosen === this.#chosen) await this.#keep(answer);
    } catch (cause) {
      this.problem = asProblem(cause);
    } finally {
      this.loading = false;
    }
  }

  async #keep(answer: Answer): Promise<void> {
    const names = answer.improvements.map(nameOf);
    const told = (this.kept?.told ?? []).filter((name) => names.includes(name));
    await this.#store({ ...answer, told, read_at: new Date().toISOString() });
    this.problem = null;
  }

  async #store(kept: KeptTrends): Promise<void> {
    this.kept = kept;
    await setMeta((await who.ready()).db, 'trends', kept);
  }

  /** Rejects with the Problem that the answer was; then the old choice holds. */
  async choose(sensitivity: Sensitivity): Promise<void> {
    this.choosing = sensitivity;
    try {
      const { id } = await who.ready();
      const answer = await chooseSensitivity(id, sensitivity);
      this.#chosen += 1;
      await this.#keep(answer);
      // What was told or taken back comes with the next pull.
      void outbox.drain();
    } catch (cause) {
      throw asProblem(cause);
    } finally {
      this.choosing = null;
    }
  }

  /** The improvements that the person has not been told of yet. */
  get news(): Improvement[] {
    const kept = this.kept;
    return kept ? kept.improvements.filter((one) => !kept.told.includes(nameOf(one))) : [];
  }

  /** The person has been told of all of them. */
  async tell(): Promise<void> {
    if (this.kept) await this.#store({ ...this.kept, told: this.kept.improvements.map(nameOf) });
  }
}

export const trends = new Trends();
