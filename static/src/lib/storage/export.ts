import { SCHEMA_VERSION, type Database } from './db.ts';
import { stored } from './faults.ts';

/** Everything of one person on this phone, unsent edits first: what a file can save when nothing else can. */
export interface ExportFile {
  format: 'unpinch-phone';
  version: number;
  exported_at: string;
  person: string;
  unsent: unknown[];
  entries: unknown[];
  sessions: unknown[];
  routines: unknown[];
  prescriptions: unknown[];
  checks: unknown[];
}

/** One consistent reading of all stores: an entry being saved meanwhile is in it with its outbox row, or not at all. */
export function exportAll(db: Database, person: string): Promise<ExportFile> {
  return stored(async () => {
    const tx = db.transaction(['outbox', 'entries', 'sessions', 'routines', 'prescriptions', 'checks'], 'readonly');
    const [unsent, entries, sessions, routines, prescriptions, checks] = await Promise.all([
      tx.objectStore('outbox').getAll(),
      tx.objectStore('entries').getAll(),
      tx.objectStore('sessions').getAll(),
      tx.objectStore('routines').getAll(),
      tx.objectStore('prescriptions').getAll(),
      tx.objectStore('checks').getAll()
    ]);
    await tx.done;
    const head = { format: 'unpinch-phone', version: SCHEMA_VERSION, exported_at: new Date().toISOString() } as const;
    return { ...head, person, unsent, entries, sessions, routines, prescriptions, checks };
  });
}

export function asFile(data: ExportFile): File {
  const name = `unpinch-${data.exported_at.slice(0, 10)}.json`;
  return new File([JSON.stringify(data, null, 2)], name, { type: 'application/json' });
}
