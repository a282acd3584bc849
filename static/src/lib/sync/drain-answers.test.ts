import { beforeEach, expect, test } from 'vitest';
import type { LogBody } from '#lib/domain/types.ts';
import { uuid7 } from '#lib/domain/uuid7.ts';
import { openDatabase, type Database } from '#lib/storage/db.ts';
import { rememberPerson } from '#lib/storage/device.ts';
import { log, newPhone, prescription, profileOf } from '#lib/storage/fixtures.fake.ts';
import { enqueue, enqueueRemoval, unsentRows } from '#lib/storage/outbox.ts';
import { keepMine, takeTheirs } from '#lib/storage/resolution.ts';
import { drain } from './drain.ts';
import { FakeServer, problem } from './server.fake.ts';

const ID = uuid7();
let db: Database;
let server: FakeServer;

beforeEach(async () => {
  newPhone();
  server = new FakeServer().install();
  await rememberPerson(profileOf('alice'));
  db = await openDatabase('alice');
});

const save = (note: string, id = ID) => enqueue(db, 'alice', 'log', id, log(note));
const send = () => drain(db, 'alice');
const left = async () => (await unsentRows(db)).map((row) => (row.body as LogBody | null)?.note ?? row.action);
const noted = (id = ID) => server.rows.get(id)?.body.note;
const local = (id = ID) => db.get('entries', id);
const http = (status: number, body: unknown = problem(status, 'x'), headers = {}) =>
  Response.json(body, { status, headers });

/** Only the first request meets the fault. */
function onceFault(fault: Awaited<ReturnType<FakeServer['fault']>>): void {
  server.fault = () => {
    server.fault = () => null;
    return fault;
  };
}

test('an item of a batch that is refused holds up no other', async () => {
  await save('bad', 'a');
  await save('good', 'b');
  server.refuses = (note) => (note === 'bad' ? 400 : null);
  expect((await send()).state).toBe('done');
  expect(await left()).toEqual(['bad']);
  expect(noted('b')).toBe('good');
  const [row] = await unsentRows(db);
  expect(row?.attention).toMatchObject({ problem: { status: 400, errors: [{ code: 'invalid' }] }, current: null });
});

test('a refused edit is not sent again by itself; corrected, it goes', async () => {
  await save('bad');
  server.refuses = (note) => (note === 'bad' ? 400 : null);
  await send();
  await send();
  expect(server.log).toHaveLength(1);
  await save('good');
  await send();
  expect(noted()).toBe('good');
  expect(await left()).toEqual([]);
});

test.each([408, 429, 500, 502, 503])('a %i is tried again and nothing goes', async (status) => {
  await save('one');
  onceFault(http(status, problem(status, 'x'), { 'Retry-After': '7' }));
  expect(await send()).toEqual({ state: 'later', sent: 0, wait: 7000 });
  expect(await left()).toEqual(['one']);
  await send();
  expect(server.writes).toEqual([ID]);
});

test('one edit that breaks the server does not hold up the others', async () => {
  for (const id of ['a', 'b', 'c', 'd', 'e']) await save(id, id);
  server.fault = (_method, _path, body) => (JSON.stringify(body).includes('"note":"b"') ? http(500) : null);
  expect((await send()).state).toBe('later');
  expect(await left()).toEqual(['b']);
  expect([...server.rows.keys()].sort()).toEqual(['a', 'c', 'd', 'e']);
});

test('a server that is broken altogether is left in peace', async () => {
  for (let n = 0; n < 60; n += 1) await save(`${n}`, uuid7());
  let asked = 0;
  server.fault = () => {
    asked += 1;
    return http(500);
  };
  expect((await send()).state).toBe('later');
  expect(asked).toBeLessThan(15);
  expect(await left()).toHaveLength(60);
});

test('a batch that is too large as a whole is halved until it passes', async () => {
  for (let n = 0; n < 8; n += 1) await save(`${n}`, uuid7());
  server.fault = (_method, _path, body) => ((body as unknown[]).length > 2 ? http(413) : null);
  expect(await send()).toMatchObject({ state: 'done', sent: 8 });
});

test('the login page of a hotel confirms nothing', async () => {
  await save('one');
  onceFault(new Response('<html>Welcome</html>', { status: 200 }));
  expect((await send()).state).toBe('later');
  expect(await left()).toEqual(['one']);
});

