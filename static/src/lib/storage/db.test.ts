import { beforeEach, expect, test } from 'vitest';
import { openDatabase } from './db.ts';
import { check, log, measure, newPhone, prescription, session } from './fixtures.fake.ts';
import { getMeta } from './meta.ts';
import { enqueue, unsentRows } from './outbox.ts';

beforeEach(newPhone);

/** A phone as version 1 of the app left it: these rows are what it wrote, not what the code of today would write. */
function firstVersion(): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('unpinch-alice', 1);
    opening.onerror = () => reject(opening.error as Error);
    opening.onupgradeneeded = () => {
      const db = opening.result;
      for (const name of ['entries', 'sessions', 'routines']) db.createObjectStore(name, { keyPath: 'id' });
      db.createObjectStore('exercises', { keyPath: 'slug' });
      db.createObjectStore('outbox', { keyPath: 'seq', autoIncrement: true }).createIndex('document', 'document');
      db.createObjectStore('meta');
      const put = (store: string, value: unknown, key?: string) => opening.transaction!.objectStore(store).put(value, key);
      put('entries', { ...log('kept'), id: 'entry', version: 1, deleted_at: null });
      put('sessions', { ...session('kept'), id: 'session', version: 1, deleted_at: null });
      put('outbox', { kind: 'log', document: 'entry', action: 'put', body: log('kept'), base_version: 1, attempts: 0 });
      put('meta', { filling: null, filled: true, changed_at: '2026-11-01T00:00:00Z' }, 'pull-log');
      put('meta', { filling: null, filled: true, changed_at: '2026-11-01T00:00:00Z' }, 'pull-session');
      put('meta', { routine: 'half way' }, 'player');
    };
    opening.onsuccess = () => (opening.result.close(), resolve());
  });
}

test('an update keeps everything that the phone holds, what is unsent and a paused routine too', async () => {
  await firstVersion();
  const db = await openDatabase('alice');
  expect(await db.get('entries', 'entry')).toMatchObject({ note: 'kept' });
  expect(await db.get('sessions', 'session')).toMatchObject({ note: 'kept' });
  expect(await unsentRows(db)).toMatchObject([{ document: 'entry', body: { note: 'kept' } }]);
  expect(await getMeta(db, 'player')).toEqual({ routine: 'half way' });
  expect(await getMeta(db, 'pull-log')).toMatchObject({ filled: true });
});

test('after the update there is room for plans, and sessions are asked for once again', async () => {
  await firstVersion();
  const db = await openDatabase('alice');
  await enqueue(db, 'alice', 'prescription', 'plan', prescription('new'));
  expect(await db.get('prescriptions', 'plan')).toMatchObject({ note: 'new', prescribed_by: null, version: 0 });
  expect(await getMeta(db, 'pull-session')).toBeNull();
});

/** As version 2 left it: what a person carries about today. */
function secondVersion(): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('unpinch-alice', 2);
    opening.onerror = () => reject(opening.error as Error);
    opening.onupgradeneeded = () => {
      const db = opening.result;
      const stores = ['entries', 'sessions', 'routines', 'prescriptions'];
      for (const name of stores) db.createObjectStore(name, { keyPath: 'id' });
      db.createObjectStore('exercises', { keyPath: 'slug' });
      db.createObjectStore('outbox', { keyPath: 'seq', autoIncrement: true }).createIndex('document', 'document');
      db.createObjectStore('meta');
      const put = (store: string, value: unknown, key?: string) => opening.transaction!.objectStore(store).put(value, key);
      put('prescriptions', { ...prescription('kept'), id: 'plan', version: 1, deleted_at: null });
      put('outbox', { kind: 'log', document: 'entry', action: 'put', body: log('kept'), base_version: 1, attempts: 0 });
      put('meta', { filling: null, filled: true, changed_at: '2026-11-01T00:00:00Z' }, 'pull-session');
    };
    opening.onsuccess = () => (opening.result.close(), resolve());
  });
}

test.each([
  ['the first version', firstVersion],
  ['the second version', secondVersion]
])('a phone with %s has room for answers about signs after the update', async (_name, old) => {
  await old();
  const db = await openDatabase('alice');
  await enqueue(db, 'alice', 'check', 'answers', check('new'));
  expect(await db.get('checks', 'answers')).toMatchObject({
    answers: { saddle: 'new' },
    flags: [{ rule: 'saddle', level: 'E' }],
    local_date: '2026-11-20',
    version: 0
  });
  expect(await unsentRows(db)).toMatchObject([{ document: 'entry' }, { kind: 'check', document: 'answers' }]);
});

