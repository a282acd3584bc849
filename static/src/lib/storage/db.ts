import { deleteDB, openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb';
import type { Exercise } from '#lib/domain/types.ts';
import type { FlagAct, RaisedFlag } from '#lib/domain/flags.ts';
import type { Body, Kind, ServerDocument, StoredDocuments } from '#lib/domain/documents.ts';
import type { Settled } from '#lib/domain/signs.ts';
import type { ProblemShape } from '#lib/domain/problem.ts';
import { announceHere } from './changes.ts';
import { stored } from './faults.ts';

/** Why the server did not take an edit, and for a 409 what it holds instead. */
export interface Attention {
  problem: ProblemShape;
  current: ServerDocument | null;
}

/**
 * One edit on its way to the server. `seq` is the order in which the person made it, over all documents.
 * `base_version` is the version that the edit was made on, null when the server has never had the document.
 * `attempts` counts sends whose answer may have been lost: such a row is never changed, only answered.
 */
export interface OutboxRow {
  seq: number;
  kind: Kind;
  document: string;
  action: 'put' | 'delete';
  body: Body | null;
  base_version: number | null;
  attempts: number;
  queued_at: string;
  attention: Attention | null;
}

/** What the person did with a flag, on its way to the server; `seq` is the order in which it was done. */
export interface ActRow extends FlagAct {
  seq: number;
}

export interface Schema extends DBSchema {
  entries: { key: string; value: StoredDocuments['log'] };
  sessions: { key: string; value: StoredDocuments['session'] };
  routines: { key: string; value: StoredDocuments['routine'] };
  prescriptions: { key: string; value: StoredDocuments['prescription'] };
  checks: { key: string; value: StoredDocuments['check'] };
  measures: { key: string; value: StoredDocuments['measure'] };
  flags: { key: string; value: RaisedFlag };
  acts: { key: number; value: ActRow };
  exercises: { key: string; value: Exercise };
  outbox: { key: number; value: OutboxRow; indexes: { document: string } };
  meta: { key: string; value: unknown };
}

export type Database = IDBPDatabase<Schema>;
export type DocumentStore = 'entries' | 'sessions' | 'routines' | 'prescriptions' | 'checks' | 'measures';

export const STORE = {
  log: 'entries',
  session: 'sessions',
  routine: 'routines',
  prescription: 'prescriptions',
  check: 'checks',
  measure: 'measures'
} as const satisfies Record<Kind, DocumentStore>;

/** A write that has reached the disk when it says so, and not only the operating system's memory. */
export const STRICT: IDBTransactionOptions = { durability: 'strict' };

/**
 * Does `work` in a transaction and resolves when all of it is on the disk. When any of it fails nothing is kept: a
 * document that could not be cloned must not leave its other half behind.
 */
export async function commit(tx: { abort(): void; done: Promise<void> }, work: () => Promise<unknown>): Promise<void> {
  const all = async () => {
    try {
      await work();
    } catch (cause) {
      try {
        tx.abort();
      } catch {
        // Already aborted by the fault itself.
      }
      throw cause;
    }
  };
  await Promise.all([all(), tx.done]);
}

export const SCHEMA_VERSION = 5;
export const databaseName = (person: string) => `unpinch-${person}`;

type Upgrade = IDBPTransaction<Schema, StoreNames<Schema>[], 'versionchange'>;

// One step a version, each from the one before; a step never changes once it has been released.
const STEPS: ((db: Database, tx: Upgrade) => void)[] = [
  (db) => {
    for (const name of ['entries', 'sessions', 'routines'] as const) db.createObjectStore(name, { keyPath: 'id' });
    db.createObjectStore('exercises', { keyPath: 'slug' });
    db.createObjectStore('outbox', { keyPath: 'seq', autoIncrement: true }).createIndex('document', 'document');
    db.createObjectStore('meta');
  },
  (db, tx) => {
    db.createObjectStore('prescriptions', { keyPath: 'id' });
    // Sessions have learned to say more: all of them are asked for once again.
    void tx.objectStore('meta').delete('pull-session');
  },
  (db) => void db.createObjectStore('checks', { keyPath: 'id' }),
  (db, tx) => {
    db.createObjectStore('flags', { keyPath: 'id' });
    const acts = db.createObjectStore('acts', { keyPath: 'seq', autoIncrement: true });
    // What was settled on this phone was never told to the server.
    void tx.objectStore('meta').get('settled').then((settled) => {
      for (const { rule, reason, at } of (settled ?? []) as Settled[]) {
        void acts.add({ act: 'resolve', flag: null, rules: [rule], at, reason, until: null } as ActRow);
      }
    });
  },
  (db) => void db.createObjectStore('measures', { keyPath: 'id' })
];

/** Opens (or makes) the database of one person. Rejects with a Problem when the browser keeps nothing. */
export function openDatabase(person: string): Promise<Database> {
  return stored(() =>
    openDB<Schema>(databaseName(person), SCHEMA_VERSION, {
      upgrade(db, from, _to, tx) {
        for (const step of STEPS.slice(from)) step(db, tx as Upgrade);
      },
      // Another tab wants a newer schema, or to wipe: holding on would block it for ever.
      blocking(_current, wanted, event) {
        (event.target as IDBDatabase).close();
        if (wanted !== null) announceHere({ about: 'superseded' });
      },
      terminated: () => announceHere({ about: 'superseded' })
    })
  );
}

/**
 * Removes everything of one person from this phone. The rows go first, in one transaction, so that they are gone even
 * when a frozen tab keeps the empty database itself from being deleted at once.
 */
export function wipeDatabase(person: string, db: Database): Promise<void> {
  return stored(async () => {
    const names = Array.from(db.objectStoreNames);
    const tx = db.transaction(names, 'readwrite', STRICT);
    await commit(tx, () => Promise.all(names.map((name) => tx.objectStore(name).clear())));
    db.close();
    await new Promise<void>((resolve, reject) => {
      deleteDB(databaseName(person), { blocked: () => resolve() }).then(resolve, reject);
    });
  });
}
