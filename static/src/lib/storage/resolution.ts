import { inOrder, mergeChecks } from '#lib/domain/checkmerge.ts';
import { bodyOf, received, type ServerDocument } from '#lib/domain/documents.ts';
import { sameValue } from '#lib/domain/merge.ts';
import type { CheckBody, ServerCheck } from '#lib/domain/types.ts';
import { announce } from './changes.ts';
import { STORE, STRICT, commit, type Database, type OutboxRow } from './db.ts';
import { stored } from './faults.ts';

/** The row to be sent on top of what the server holds. The answers of a check are put together: none hides a worse one. */
function again(row: OutboxRow): OutboxRow {
  const current = row.attention?.current ?? null;
  const base_version = current?.version ?? row.base_version;
  const both = row.kind === 'check' && row.body && current && !current.deleted_at;
  const body = both ? bodyOf('check', mergeChecks(null, row.body as CheckBody, current as ServerCheck)) : row.body;
  return { ...row, body, base_version, attempts: 0, attention: null };
}

/** Giving up a check in which something worse is answered would hide that. */
function holdsWorse(row: OutboxRow, theirs: ServerDocument | null): boolean {
  if (row.kind !== 'check' || !row.body || !theirs || theirs.deleted_at) return false;
  const { flags } = mergeChecks(null, row.body as CheckBody, theirs as ServerCheck);
  return !sameValue(flags, inOrder([...(theirs as ServerCheck).flags]));
}

/** The person keeps her version: it goes out again, on top of what the server holds now. */
export function keepMine(db: Database, person: string, seq: number): Promise<void> {
  return stored(async () => {
    const tx = db.transaction('outbox', 'readwrite', STRICT);
    let row: OutboxRow | undefined;
    const work = async () => {
      row = await tx.store.get(seq);
      if (!row?.attention) return;
      await tx.store.put(again(row));
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
      const now = await tx.objectStore('outbox').get(seq);
      if (!now?.attention) return;
      if (holdsWorse(now, theirs)) {
        await tx.objectStore('outbox').put(again({ ...now, attention: { ...now.attention, current: theirs } }));
        return;
      }
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