test.each([
  ['another id', [{ id: 'other', status: 200, body: {}, error: null }]],
  ['no id', [{ id: ID, status: 200, body: {}, error: null }]],
  ['nothing', []],
  ['no list', {}]
])('a 2xx that names %s confirms nothing', async (_name, body) => {
  await save('one');
  onceFault(http(200, body));
  expect((await send()).state).toBe('later');
  expect(await left()).toEqual(['one']);
});

test('an ended session pauses; after signing in again it goes on', async () => {
  await save('one');
  server.session = null;
  expect((await send()).state).toBe('signed-out');
  expect(await left()).toEqual(['one']);
  server.session = 'alice';
  expect((await send()).state).toBe('done');
});

test('the server refuses what is sent under the session of another person', async () => {
  await save('one');
  server.session = 'bob';
  expect((await send()).state).toBe('other-person');
  expect(server.rows.size).toBe(0);
  expect(await left()).toEqual(['one']);
});

test('nothing is sent when another person has signed in on this phone, and she finds it when she returns', async () => {
  await save('one');
  await rememberPerson(profileOf('bob'));
  server.session = 'bob';
  expect((await send()).state).toBe('other-person');
  expect(server.log).toEqual([]);
  const bobs = await openDatabase('bob');
  expect(await drain(bobs, 'bob')).toMatchObject({ state: 'done', sent: 0 });
  await rememberPerson(profileOf('alice'));
  server.session = 'alice';
  await send();
  expect(noted()).toBe('one');
});

test('a person who changes in the middle of a drain stops it', async () => {
  for (let n = 0; n < 60; n += 1) await save(`${n}`, uuid7());
  server.fault = async () => {
    await rememberPerson(profileOf('bob'));
    return null;
  };
  expect(await send()).toMatchObject({ state: 'other-person', sent: 50 });
  expect(await left()).toHaveLength(10);
});

test('deleted elsewhere, edited here: the person sees both and may keep hers', async () => {
  await save('one');
  await send();
  server.erase(ID);
  await save('two');
  await send();
  const [row] = await unsentRows(db);
  expect(row?.attention?.current?.deleted_at).not.toBeNull();
  expect(row?.attention?.problem.status).toBe(409);
  expect(await local()).toMatchObject({ note: 'two', deleted_at: null });
  await keepMine(db, 'alice', row!.seq);
  await send();
  expect(noted()).toBe('two');
  expect(server.rows.get(ID)?.deleted_at).toBeNull();
  expect(await left()).toEqual([]);
});

test('edited elsewhere, deleted here: the person sees both and may take theirs', async () => {
  await save('one');
  await send();
  server.write('logs', ID, { ...log('theirs') });
  await enqueueRemoval(db, 'alice', 'log', ID);
  await send();
  const [row] = await unsentRows(db);
  expect(row).toMatchObject({ action: 'delete', attention: { current: { version: 2, note: 'theirs' } } });
  await takeTheirs(db, 'alice', row!.seq, row!.attention!.current);
  expect(await left()).toEqual([]);
  expect(await local()).toMatchObject({ note: 'theirs', version: 2, deleted_at: null, local_date: '2026-11-20' });
});

test('an edit of a document that needs the person waits, other documents go on', async () => {
  await save('one', 'a');
  await send();
  server.erase('a');
  await save('two', 'a');
  await save('other', 'b');
  await send();
  expect(await left()).toEqual(['two']);
  expect(noted('b')).toBe('other');
});

test('a plan that another person set is not changed: her edit waits for the person, with what the server holds', async () => {
  const theirs = { ...prescription('theirs'), id: ID, version: 3, prescribed_by: 'Dana', deleted_at: null };
  await enqueue(db, 'alice', 'prescription', ID, prescription('mine'));
  onceFault(http(403, { ...problem(403, 'prescribed_by_another'), current: theirs }));
  await send();
  const [row] = await unsentRows(db);
  expect(row?.attention?.problem.errors[0]?.code).toBe('prescribed_by_another');
  await takeTheirs(db, 'alice', row!.seq, row!.attention!.current);
  expect(await unsentRows(db)).toEqual([]);
  expect(await db.get('prescriptions', ID)).toMatchObject({ note: 'theirs', prescribed_by: 'Dana' });
});
