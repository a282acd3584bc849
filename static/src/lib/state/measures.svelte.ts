import { bodyOf, type StoredMeasure } from '#lib/domain/documents.ts';
import type { Problem } from '#lib/domain/problem.ts';
import type { MeasureBody } from '#lib/domain/types.ts';
import { uuid7 } from '#lib/domain/uuid7.ts';
import { onChange } from '#lib/storage/changes.ts';
import { storageProblem } from '#lib/storage/faults.ts';
import { getMeta, setMeta } from '#lib/storage/meta.ts';
import { enqueue, enqueueRemoval } from '#lib/storage/outbox.ts';
import { who, type Current } from './current.svelte.ts';
import { outbox } from './outbox.svelte.ts';

/** How the weeks were, and how what is hard went. */
class Measures {
  loading = $state(true);
  problem = $state.raw<Problem | null>(null);
  /** Without deleted ones, in no order. */
  all = $state.raw<StoredMeasure[]>([]);
  /** Until which wall date the person wants to be left alone. */
  later = $state<string | null>(null);
  #reading: Promise<void> | undefined;

  constructor() {
    who.whenOpen((current) => void this.#read(current));
    onChange((change) => {
      const current = who.current;
      if (change.about !== 'documents' || change.kind !== 'measure' || change.person !== current?.id) return;
      this.#reading = this.#read(current);
    });
  }

  async #read({ db }: Current): Promise<void> {
    try {
      const [stored, later] = await Promise.all([db.getAll('measures'), getMeta(db, 'measures_later')]);
      this.all = stored.filter(({ deleted_at }) => !deleted_at);
      this.later = later;
      this.problem = null;
    } catch (cause) {
      this.problem = storageProblem(cause);
    }
    this.loading = false;
  }

  /** Resolves when it is on the disk, rejects with a Problem when it is not. With an `id`, corrects that one. */
  async save(body: MeasureBody, id: string = uuid7()): Promise<string> {
    const { db, id: person } = await who.ready();
    await enqueue(db, person, 'measure', id, bodyOf('measure', $state.snapshot(body) as MeasureBody));
    await this.#reading;
    void outbox.saved();
    return id;
  }

  async remove(id: string): Promise<void> {
    const { db, id: person } = await who.ready();
    await enqueueRemoval(db, person, 'measure', id);
    void outbox.saved();
  }

  /** Said when it is kept. What cannot be written holds until the app is opened anew. */
  async putOff(until: string): Promise<void> {
    try {
      await setMeta((await who.ready()).db, 'measures_later', until);
    } catch {
      // Nothing is lost but a day's rest from the question.
    }
    this.later = until;
  }
}

export const measures = new Measures();
