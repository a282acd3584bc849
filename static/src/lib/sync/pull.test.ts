import { beforeEach, expect, test } from 'vitest';
import { uuid7 } from '#lib/domain/uuid7.ts';
import { openDatabase, type Database } from '#lib/storage/db.ts';
import { rememberPerson } from '#lib/storage/device.ts';
import { log, measure, newPhone, prescription, profileOf, session } from '#lib/storage/fixtures.fake.ts';
import { enqueue, enqueueRemoval } from '#lib/storage/outbox.ts';
import { drain } from './drain.ts';
import { pull } from './pull.ts';
import { FakeServer } from './server.fake.ts';

let db: Database;
let server: FakeServer;

beforeEach(async () => {
  newPhone();
  server = new FakeServer().install();
  await rememberPerson(profileOf('alice'));
  db = await openDatabase('alice');
});

const day = (n: number) => log(`day ${n}`, { occurred_at: `2026-11-${String(n).padStart(2, '0')}T08:00:00+01:00` });
const onServer = (n: number, id: string = uuid7()) => (server.write('logs', id, { ...day(n) }), id);
const notes = async () => (await db.getAll('entries')).filter((one) => !one.deleted_at).map((one) => one.note).sort();
const askedOf = (list: string) => server.log.find((line) => line.startsWith(`GET /api/v1/${list}`))!;
const bring = () => pull(db, 'alice');

test('the first fill brings everything, the newest first, and says how far it is', async () => {
  for (const n of [3, 1, 5, 2, 4]) onServer(n);
  const seen: [string, number, string[]][] = [];
  const reading: Promise<unknown>[] = [];
  const progress = (kind: string, count: number) => {
    reading.push(notes().then((now) => kind === 'log' && seen.push([kind, count, now])));
  };
  expect((await pull(db, 'alice', progress)).state).toBe('done');
  await Promise.all(reading);
  expect(seen.map(([, count]) => count)).toEqual([2, 4, 5]);
  expect(seen[0]?.[2]).toEqual(expect.arrayContaining(['day 4', 'day 5']));
  expect(await notes()).toEqual(['day 1', 'day 2', 'day 3', 'day 4', 'day 5']);
});

test('a fill that was interrupted goes on where it was', async () => {
  for (const n of [1, 2, 3, 4, 5]) onServer(n);
  server.fault = (_method, path) => (path.includes('from=4') ? 'lost-request' : null);
  expect((await bring()).state).toBe('later');
  expect(await notes()).toEqual(['day 2', 'day 3', 'day 4', 'day 5']);
  server.fault = () => null;
  server.log = [];
  await bring();
  expect(await notes()).toHaveLength(5);
  expect(askedOf('logs')).toContain('from=4');
});

test('how the weeks were comes whole, then only what has changed, deletions too', async () => {
  for (const id of ['one', 'two', 'three']) server.write('measures', id, { ...measure(4), local_date: '2026-11-20' });
  await bring();
  expect((await db.getAll('measures')).map(({ id }) => id).sort()).toEqual(['one', 'three', 'two']);
  server.tick(600_000);
  server.write('measures', 'two', { ...measure(7), local_date: '2026-11-20' });
  server.erase('three');
  await bring();
  expect(await db.get('measures', 'two')).toMatchObject({ version: 2, interference: { pain: 7 } });
  expect((await db.get('measures', 'three'))?.deleted_at).not.toBeNull();
});

test('how the week was stays as it is here while it waits to be sent', async () => {
  server.write('measures', 'one', { ...measure(4), local_date: '2026-11-20' });
  await bring();
  await enqueue(db, 'alice', 'measure', 'one', measure(9));
  server.write('measures', 'one', { ...measure(5), local_date: '2026-11-20' });
  await bring();
  expect(await db.get('measures', 'one')).toMatchObject({ version: 1, interference: { pain: 9 } });
});

test('a cursor that the server has forgotten begins the fill again', async () => {
  for (const n of [1, 2, 3]) onServer(n);
  server.fault = (_method, path) => (path.includes('from=2') ? Response.json({ errors: [] }, { status: 404 }) : null);
  await bring();
  server.fault = () => null;
  await bring();
  expect(await notes()).toEqual(['day 1', 'day 2', 'day 3']);
});

test('what changes on a page already read, while older pages load, is not missed', async () => {
  const ids = [1, 2, 3, 4, 5].map((n) => onServer(n));
  server.fault = (_method, path) => {
    if (!path.includes('from=4')) return null;
    server.fault = () => null;
    server.tick(10 * 60_000);
    server.write('logs', ids[4]!, { ...day(5), note: 'changed' });
    server.tick(10 * 60_000);
    server.write('logs', ids[0]!, { ...day(1), note: 'changed too' });
    return null;
  };
  await bring();
  expect(await notes()).toEqual(['changed', 'changed too', 'day 2', 'day 3', 'day 4']);
});

