/** What becomes of an edit when the server has answered. */
import { drafted, received, type Body, type ServerDocument, type StoredDocument } from '#lib/domain/documents.ts';
import { mergeChecks } from '#lib/domain/checkmerge.ts';
import { carryOver } from '#lib/domain/merge.ts';
import type { ProblemShape } from '#lib/domain/problem.ts';
import type { CheckBody } from '#lib/domain/types.ts';
import { announce } from './changes.ts';
import { STORE, STRICT, commit, type Database, type OutboxRow } from './db.ts';
import { stored } from './faults.ts';
import { waiting, writing, type Tx } from './outbox.ts';

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

function merged({ kind, body }: OutboxRow, base: object, theirs: object): Body {
  if (kind === 'check') return mergeChecks(base as CheckBody, body as CheckBody, theirs as CheckBody);
  return carryOver(base, body!, theirs);
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
    const body = row.body && sent.body ? merged(row, base, theirs) : row.body;
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
