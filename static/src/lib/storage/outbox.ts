import type { IDBPTransaction } from 'idb';
import {
  bodyOf,
  drafted,
  type Body,
  type Bodies,
  type Kind,
  type StoredDocument,
  type StoredDocuments
} from '#lib/domain/documents.ts';
import { announce } from './changes.ts';
import { STORE, STRICT, commit, type Database, type DocumentStore, type OutboxRow, type Schema } from './db.ts';
import { stored } from './faults.ts';

export type Tx = IDBPTransaction<Schema, (DocumentStore | 'outbox')[], 'readwrite'>;

export function writing(db: Database, kind: Kind): Tx {
  return db.transaction([STORE[kind], 'outbox'], 'readwrite', STRICT) as Tx;
}

/** The edits of one document that the server has not acknowledged, oldest first. */
export const waiting = (tx: Tx, document: string) => tx.objectStore('outbox').index('document').getAll(document);

/** A row may still be changed as long as the server cannot have taken it: never sent, or refused. */
const isOpen = (row: OutboxRow) => row.attempts === 0 || row.attention !== null;

const withoutSeq = (row: Omit<OutboxRow, 'seq'>) => row as OutboxRow;

type Edit = { kind: Kind; id: string } & ({ action: 'put'; body: Body } | { action: 'delete' });

async function queue(tx: Tx, edit: Edit, version: number, now: string): Promise<void> {
  const outbox = tx.objectStore('outbox');
  const last = (await waiting(tx, edit.id)).at(-1);
  const body = edit.action === 'put' ? edit.body : null;
  if (last && isOpen(last)) {
    // The server has never had it, so there is nothing to delete there.
    if (edit.action === 'delete' && last.base_version === null && last.action === 'put') {
      const first = (await waiting(tx, edit.id))[0];
      if (first?.seq === last.seq) return outbox.delete(last.seq);
    }
    await outbox.put({ ...last, action: edit.action, body, attempts: 0, attention: null });
    return;
  }
  const row = { kind: edit.kind, document: edit.id, action: edit.action, body, queued_at: now };
  const base_version = version > 0 ? version : null;
  await outbox.add(withoutSeq({ ...row, base_version, attempts: 0, attention: null }));
}

async function write(db: Database, person: string, edit: Edit): Promise<StoredDocument | null> {
  return stored(async () => {
    const now = new Date().toISOString();
    const tx = writing(db, edit.kind);
    const store = tx.objectStore(STORE[edit.kind]);
    let after: StoredDocument | null = null;
    const work = async () => {
      const before = await store.get(edit.id);
      if (edit.action === 'put') after = drafted(edit.kind, edit.id, edit.body, before);
      else if (before && !before.deleted_at) after = { ...before, deleted_at: now };
      if (!after) return;
      await store.put(after);
      await queue(tx, edit, after.version, now);
    };
    await commit(tx, work);
    if (after) announce({ about: 'documents', person, kind: edit.kind, ids: [edit.id] });
    return after;
  });
}

/** Stores a document and its way to the server in one transaction; resolves when both are on the disk. */
export async function enqueue<K extends Kind>(
  db: Database,
  person: string,
  kind: K,
  id: string,
  body: Bodies[K]
): Promise<StoredDocuments[K]> {
  return (await write(db, person, { kind, id, action: 'put', body })) as StoredDocuments[K];
}

/** Marks a document as deleted, here at once and on the server when it can be reached. */
export async function enqueueRemoval(db: Database, person: string, kind: Kind, id: string): Promise<void> {
  await write(db, person, { kind, id, action: 'delete' });
}

/** Takes a deletion back: the document as it was is saved again. Resolves with null when it is not on this phone. */
export async function enqueueRestore(
  db: Database,
  person: string,
  kind: Kind,
  id: string
): Promise<StoredDocument | null> {
  const document = await stored(() => db.get(STORE[kind], id));
  if (!document) return null;
  const body = bodyOf(kind, document as Bodies[typeof kind]);
  return enqueue(db, person, kind, id, body);
}

export const unsentRows = (db: Database): Promise<OutboxRow[]> => stored(() => db.getAll('outbox'));
/** Edits, and what was done with flags. */
export const countUnsent = (db: Database): Promise<number> =>
  stored(async () => (await db.count('outbox')) + (await db.count('acts')));