test('later pulls ask only for what has changed, two minutes back', async () => {
  for (const n of [1, 2, 3]) onServer(n);
  await bring();
  const newest = [...server.rows.values()].map((row) => row.changed_at).sort().at(-1)!;
  server.log = [];
  const id = onServer(4);
  await bring();
  const since = new URLSearchParams(askedOf('logs').split('?')[1]).get('changed_since')!;
  expect(Date.parse(newest) - Date.parse(since)).toBe(120_000);
  expect(await db.get('entries', id)).toMatchObject({ note: 'day 4' });
});

test('a deletion on another device removes the entry here', async () => {
  const id = onServer(1);
  await bring();
  server.erase(id);
  await bring();
  expect(await notes()).toEqual([]);
});

test('an entry with an unsent edit is not overwritten, and the other ones are', async () => {
  const [mine, other] = [onServer(1), onServer(2)];
  await bring();
  await enqueue(db, 'alice', 'log', mine, log('mine'));
  server.write('logs', mine, { ...day(1), note: 'theirs' });
  server.write('logs', other, { ...day(2), note: 'changed' });
  await bring();
  expect(await notes()).toEqual(['changed', 'mine']);
});

test('an entry deleted here and not yet sent does not come back', async () => {
  const id = onServer(1);
  await bring();
  await enqueueRemoval(db, 'alice', 'log', id);
  server.write('logs', id, { ...day(1), note: 'theirs' });
  await bring();
  expect(await notes()).toEqual([]);
});

test('an answer that was delayed does not put an older version back', async () => {
  const id = onServer(1);
  await bring();
  server.fault = async (_method, path) => {
    if (!path.includes('changed_since') || !path.includes('/logs')) return null;
    const stale = { ...day(1), id, version: 1, received_at: 'x', changed_at: server.tick(), deleted_at: null };
    server.fault = () => null;
    await enqueue(db, 'alice', 'log', id, log('newer'));
    await drain(db, 'alice');
    return Response.json({ results: [stale], next: null });
  };
  await bring();
  expect(await db.get('entries', id)).toMatchObject({ note: 'newer', version: 2 });
});

test('sessions, routines and exercises come too; a routine that is gone goes, one that is unsent stays', async () => {
  const id = uuid7();
  server.write('sessions', id, { ...session('done') });
  server.write('routines', 'kept', { name: 'Evening', items: [], starter: false });
  server.write('routines', 'gone', { name: 'Morning', items: [], starter: false });
  server.write('exercises', 'bridge', { slug: 'bridge', name: 'Bridge' });
  await bring();
  expect(await db.get('sessions', id)).toMatchObject({ note: 'done' });
  expect(await db.getAllKeys('exercises')).toEqual(['bridge']);
  await enqueue(db, 'alice', 'routine', 'unsent', { name: 'Mine', items: [] });
  server.erase('gone');
  await bring();
  expect((await db.getAllKeys('routines')).sort()).toEqual(['kept', 'unsent']);
});

test('plans come as one list: one that another device ended goes, one that is unsent stays', async () => {
  server.write('prescriptions', 'kept', { ...prescription('kept'), prescribed_by: 'Dana' });
  server.write('prescriptions', 'gone', { ...prescription('gone'), prescribed_by: null });
  await bring();
  expect(await db.get('prescriptions', 'kept')).toMatchObject({ note: 'kept', prescribed_by: 'Dana' });
  await enqueue(db, 'alice', 'prescription', 'unsent', prescription('mine'));
  server.erase('gone');
  await bring();
  expect((await db.getAllKeys('prescriptions')).sort()).toEqual(['kept', 'unsent']);
});

test('a server that knows no plans yet keeps nothing else away', async () => {
  onServer(1);
  server.write('sessions', 's', { ...session('done') });
  server.fault = (_method, path) => (path.includes('prescriptions') ? Response.json({ errors: [] }, { status: 404 }) : null);
  await bring();
  expect(await notes()).toEqual(['day 1']);
  expect(await db.count('sessions')).toBe(1);
});

test('nothing of another person lands here', async () => {
  onServer(1);
  server.session = 'bob';
  expect((await bring()).state).toBe('other-person');
  await rememberPerson(profileOf('bob'));
  expect((await bring()).state).toBe('other-person');
  expect(await notes()).toEqual([]);
});

test('a page that was on its way when another person signed in is thrown away', async () => {
  onServer(1);
  server.fault = async () => {
    await rememberPerson(profileOf('bob'));
    return null;
  };
  expect((await bring()).state).toBe('other-person');
  expect(await notes()).toEqual([]);
});

test('an ended session is told, not hidden', async () => {
  server.session = null;
  expect((await bring()).state).toBe('signed-out');
});
