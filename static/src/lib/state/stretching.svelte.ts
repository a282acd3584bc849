import { completeExercise, completeRoutine, completeSession } from '#lib/domain/complete.ts';
import type { Bodies, Kind, StoredDocuments, StoredPrescription, StoredRoutine, StoredSession } from '#lib/domain/documents.ts';
import type { Problem } from '#lib/domain/problem.ts';
import type { Exercise, PrescriptionBody, RoutineBody, SessionBody } from '#lib/domain/types.ts';
import { uuid7 } from '#lib/domain/uuid7.ts';
import { onChange } from '#lib/storage/changes.ts';
import { storageProblem } from '#lib/storage/faults.ts';
import { enqueue, enqueueRemoval, enqueueRestore } from '#lib/storage/outbox.ts';
import { who, type Current } from './current.svelte.ts';
import { outbox } from './outbox.svelte.ts';

interface Marks {
  unsent: boolean;
  attention: Problem | null;
}
export type Routine = StoredRoutine & Marks;
export type Session = StoredSession & Marks;
export type Prescription = StoredPrescription & Marks;

function marked<T extends { id: string }>(documents: T[]): (T & Marks)[] {
  const waiting = outbox.waiting;
  const refused = new Map(outbox.attention.map((one) => [one.id, one.problem]));
  return documents.map((one) => ({ ...one, unsent: waiting.has(one.id), attention: refused.get(one.id) ?? null }));
}

const standing = <T extends { deleted_at: string | null }>(documents: T[]) => documents.filter((one) => !one.deleted_at);

class Stretching {
  loading = $state(true);
  problem = $state.raw<Problem | null>(null);
  exercises = $state.raw<Exercise[]>([]);
  #routines = $state.raw<StoredRoutine[]>([]);
  #sessions = $state.raw<StoredSession[]>([]);
  #prescriptions = $state.raw<StoredPrescription[]>([]);
  #markedRoutines = $derived(marked(this.#routines));
  #markedSessions = $derived(marked(this.#sessions));
  #markedPrescriptions = $derived(marked(this.#prescriptions));

  constructor() {
    who.whenOpen((current) => void this.#read(current));
    onChange((change) => {
      const current = who.current;
      if (!current || change.about === 'superseded' || change.about === 'flags' || change.person !== current.id) return;
      if (change.about === 'documents' && ['log', 'check', 'measure'].includes(change.kind)) return;
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

  /** By the day on which they begin, the latest first. */
  get prescriptions(): Prescription[] {
    return this.#markedPrescriptions;
  }

  async #read({ db }: Current): Promise<void> {
    try {
      const [exercises, routines, sessions, prescriptions] = await Promise.all([
        db.getAll('exercises'),
        db.getAll('routines'),
        db.getAll('sessions'),
        db.getAll('prescriptions')
      ]);
      this.exercises = exercises.map(completeExercise);
      this.#routines = standing(routines).map(completeRoutine).sort(
        (one, other) => Number(other.starter) - Number(one.starter) || one.name.localeCompare(other.name)
      );
      this.#sessions = standing(sessions)
        .map(completeSession)
        .sort((one, other) => Date.parse(other.started_at) - Date.parse(one.started_at));
      this.#prescriptions = standing(prescriptions)
        .map(completeRoutine)
        .sort((one, other) => other.starts_on.localeCompare(one.starts_on));
    } catch (cause) {
      this.problem = storageProblem(cause);
    } finally {
      this.loading = false;
    }
  }

  async #save<K extends Kind>(kind: K, body: Bodies[K], id: string): Promise<StoredDocuments[K] & Marks> {
    const { db, id: person } = await who.ready();
    const document = await enqueue(db, person, kind, id, $state.snapshot(body) as Bodies[K]);
    void outbox.saved();
    return { ...document, unsent: true, attention: null };
  }

  async #act(act: typeof enqueueRemoval | typeof enqueueRestore, kind: Kind, id: string): Promise<void> {
    const { db, id: person } = await who.ready();
    await act(db, person, kind, id);
    void outbox.saved();
  }

  saveRoutine(body: RoutineBody, id: string = uuid7()): Promise<Routine> {
    return this.#save('routine', body, id);
  }

  removeRoutine(id: string): Promise<void> {
    return this.#act(enqueueRemoval, 'routine', id);
  }

  /** Takes `removeRoutine` back. */
  restoreRoutine(id: string): Promise<void> {
    return this.#act(enqueueRestore, 'routine', id);
  }

  /** With an `id`, a new version of that one. The server refuses changes of what somebody else has prescribed. */
  savePrescription(body: PrescriptionBody, id: string = uuid7()): Promise<Prescription> {
    return this.#save('prescription', body, id);
  }

  removePrescription(id: string): Promise<void> {
    return this.#act(enqueueRemoval, 'prescription', id);
  }

  /** Takes `removePrescription` back. */
  restorePrescription(id: string): Promise<void> {
    return this.#act(enqueueRestore, 'prescription', id);
  }

  /** Records what was done; with an `id`, corrects it (the next morning's ratings come later). */
  recordSession(body: SessionBody, id: string = uuid7()): Promise<Session> {
    return this.#save('session', body, id);
  }
}

export const stretching = new Stretching();
