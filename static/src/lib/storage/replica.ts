import type { Kind, ServerDocuments } from '#lib/domain/documents.ts';
import { sameValue } from '#lib/domain/merge.ts';
import type { Exercise } from '#lib/domain/types.ts';
import { announce } from './changes.ts';
import { STORE, commit, type Database } from './db.ts';
import { stored } from './faults.ts';

const TOMBSTONE_AGE = 30 * 24 * 3600_000;

/** Few enough to come all at once. */
export type WholeKind = 'routine' | 'prescription';

/**
 * Takes in what the server has sent. A document with an unsent edit is left alone (its edit meets the server's version
 * when it is sent), and so is one that is newer here than in this, perhaps delayed, answer.
 */
export function takeIn<K extends Kind>(
  db: Database,
  person: string,
  kind: K,
  documents: ServerDocuments[K][]
): Promise<void> {
  return stored(async () => {
    const tx = db.transaction([STORE[kind], 'outbox'], 'readwrite');
    const store = tx.objectStore(STORE[kind]);
    const changed: string[] = [];
    const take = async (document: ServerDocuments[K]) => {
      const waiting = await tx.objectStore('outbox').index('document').count(document.id);
      const known = await store.get(document.id);
      if (waiting > 0 || (known && known.version > document.version)) return;
      // The overlap of two pulls brings back what is already here.
      if (known ? sameValue(known, document) : document.deleted_at) return;
      await store.put(document);
      changed.push(document.id);
    };
    await commit(tx, () => Promise.all(documents.map(take)));
    if (changed.length > 0) announce({ about: 'documents', person, kind, ids: changed });
  });
}

/** What comes as one whole list: a document that is missing is gone, unless it has not been sent yet. */
export function replaceAll<K extends WholeKind>(
  db: Database,
  person: string,
  kind: K,
  documents: ServerDocuments[K][]
): Promise<void> {
  return stored(async () => {
    const tx = db.transaction([STORE[kind], 'outbox'], 'readwrite');
    const store = tx.objectStore(STORE[kind]);
    const work = async () => {
      const unsent = new Set((await tx.objectStore('outbox').getAll()).map((row) => row.document));
      const known = new Map((await store.getAll()).map((document) => [document.id, document]));
      for (const document of documents) {
        const newer = (known.get(document.id)?.version ?? 0) > document.version;
        if (!unsent.has(document.id) && !newer) await store.put(document);
        known.delete(document.id);
      }
      for (const [id, document] of known) if (!unsent.has(id) && !document.deleted_at) await store.delete(id);
    };
    await commit(tx, work);
    announce({ about: 'documents', person, kind, ids: null });
  });
}

export function replaceExercises(db: Database, person: string, exercises: Exercise[]): Promise<void> {
  return stored(async () => {
    const tx = db.transaction('exercises', 'readwrite');
    await commit(tx, () =>
      Promise.all([tx.store.clear(), ...exercises.map((exercise) => tx.store.put(exercise))])
    );
    announce({ about: 'exercises', person });
  });
}

/** Deleted documents are kept a while so that a deletion can be taken back; the server has its own, longer memory. */
export function clearOldTombstones(db: Database, now: number = Date.now()): Promise<void> {
  return stored(async () => {
    const tx = db.transaction([...Object.values(STORE), 'outbox'], 'readwrite');
    const work = async () => {
      const unsent = new Set((await tx.objectStore('outbox').getAll()).map((row) => row.document));
      for (const name of Object.values(STORE)) {
        for (const document of await tx.objectStore(name).getAll()) {
          const old = document.deleted_at && now - Date.parse(document.deleted_at) > TOMBSTONE_AGE;
          if (old && !unsent.has(document.id)) await tx.objectStore(name).delete(document.id);
        }
      }
    };
    await commit(tx, work);
  });
}
