import type { StoredLog } from '#lib/domain/documents.ts';
import { Problem } from '#lib/domain/problem.ts';
import type { Flag, LogBody } from '#lib/domain/types.ts';
import { uuid7 } from '#lib/domain/uuid7.ts';
import { onChange } from '#lib/storage/changes.ts';
import { enqueue, enqueueRemoval, enqueueRestore } from '#lib/storage/outbox.ts';
import { storageProblem } from '#lib/storage/faults.ts';
import { who, type Current } from './current.svelte.ts';
import { outbox } from './outbox.svelte.ts';

/** One log as the screens see it. Version 0: the server has not acknowledged it. */
export type Entry = LogBody & {
  id: string;
  version: number;
  local_date: string;
  flags: Flag[];
  /** Has an edit that the server has not acknowledged. */
  unsent: boolean;
  /** Why the server did not take the last edit; null when all is well. */
  attention: Problem | null;
  deleted_at: string | null;
};

// Ten years are some thousand entries: each is parsed and copied once, not at every save.
const moments = new WeakMap<StoredLog, number>();
const settled = new WeakMap<StoredLog, Entry>();

function momentOf(log: StoredLog): number {
  const known = moments.get(log) ?? Date.parse(log.occurred_at);
  moments.set(log, known);
  return known;
}

const newestFirst = (one: StoredLog, other: StoredLog) =>
  momentOf(other) - momentOf(one) || (one.id < other.id ? 1 : -1);

/** An entry with nothing on its way, the same object as long as the entry is the same. */
function atRest(log: StoredLog): Entry {
  const entry = settled.get(log) ?? { ...log, unsent: false, attention: null };
  settled.set(log, entry);
  return entry;
}

/** Entries read at once: ten years in one piece would hold up a slow phone's first taps. */
const SLICE = 400;

class Diary {
  loading = $state(true);
  /** The phone's storage could not be read; the screen says so instead of showing an empty diary. */
  problem = $state.raw<Problem | null>(null);
  #reading: Promise<void> | undefined;
  #logs = $state.raw<StoredLog[]>([]);
  #entries = $derived.by(() => {
    const waiting = outbox.waiting;
    const refused = new Map(outbox.attention.map((one) => [one.id, one.problem]));
    return this.#logs.map((log): Entry => {
      if (!waiting.has(log.id)) return atRest(log);
      return { ...log, unsent: true, attention: refused.get(log.id) ?? null };
    });
  });

  constructor() {
    who.whenOpen((current) => void this.#readAll(current));
    onChange((change) => {
      const current = who.current;
      if (change.about !== 'documents' || change.kind !== 'log' || change.person !== current?.id) return;
      this.#reading = change.ids ? this.#readSome(current, change.ids) : this.#readAll(current);
    });
  }

  /** Newest first by the time it happened, without deleted ones. */
  get entries(): Entry[] {
    return this.#entries;
  }

  async #readAll({ db }: Current): Promise<void> {
    try {
      const logs: StoredLog[] = [];
      const { store } = db.transaction('entries');
      for (let slice = await store.getAll(null, SLICE); slice.length; ) {
        logs.push(...slice);
        slice = await store.getAll(IDBKeyRange.lowerBound(slice.at(-1)?.id, true), SLICE);
      }
      this.#logs = logs.filter((log) => !log.deleted_at).sort(newestFirst);
      this.problem = null;
    } catch (cause) {
      this.problem = storageProblem(cause);
    } finally {
      this.loading = false;
    }
  }

  async #readSome({ db }: Current, ids: string[]): Promise<void> {
    try {
      const found = await Promise.all(ids.map((id) => db.get('entries', id)));
      const fresh = found.filter((log): log is StoredLog => log !== undefined && !log.deleted_at);
      const changed = new Set(ids);
      this.#logs = [...this.#logs.filter((log) => !changed.has(log.id)), ...fresh].sort(newestFirst);
    } catch (cause) {
      this.problem = storageProblem(cause);
    }
  }

  /** An entry that is shown; `undefined` when it is deleted or unknown. */
  get(id: string): Entry | undefined {
    return this.entries.find((entry) => entry.id === id);
  }

  /** Resolves when the entry and its way to the server are on the disk; rejects with a Problem when they are not. */
  async save(body: LogBody, id: string = uuid7()): Promise<Entry> {
    const { db, id: person } = await who.ready();
    const log = await enqueue(db, person, 'log', id, $state.snapshot(body) as LogBody);
    // Whoever is told that it is saved sees it, too: a screen without it would invite to save it again.
    await this.#reading;
    void outbox.saved();
    return { ...log, unsent: true, attention: null };
  }

  async remove(id: string): Promise<void> {
    const { db, id: person } = await who.ready();
    await enqueueRemoval(db, person, 'log', id);
    void outbox.saved();
  }

  /** Takes `remove` back. */
  async restore(id: string): Promise<void> {
    const { db, id: person } = await who.ready();
    await enqueueRestore(db, person, 'log', id);
    void outbox.saved();
  }
}

export const diary = new Diary();
