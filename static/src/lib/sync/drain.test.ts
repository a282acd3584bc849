import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LogBody } from '#lib/domain/types.ts';
import { uuid7 } from '#lib/domain/uuid7.ts';
import { openDatabase, type Database } from '#lib/storage/db.ts';
import { rememberPerson } from '#lib/storage/device.ts';
import { log, measure, newPhone, prescription, profileOf, session } from '#lib/storage/fixtures.fake.ts';
import { enqueue, enqueueRemoval, enqueueRestore, unsentRows } from '#lib/storage/outbox.ts';
import { drain } from './drain.ts';
import { FakeServer } from './server.fake.ts';

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

test('how the week was is sent, and a correction of it becomes its next version', async () => {
  await enqueue(db, 'alice', 'measure', ID, measure(4));
  expect(await send()).toMatchObject({ state: 'done', sent: 1 });
  await enqueue(db, 'alice', 'measure', ID, measure(6));
  await send();
  expect(server.log.filter((line) => line.startsWith('PUT'))).toEqual(Array(2).fill(`PUT /api/v1/measures/${ID}`));
  expect(server.rows.get(ID)).toMatchObject({ version: 2, body: { kind: 'interference', interference: { pain: 6 } } });
  expect(await db.get('measures', ID)).toMatchObject({ version: 2, local_date: '2026-11-20' });
});

test('a plan is sent, and a change of it becomes its next version', async () => {
  await enqueue(db, 'alice', 'prescription', ID, prescription('one'));
  await send();
  await enqueue(db, 'alice', 'prescription', ID, { ...prescription('two'), times_a_day: 1 });
  expect(await send()).toMatchObject({ state: 'done', sent: 1 });
  expect(server.log).toEqual(Array(2).fill(`PUT /api/v1/prescriptions/${ID}`));
  expect(noted()).toBe('two');
  expect(await db.get('prescriptions', ID)).toMatchObject({ version: 2, times_a_day: 1, prescribed_by: null });
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
    return Response.json([{ id: ID, status: 200, body, error: null }]);
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