test('the update from the second version keeps plans, and asks for nothing again', async () => {
  await secondVersion();
  const db = await openDatabase('alice');
  expect(await db.get('prescriptions', 'plan')).toMatchObject({ note: 'kept' });
  expect(await getMeta(db, 'pull-session')).toMatchObject({ filled: true });
});

/** As version 3 left it: what was settled was known to this phone alone. */
function thirdVersion(): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('unpinch-alice', 3);
    opening.onerror = () => reject(opening.error as Error);
    opening.onupgradeneeded = () => {
      const db = opening.result;
      const stores = ['entries', 'sessions', 'routines', 'prescriptions', 'checks'];
      for (const name of stores) db.createObjectStore(name, { keyPath: 'id' });
      db.createObjectStore('exercises', { keyPath: 'slug' });
      db.createObjectStore('outbox', { keyPath: 'seq', autoIncrement: true }).createIndex('document', 'document');
      db.createObjectStore('meta');
      const settled = [{ rule: 'saddle', reason: 'checked', at: '2026-11-20T09:00:00+01:00', sent: false }];
      opening.transaction!.objectStore('meta').put(settled, 'settled');
    };
    opening.onsuccess = () => (opening.result.close(), resolve());
  });
}

test('what was settled before the update is told to the server after it', async () => {
  await thirdVersion();
  const db = await openDatabase('alice');
  const act = { act: 'resolve', flag: null, rules: ['saddle'], at: '2026-11-20T09:00:00+01:00', reason: 'checked', until: null };
  expect(await db.getAll('acts')).toEqual([{ ...act, seq: 1 }]);
  expect(await getMeta(db, 'settled')).toMatchObject([{ rule: 'saddle', sent: false }]);
  expect(await db.getAll('flags')).toEqual([]);
});

/** As version 4 left it: nobody had asked about the week. */
function fourthVersion(): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('unpinch-alice', 4);
    opening.onerror = () => reject(opening.error as Error);
    opening.onupgradeneeded = () => {
      const db = opening.result;
      const stores = ['entries', 'sessions', 'routines', 'prescriptions', 'checks', 'flags'];
      for (const name of stores) db.createObjectStore(name, { keyPath: 'id' });
      db.createObjectStore('exercises', { keyPath: 'slug' });
      db.createObjectStore('acts', { keyPath: 'seq', autoIncrement: true });
      db.createObjectStore('outbox', { keyPath: 'seq', autoIncrement: true }).createIndex('document', 'document');
      db.createObjectStore('meta');
      const put = (store: string, value: unknown, key?: string) => opening.transaction!.objectStore(store).put(value, key);
      put('checks', { ...check('new'), id: 'answers', version: 1, deleted_at: null });
      put('flags', { id: 'flag', rule: 'saddle', level: 'E' });
      put('acts', { act: 'see', flag: 'flag', rules: [], at: '2026-11-20T09:00:00+01:00', reason: null, until: null });
      put('outbox', { kind: 'check', document: 'answers', action: 'put', body: check('new'), base_version: 1, attempts: 0 });
      put('meta', { filling: null, filled: true, changed_at: '2026-11-01T00:00:00Z' }, 'pull-check');
      put('meta', '2026-11-22', 'questions_later');
    };
    opening.onsuccess = () => (opening.result.close(), resolve());
  });
}

test('the update from the fourth version loses nothing, and has room for how the week was', async () => {
  await fourthVersion();
  const db = await openDatabase('alice');
  expect(await db.get('checks', 'answers')).toMatchObject({ answers: { saddle: 'new' }, version: 1 });
  expect(await db.getAll('flags')).toEqual([{ id: 'flag', rule: 'saddle', level: 'E' }]);
  expect(await db.getAll('acts')).toMatchObject([{ act: 'see', flag: 'flag', seq: 1 }]);
  expect(await getMeta(db, 'pull-check')).toMatchObject({ filled: true });
  expect(await getMeta(db, 'questions_later')).toBe('2026-11-22');

  await enqueue(db, 'alice', 'measure', 'week', measure(4));
  expect(await db.get('measures', 'week')).toMatchObject({ kind: 'interference', local_date: '2026-11-20', version: 0 });
  expect(await unsentRows(db)).toMatchObject([{ document: 'answers' }, { kind: 'measure', document: 'week' }]);
});

test('a phone out of the box has the same stores as one that was updated', async () => {
  const fresh = await openDatabase('bob');
  await firstVersion();
  const updated = await openDatabase('alice');
  expect([...fresh.objectStoreNames]).toEqual([...updated.objectStoreNames]);
});
