import type { StoreNames } from 'idb';
import type { Settled } from '#lib/domain/signs.ts';
import { SCHEMA_VERSION, type Database, type Schema } from './db.ts';
import { stored } from './faults.ts';

/** Everything of one person on this phone, unsent edits first: what a file can save when nothing else can. */
export interface ExportFile {
  format: 'unpinch-phone';
  version: number;
  exported_at: string;
  person: string;
  unsent: unknown[];
  /** What was done with flags and the server has not heard. */
  acts: unknown[];
  entries: unknown[];
  sessions: unknown[];
  routines: unknown[];
  prescriptions: unknown[];
  checks: unknown[];
  measures: unknown[];
  flags: unknown[];
  /** Signs that were said to be over. */
  settled: unknown[];
}

const STORES = [
  'outbox',
  'acts',
  'entries',
  'sessions',
  'routines',
  'prescriptions',
  'checks',
  'measures',
  'flags',
  'meta'
] as const satisfies StoreNames<Schema>[];

/** One consistent reading of all stores: an entry being saved meanwhile is in it with its outbox row, or not at all. */
export function exportAll(db: Database, person: string): Promise<ExportFile> {
  return stored(async () => {
    const tx = db.transaction(STORES, 'readonly');
    const all = (name: (typeof STORES)[number]): Promise<unknown[]> => tx.objectStore(name).getAll();
    const file: ExportFile = {
      format: 'unpinch-phone',
      version: SCHEMA_VERSION,
      exported_at: new Date().toISOString(),
      person,
      unsent: await all('outbox'),
      acts: await all('acts'),
      entries: await all('entries'),
      sessions: await all('sessions'),
      routines: await all('routines'),
      prescriptions: await all('prescriptions'),
      checks: await all('checks'),
      measures: await all('measures'),
      flags: await all('flags'),
      settled: ((await tx.objectStore('meta').get('settled')) as Settled[] | undefined) ?? []
    };
    await tx.done;
    return file;
  });
}

export function asFile(data: ExportFile): File {
  const name = `unpinch-${data.exported_at.slice(0, 10)}.json`;
  return new File([JSON.stringify(data, null, 2)], name, { type: 'application/json' });
}
