import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { uuid7 } from '#lib/domain/uuid7.ts';
import { openDatabase, type Database } from '#lib/storage/db.ts';
import { rememberPerson } from '#lib/storage/device.ts';
import { log, newPhone, profileOf } from '#lib/storage/fixtures.fake.ts';
import { enqueue } from '#lib/storage/outbox.ts';
import { Engine } from './engine.ts';
import { FakeServer, problem } from './server.fake.ts';

let db: Database;
let server: FakeServer;
let engine: Engine;
const states: string[] = [];
const page = new EventTarget();

beforeEach(async () => {
  newPhone();
  server = new FakeServer().install();
  states.length = 0;
  vi.stubGlobal('document', Object.assign(page, { cookie: 'csrftoken=token', visibilityState: 'visible' }));
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  await rememberPerson(profileOf('alice'));
  db = await openDatabase('alice');
  const ended = (state: string) => void states.push(state);
  const silent = () => {};
  engine = new Engine(db, 'alice', { busy: silent, ended, online: silent, failed: silent, progress: silent });
});

afterEach(async () => {
  // What is under way must not reach into the next test.
  await engine.pause();
  engine.stop();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const save = async (note: string) => {
  await enqueue(db, 'alice', 'log', uuid7(), log(note));
  engine.soon();
};
const arrived = () => [...server.rows.values()].map((row) => row.body.note);

test('opening the app sends what waits, then asks for what is new', async () => {
  await enqueue(db, 'alice', 'log', uuid7(), log('one'));
  engine.start();
  await engine.now();
  expect(server.log[0]).toBe('POST /api/v1/logs/batch');
  expect(server.log[1]).toContain('GET /api/v1/flags');
  expect(server.log[2]).toContain('GET /api/v1/logs');
});

test.each(['online', 'visibilitychange'])('%s sends what waits', async (event) => {
  engine.start();
  await engine.now();
  await enqueue(db, 'alice', 'log', uuid7(), log('one'));
  page.dispatchEvent(new Event(event));
  await vi.waitFor(() => expect(arrived()).toEqual(['one']));
});

test('what is saved while a list loads, and fails, is sent without waiting', async () => {
  server.fault = async (method, path) => {
    if (method !== 'GET' || !path.includes('exercises')) return null;
    server.fault = (how) => (how === 'GET' ? 'lost-request' : null);
    await save('meanwhile');
    return 'lost-request';
  };
  await engine.now();
  expect(arrived()).toEqual(['meanwhile']);
});

test('without a network it tries again by itself', async () => {
  server.fault = () => 'lost-request';
  await save('one');
  await engine.now();
  expect(states.at(-1)).toBe('later');
  server.fault = () => null;
  await vi.waitFor(() => expect(arrived()).toEqual(['one']), { timeout: 4000 });
});

test('when the server asks for quiet, a save does not break it', async () => {
  const busy = Response.json(problem(429, 'throttled'), { status: 429, headers: { 'Retry-After': '600' } });
  server.fault = () => busy;
  await save('one');
  await vi.waitFor(() => expect(states).toEqual(['later']));
  server.fault = () => null;
  await save('two');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(server.log).toEqual([]);
});

test('a clock that was set back holds up neither sending nor asking', async () => {
  await engine.now();
  const before = Date.now();
  vi.spyOn(Date, 'now').mockReturnValue(before - 24 * 3600_000);
  vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 60_000);
  server.log.length = 0;
  await save('one');
  await vi.waitFor(() => expect(server.log.some((line) => line.startsWith('GET /api/v1/logs'))).toBe(true));
  expect(arrived()).toEqual(['one']);
});

test('while paused nothing is sent; afterwards it is', async () => {
  const proceed = await engine.pause();
  await save('one');
  expect(arrived()).toEqual([]);
  proceed();
  await vi.waitFor(() => expect(arrived()).toEqual(['one']));
});
