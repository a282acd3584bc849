import { received, type ServerDocument } from '#lib/domain/documents.ts';
import { announce } from './changes.ts';
import { STORE, STRICT, commit, type Database, type OutboxRow } from './db.ts';
import { stored } from './faults.ts';

/** The person keeps her version: it goes out again, on top of what the server holds now. */
export function keepMine(db: Database, person: string, seq: number): Promise<void> {
  return stored(async () => {
    const tx = db.transaction('outbox', 'readwrite', STRICT);
    let row: OutboxRow | undefined;
    const work = async () => {
      row = await tx.store.get(seq);
      if (!row?.attention) return;
      const base_version = row.attention.current?.version ?? row.base_version;
      await tx.store.put({ ...row, base_version, attempts: 0, attention: null });
    };
    await commit(tx, work);
    if (row) announce({ about: 'documents', person, kind: row.kind, ids: [row.document] });
  });
}

/**
 * The person gives her edit up for what the server holds (`theirs`; null when it has never had the document, which then
 * goes from the phone too).
 */
export function takeTheirs(db: Database, person: string, seq: number, theirs: ServerDocument | null): Promise<void> {
  return stored(async () => {
    const row = await db.get('outbox', seq);
    if (!row) return;
    const tx = db.transaction([STORE[row.kind], 'outbox'], 'readwrite', STRICT);
    const store = tx.objectStore(STORE[row.kind]);
    const work = async () => {
      // While she decided, another tab may have edited the document again: then this question is no longer the one.
      if (!(await tx.objectStore('outbox').get(seq))?.attention) return;
      for (const key of await tx.objectStore('outbox').index('document').getAllKeys(row.document)) {
        await tx.objectStore('outbox').delete(key);
      }
      if (theirs) await store.put(received(row.kind, theirs));
      else await store.delete(row.document);
    };
    await commit(tx, work);
    announce({ about: 'documents', person, kind: row.kind, ids: [row.document] });
  });
}
