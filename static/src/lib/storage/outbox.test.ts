import { beforeEach, expect, test, vi } from 'vitest';
import { Problem } from '#lib/domain/problem.ts';
import type { LogBody } from '#lib/domain/types.ts';
import { onChange, type Change } from './changes.ts';
import { openDatabase, wipeDatabase, type Database } from './db.ts';
import { exportAll } from './export.ts';
import { check, log, newPhone, prescription, session } from './fixtures.fake.ts';
import { markAttempted, refuse } from './answers.ts';
import { enqueue, enqueueRemoval, enqueueRestore, unsentRows } from './outbox.ts';
import { keepMine, takeTheirs } from './resolution.ts';

const ID = '01900000-0000-7000-8000-000000000001';
let db: Database;

beforeEach(async () => {
  newPhone();
  db = await openDatabase('alice');
});

const save = (note: string, id = ID) => enqueue(db, 'alice', 'log', id, log(note));
const remove = (id = ID) => enqueueRemoval(db, 'alice', 'log', id);
const notes = async () => (await unsentRows(db)).map((row) => (row.body as LogBody | null)?.note ?? row.action);
const invalid = { status: 400, title: 'invalid', errors: [] };

async function attempt(): Promise<void> {
  const rows = await unsentRows(db);
  await markAttempted(db, [rows[0]!.seq]);
}

test('a saved entry is on the disk together with its way to the server', async () => {
  const saved = await save('one');
  expect(saved).toMatchObject({ id: ID, version: 0, note: 'one', local_date: '2026-11-20', deleted_at: null });
  db.close();
  db = await openDatabase('alice');
  expect(await db.get('entries', ID)).toMatchObject({ note: 'one' });
  expect(await unsentRows(db)).toMatchObject([{ document: ID, action: 'put', base_version: null, attempts: 0 }]);
});

test('when the way to the server cannot be stored, neither is the entry, and the person is told', async () => {
  const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementationOnce(() => {
    throw new DOMException('no', 'UnknownError');
  });
  await expect(save('one')).rejects.toBeInstanceOf(Problem);
  add.mockRestore();
  expect(await db.count('entries')).toBe(0);
  expect(await db.count('outbox')).toBe(0);
});

test('a full disk surfaces as a problem with a code', async () => {
  const full = new Proxy(db, {
    get: (target, name) => {
      if (name !== 'transaction') return Reflect.get(target, name, target) as unknown;
      return () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    }
  });
  await expect(enqueue(full, 'alice', 'log', ID, log('one'))).rejects.toMatchObject({ code: 'storage_full' });
});

test('an edit of an entry that was never sent is folded into it', async () => {
  await save('one');
  await save('two');
  expect(await notes()).toEqual(['two']);
});

test('an edit of an entry that may have arrived waits behind it', async () => {
  await save('one');
  await attempt();
  await save('two');
  await save('three');
  expect(await notes()).toEqual(['one', 'three']);
  expect(await db.get('entries', ID)).toMatchObject({ note: 'three' });
});

test('an entry deleted before it was ever sent leaves nothing to send', async () => {
  await save('one');
  await remove();
  expect(await notes()).toEqual([]);
  expect((await db.get('entries', ID))?.deleted_at).not.toBeNull();
});

test('an entry deleted after it may have arrived is deleted there too', async () => {
  await save('one');
  await attempt();
  await remove();
  expect(await notes()).toEqual(['one', 'delete']);
});

test('a deletion taken back before it was sent is as if it had not been', async () => {
  await save('one');
  await attempt();
  await remove();
  await enqueueRestore(db, 'alice', 'log', ID);
  expect(await notes()).toEqual(['one', 'one']);
  expect((await db.get('entries', ID))?.deleted_at).toBeNull();
});

test('an unsent entry that was deleted can be taken back and is sent after all', async () => {
  await save('one');
  await remove();
  await enqueueRestore(db, 'alice', 'log', ID);
  expect(await unsentRows(db)).toMatchObject([{ action: 'put', base_version: null, body: { note: 'one' } }]);
});

test('a correction takes the place of an edit that was refused', async () => {
  await save('wrong');
  await attempt();
  await refuse(db, 'alice', (await unsentRows(db))[0]!, invalid, null);
  expect((await unsentRows(db))[0]?.attention?.problem).toEqual(invalid);
  await save('right');
  expect(await unsentRows(db)).toMatchObject([{ body: { note: 'right' }, attempts: 0, attention: null }]);
});

