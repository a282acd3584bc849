import type { IDBPTransaction } from 'idb';
import {
  bodyOf,
  drafted,
  received,
  type Body,
  type Bodies,
  type Kind,
  type ServerDocument,
  type StoredDocument,
  type StoredDocuments
} from '#lib/domain/documents.ts';
import { carryOver } from '#lib/domain/merge.ts';
import type { ProblemShape } from '#lib/domain/problem.ts';
import { announce } from './changes.ts';
import { STORE, STRICT, commit, type Database, type DocumentStore, type OutboxRow, type Schema } from './db.ts';
import { stored } from './faults.ts';

type Tx = IDBPTransaction<Schema, (DocumentStore | 'outbox')[], 'readwrite'>;

function writing(db: Database, kind: Kind): Tx {
  return db.transaction([STORE[kind], 'outbox'], 'readwrite', STRICT) as Tx;
}

/** The edits of one document that the server has not acknowledged, oldest first. */
const waiting = (tx: Tx, document: string) => tx.objectStore('outbox').index('document').getAll(document);

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

/**
 * Marks rows as being sent and answers them as they are on the disk now. From here on an edit of the same document gets
 * a row of its own: the server may already have taken this one when the answer is lost.
 */
export function markAttempted(db: Database, seqs: number[]): Promise<OutboxRow[]> {
  return stored(async () => {
    const tx = db.transaction('outbox', 'readwrite', STRICT);
    const rows: OutboxRow[] = [];
    const work = async () => {
      for (const seq of seqs) {
        const row = await tx.store.get(seq);
        if (!row || row.attention) continue;
        const marked = { ...row, attempts: row.attempts + 1 };
        await tx.store.put(marked);
        rows.push(marked);
      }
    };
    await commit(tx, work);
    return rows;
  });
}

/** Later edits were made without knowing what the server merged in: carries them over to its new version. */
async function carryLaterEdits(
  tx: Tx,
  sent: OutboxRow,
  rows: OutboxRow[],
  answer: ServerDocument
): Promise<Body | null> {
  let base: object = sent.body ?? {};
  let theirs: object = answer;
  let newest: Body | null = null;
  for (const row of rows) {
    const body: Body | null = row.body && sent.body ? carryOver(base, row.body, theirs) : row.body;
    await tx.objectStore('outbox').put({ ...row, body, base_version: answer.version });
    base = row.body ?? base;
    theirs = body ?? theirs;
    newest = body;
  }
  return newest;
}

/** A deletion may be answered without a body; the tombstone is then the version after the one that was deleted. */
function tombstone(sent: OutboxRow, local: StoredDocument): ServerDocument {
  return { ...(local as ServerDocument), version: (sent.base_version ?? 0) + 1 };
}

/** The server named this id with a 2xx: only now the row goes, and the document gets the server's version. */
export function acknowledge(
  db: Database,
  person: string,
  sent: OutboxRow,
  answer: ServerDocument | null
): Promise<void> {
  return stored(async () => {
    const tx = writing(db, sent.kind);
    const store = tx.objectStore(STORE[sent.kind]);
    const work = async () => {
      const row = await tx.objectStore('outbox').get(sent.seq);
      if (!row) return; // Another tab was faster.
      await tx.objectStore('outbox').delete(sent.seq);
      const later = await waiting(tx, sent.document);
      const local = await store.get(sent.document);
      const theirs = answer ?? (local ? tombstone(sent, local) : null);
      if (!theirs) return;
      if (later.length === 0) {
        if (!local || local.version <= theirs.version) await store.put(received(sent.kind, theirs));
        return;
      }
      const newest = await carryLaterEdits(tx, row, later, theirs);
      if (!local) return;
      const { version, received_at, changed_at } = theirs;
      const known = { ...local, version, received_at, changed_at };
      await store.put(newest ? drafted(sent.kind, sent.document, newest, known) : known);
    };
    await commit(tx, work);
    announce({ about: 'documents', person, kind: sent.kind, ids: [sent.document] });
  });
}

/**
 * The server will not have this edit as it is. It is kept and shown to the person, unless she has edited the document
 * again since: then the newer edit, which holds all of it, is tried in its place.
 */
export function refuse(
  db: Database,
  person: string,
  sent: OutboxRow,
  problem: ProblemShape,
  current: ServerDocument | null
): Promise<void> {
  return stored(async () => {
    const tx = writing(db, sent.kind);
    const outbox = tx.objectStore('outbox');
    const work = async () => {
      const row = await outbox.get(sent.seq);
      if (!row) return;
      const later = (await waiting(tx, sent.document)).find((one) => one.seq > sent.seq);
      if (!later) {
        await outbox.put({ ...row, attention: { problem, current } });
        return;
      }
      await outbox.delete(row.seq);
      const nothingToDelete = later.action === 'delete' && row.base_version === null && !current;
      if (nothingToDelete) await outbox.delete(later.seq);
      else await outbox.put({ ...later, base_version: row.base_version });
    };
    await commit(tx, work);
    announce({ about: 'documents', person, kind: sent.kind, ids: [sent.document] });
  });
}
