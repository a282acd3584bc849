import type { StoredRoutine, StoredSession } from '#lib/domain/documents.ts';
import type { Problem } from '#lib/domain/problem.ts';
import type { Exercise, RoutineBody, SessionBody } from '#lib/domain/types.ts';
import { uuid7 } from '#lib/domain/uuid7.ts';
import { onChange } from '#lib/storage/changes.ts';
import { storageProblem } from '#lib/storage/faults.ts';
import { clearMeta, getMeta, setMeta } from '#lib/storage/meta.ts';
import { enqueue, enqueueRemoval, enqueueRestore } from '#lib/storage/outbox.ts';
import { who, type Current } from './current.svelte.ts';
import { outbox } from './outbox.svelte.ts';

interface Marks {
  unsent: boolean;
  attention: Problem | null;
}
export type Routine = StoredRoutine & Marks;
export type Session = StoredSession & Marks;

function marked<T extends { id: string }>(documents: T[]): (T & Marks)[] {
  const waiting = outbox.waiting;
  const refused = new Map(outbox.attention.map((one) => [one.id, one.problem]));
  return documents.map((one) => ({ ...one, unsent: waiting.has(one.id), attention: refused.get(one.id) ?? null }));
}

/** Where the player stood, kept over a reload or a phone call. What is in it is the player's own business. */
const snapshot = {
  async get(): Promise<unknown> {
    return getMeta((await who.ready()).db, 'player');
  },
  async save(value: unknown): Promise<void> {
    await setMeta((await who.ready()).db, 'player', $state.snapshot(value));
  },
  async clear(): Promise<void> {
    await clearMeta((await who.ready()).db, 'player');
  }
};

class Stretching {
  loading = $state(true);
  problem = $state.raw<Problem | null>(null);
  exercises = $state.raw<Exercise[]>([]);
  readonly snapshot = snapshot;
  #routines = $state.raw<StoredRoutine[]>([]);
  #sessions = $state.raw<StoredSession[]>([]);
  #markedRoutines = $derived(marked(this.#routines));
  #markedSessions = $derived(marked(this.#sessions));

  constructor() {
    who.whenOpen((current) => void this.#read(current));
    onChange((change) => {
      const current = who.current;
      if (!current || change.about === 'superseded' || change.person !== current.id) return;
      if (change.about === 'documents' && change.kind === 'log') return;
      void this.#read(current);
    });
  }

  /** Starters first, then by name. */
  get routines(): Routine[] {
    return this.#markedRoutines;
  }

  /** Newest first. */
  get sessions(): Session[] {
    return this.#markedSessions;
  }

  async #read({ db }: Current): Promise<void> {
    try {
      const [exercises, routines, sessions] = await Promise.all([
        db.getAll('exercises'),
        db.getAll('routines'),
        db.getAll('sessions')
      ]);
      this.exercises = exercises;
      this.#routines = routines
        .filter((one) => !one.deleted_at)
        .sort((one, other) => Number(other.starter) - Number(one.starter) || one.name.localeCompare(other.name));
      this.#sessions = sessions
        .filter((one) => !one.deleted_at)
        .sort((one, other) => Date.parse(other.started_at) - Date.parse(one.started_at));
    } catch (cause) {
      this.problem = storageProblem(cause);
    } finally {
      this.loading = false;
    }
  }

  async saveRoutine(body: RoutineBody, id: string = uuid7()): Promise<Routine> {
    const { db, id: person } = await who.ready();
    const routine = await enqueue(db, person, 'routine', id, $state.snapshot(body) as RoutineBody);
    void outbox.saved();
    return { ...routine, unsent: true, attention: null };
  }

  async removeRoutine(id: string): Promise<void> {
    const { db, id: person } = await who.ready();
    await enqueueRemoval(db, person, 'routine', id);
    void outbox.saved();
  }

  /** Takes `removeRoutine` back. */
  async restoreRoutine(id: string): Promise<void> {
    const { db, id: person } = await who.ready();
    await enqueueRestore(db, person, 'routine', id);
    void outbox.saved();
  }

  /** Records what was done; with an `id`, corrects it (the next morning's ratings come later). */
  async recordSession(body: SessionBody, id: string = uuid7()): Promise<Session> {
    const { db, id: person } = await who.ready();
    const session = await enqueue(db, person, 'session', id, $state.snapshot(body) as SessionBody);
    void outbox.saved();
    return { ...session, unsent: true, attention: null };
  }
}

export const stretching = new Stretching();