test('an edit made while the refusal was on its way takes its place too', async () => {
  await save('wrong');
  await attempt();
  const sent = (await unsentRows(db))[0]!;
  await save('right');
  await refuse(db, 'alice', sent, invalid, null);
  expect(await unsentRows(db)).toMatchObject([{ body: { note: 'right' }, base_version: null, attention: null }]);
});

test('deleting an entry that the server refused leaves nothing to send', async () => {
  await save('wrong');
  await attempt();
  const sent = (await unsentRows(db))[0]!;
  await remove();
  await refuse(db, 'alice', sent, invalid, null);
  expect(await unsentRows(db)).toEqual([]);
});

test('giving up an edit that is corrected at the same moment gives up nothing', async () => {
  await save('wrong');
  await attempt();
  const sent = (await unsentRows(db))[0]!;
  await refuse(db, 'alice', sent, invalid, null);
  await Promise.all([takeTheirs(db, 'alice', sent.seq, null), save('right')]);
  expect(await unsentRows(db)).toMatchObject([{ body: { note: 'right' } }]);
  expect(await db.get('entries', ID)).toMatchObject({ note: 'right' });
});

test('edits of different documents keep the order in which they were made', async () => {
  await save('one', 'a');
  await enqueue(db, 'alice', 'session', 's', session('two'));
  await save('three', 'b');
  expect((await unsentRows(db)).map((row) => row.document)).toEqual(['a', 's', 'b']);
});

test('a plan that was removed can be taken back as it was', async () => {
  await enqueue(db, 'alice', 'prescription', 'p', prescription('mine'));
  await enqueueRemoval(db, 'alice', 'prescription', 'p');
  expect((await db.get('prescriptions', 'p'))?.deleted_at).not.toBeNull();
  await enqueueRestore(db, 'alice', 'prescription', 'p');
  expect(await unsentRows(db)).toMatchObject([{ kind: 'prescription', body: prescription('mine') }]);
});

test('the file holds everything, unsent edits too', async () => {
  await save('one');
  await enqueue(db, 'alice', 'session', 's', session('two'));
  await enqueue(db, 'alice', 'prescription', 'p', prescription('three'));
  const file = await exportAll(db, 'alice');
  expect(file).toMatchObject({ person: 'alice', entries: [{ note: 'one' }], sessions: [{ note: 'two' }] });
  expect(file.prescriptions).toMatchObject([{ note: 'three' }]);
  expect(file.unsent).toHaveLength(3);
});

test.each([
  ['keeps hers', (seq: number) => keepMine(db, 'alice', seq)],
  ['takes the other', (seq: number, theirs: object) => takeTheirs(db, 'alice', seq, theirs as never)]
])('whoever %s of two contradicting checks hides no yes', async (_name, way) => {
  await enqueue(db, 'alice', 'check', 'c', { ...check('no'), answers: { saddle: 'no', bowel: 'new' }, flags: [{ rule: 'bowel', level: 'E' }] });
  const theirs = { ...check('worse'), id: 'c', version: 3, received_at: '', changed_at: '', deleted_at: null, local_date: '' };
  const [row] = await unsentRows(db);
  await markAttempted(db, [row!.seq]);
  await refuse(db, 'alice', row!, { status: 409, title: 'conflict', errors: [] }, theirs);
  await way(row!.seq, theirs);
  const flags = [{ rule: 'bowel', level: 'E' }, { rule: 'saddle', level: 'E' }];
  expect(await unsentRows(db)).toMatchObject([
    { base_version: 3, attention: null, body: { answers: { saddle: 'worse', bowel: 'new' }, flags, level: 'E' } }
  ]);
});

test('a save is told to whoever shows it', async () => {
  const heard: Change[] = [];
  const stop = onChange((change) => heard.push(change));
  await save('one');
  stop();
  expect(heard).toEqual([{ about: 'documents', person: 'alice', kind: 'log', ids: [ID] }]);
});

test('wiping leaves nothing, also while another tab has the database open', async () => {
  await save('one');
  const elsewhere = await openDatabase('alice');
  await wipeDatabase('alice', db);
  elsewhere.close();
  db = await openDatabase('alice');
  expect(await db.count('entries')).toBe(0);
  expect(await db.count('outbox')).toBe(0);
});

test('a tab with an older schema steps aside for a newer one and says so', async () => {
  const heard: Change[] = [];
  const stop = onChange((change) => heard.push(change));
  const newer = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('unpinch-alice', 99);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error as Error);
  });
  stop();
  newer.close();
  expect(heard).toEqual([{ about: 'superseded' }]);
  await expect(save('late')).rejects.toMatchObject({ code: 'storage_closed' });
  await expect(openDatabase('alice')).rejects.toMatchObject({ code: 'app_outdated' });
});
