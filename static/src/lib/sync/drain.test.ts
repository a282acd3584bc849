import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LogBody } from '#lib/domain/types.ts';
import { uuid7 } from '#lib/domain/uuid7.ts';
import { openDatabase, type Database } from '#lib/storage/db.ts';
import { rememberPerson } from '#lib/storage/device.ts';
import { log, newPhone, profileOf, session } from '#lib/storage/fixtures.fake.ts';
import { enqueue, enqueueRemoval, enqueueRestore, unsentRows } from '#lib/storage/outbox.ts';
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

afterEach(() => vi.unstubAllGlobals());

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

test('an entry arrives, its row goes and the document gets the version of the server', async () => {
  await save('one');
  expect(await send()).toEqual({ state: 'done', sent: 1, wait: null });
  expect(noted()).toBe('one');
  expect(await left()).toEqual([]);
  expect(await local()).toMatchObject({ version: 1, note: 'one', local_date: '2026-11-20' });
});

test('many entries go in batches of fifty', async () => {
  const ids = Array.from({ length: 120 }, () => uuid7());
  for (const id of ids) await save(id, id);
  expect(await send()).toMatchObject({ state: 'done', sent: 120 });
  expect(server.log).toEqual(Array(3).fill('POST /api/v1/logs/batch'));
  expect(server.rows.size).toBe(120);
});

test('sessions and routines go one by one, in the order in which they were made', async () => {
  const items = { name: 'Mine', items: [] };
  await enqueue(db, 'alice', 'routine', 'r', items);
  await enqueue(db, 'alice', 'session', 's', { ...session('done'), routine: 'r' });
  await send();
  expect(server.log).toEqual(['PUT /api/v1/routines/r', 'PUT /api/v1/sessions/s']);
  await enqueueRemoval(db, 'alice', 'routine', 'r');
  await send();
  expect(server.log.at(-1)).toBe('DELETE /api/v1/routines/r?base_version=1');
  expect(await left()).toEqual([]);
});

test.each(['lost-request', 'lost-answer'] as const)('after a %s the entry arrives exactly once', async (fault) => {
  await save('one');
  onceFault(fault);
  expect((await send()).state).toBe('later');
  expect(await left()).toEqual(['one']);
  expect((await send()).state).toBe('done');
  expect(server.writes).toEqual([ID]);
  expect(await local()).toMatchObject({ version: 1 });
});

test('an edit made while the answer was lost arrives after the entry, and both exactly once', async () => {
  await save('one');
  onceFault('lost-answer');
  await send();
  await save('two');
  await send();
  expect(server.writes).toEqual([ID, ID]);
  expect(noted()).toBe('two');
  expect(await local()).toMatchObject({ version: 2, note: 'two' });
});

test('an edit that takes the first one back is not lost on the way', async () => {
  await save('one');
  await send();
  await save('two');
  onceFault('lost-answer');
  await send();
  await save('one');
  await send();
  expect(noted()).toBe('one');
  expect(await local()).toMatchObject({ version: 3, note: 'one' });
});

test('what another device wrote meanwhile survives an edit of another field', async () => {
  await save('one');
  await send();
  await save('two');
  // The server merges by field; here it answers the first edit with what the other device had added.
  server.fault = async () => {
    server.fault = () => null;
    server.write('logs', ID, { ...log('two'), sleep_quality: 8 });
    await enqueue(db, 'alice', 'log', ID, { ...log('two'), triggers: ['sitting'] });
    const added = { id: ID, version: 2, received_at: 'x', changed_at: 'x', deleted_at: null };
    const body = { ...server.rows.get(ID)!.body, ...added };
    return http(200, [{ id: ID, status: 200, body, error: null }]);
  };
  await send();
  expect(server.rows.get(ID)?.body).toMatchObject({ sleep_quality: 8, triggers: ['sitting'], note: 'two' });
  expect(await local()).toMatchObject({ version: 3, sleep_quality: 8, triggers: ['sitting'] });
});

test('a page killed between the answer and the acknowledgement sends again, and nothing is doubled', async () => {
  await save('one');
  await save('two', 'b');
  server.fault = () => {
    // The page dies: its database closes under the drain that waits for the answer.
    db.close();
    server.fault = () => null;
    return null;
  };
  await expect(send()).rejects.toMatchObject({ code: 'storage_closed' });
  db = await openDatabase('alice');
  expect(await left()).toEqual(['one', 'two']);
  await send();
  expect(server.writes.sort()).toEqual([ID, 'b'].sort());
  expect(await left()).toEqual([]);
});

test('two drains at once send everything once', async () => {
  for (let n = 0; n < 5; n += 1) await save(`${n}`, uuid7());
  await enqueue(db, 'alice', 'session', 's', session('x'));
  const other = await openDatabase('alice');
  await Promise.all([send(), drain(other, 'alice'), send()]);
  expect(server.log).toEqual(['POST /api/v1/logs/batch', 'PUT /api/v1/sessions/s']);
  expect(await left()).toEqual([]);
});

test('without Web Locks, as on plain http, two drains of a page still take turns', async () => {
  vi.stubGlobal('navigator', {});
  for (let n = 0; n < 5; n += 1) await save(`${n}`, uuid7());
  await Promise.all([send(), send()]);
  expect(server.log).toEqual(['POST /api/v1/logs/batch']);
});

test('without Web Locks two tabs may both send, and still nothing is doubled or lost', async () => {
  vi.stubGlobal('navigator', {});
  await save('one');
  await enqueue(db, 'alice', 'session', 's', session('x'));
  vi.resetModules();
  const tab = await import('./drain.ts');
  await (await import('#lib/storage/device.ts')).rememberPerson(profileOf('alice'));
  const other = await openDatabase('alice');
  // The other tab sends all of it while this one's first request is on its way.
  server.fault = async () => {
    server.fault = () => null;
    await tab.drain(other, 'alice');
    return null;
  };
  await send();
  expect(server.log).toHaveLength(3);
  expect(server.writes.sort()).toEqual([ID, 's'].sort());
  expect(await left()).toEqual([]);
});

test('an entry saved during a drain goes with it', async () => {
  await save('one');
  server.fault = async () => {
    server.fault = () => null;
    await save('two', 'b');
    return null;
  };
  expect((await send()).sent).toBe(2);
  expect(await left()).toEqual([]);
});

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

test('a deletion arrives, and can be taken back after it has', async () => {
  await save('one');
  await send();
  await enqueueRemoval(db, 'alice', 'log', ID);
  await send();
  expect(server.rows.get(ID)?.deleted_at).not.toBeNull();
  await enqueueRestore(db, 'alice', 'log', ID);
  await send();
  expect(server.rows.get(ID)).toMatchObject({ deleted_at: null, body: { note: 'one' } });
  expect(await left()).toEqual([]);
});

test('a routine deleted with an answer without a body can be taken back too', async () => {
  await enqueue(db, 'alice', 'routine', 'r', { name: 'Mine', items: [] });
  await send();
  await enqueueRemoval(db, 'alice', 'routine', 'r');
  await send();
  await enqueueRestore(db, 'alice', 'routine', 'r');
  await send();
  expect(server.rows.get('r')).toMatchObject({ version: 3, deleted_at: null });
  expect(await left()).toEqual([]);
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
