import { beforeEach, expect, test } from 'vitest';
import { noted, redFlag } from '#lib/domain/flags.fixtures.ts';
import type { FlagAct } from '#lib/domain/flags.ts';
import { onChange, type Change } from '#lib/storage/changes.ts';
import { openDatabase, type Database } from '#lib/storage/db.ts';
import { rememberPerson } from '#lib/storage/device.ts';
import { check, newPhone, profileOf } from '#lib/storage/fixtures.fake.ts';
import { queueAct, storedFlags, waitingActs } from '#lib/storage/flags.ts';
import { enqueue } from '#lib/storage/outbox.ts';
import { drain } from './drain.ts';
import { pull, pullFlags } from './pull.ts';
import { FakeServer, problem } from './server.fake.ts';

let db: Database;
let server: FakeServer;

beforeEach(async () => {
  newPhone();
  server = new FakeServer().install();
  await rememberPerson(profileOf('alice'));
  db = await openDatabase('alice');
});

const AT = '2026-11-20T09:00:00Z';
const flag = (rule: string, id = `flag-${rule}`) => redFlag(rule, [noted('check', '2026-11-20T07:00:00Z')], { id });
const raise = (rule: string) => server.write('flags', `flag-${rule}`, { ...flag(rule) });
const act = (what: FlagAct['act'], more: Partial<FlagAct>): Promise<void> =>
  queueAct(db, 'alice', { act: what, flag: null, rules: [], at: AT, reason: null, until: null, ...more });
const settle = (rule: string) => act('resolve', { rules: [rule], reason: 'checked' });
const posts = () => server.log.filter((line) => line.startsWith('POST /api/v1/flags'));
const waiting = async () => (await waitingActs(db)).map((one) => one.act);
const states = async () => (await storedFlags(db)).map(({ rule, state }) => `${rule} ${state}`);

test('what was done with a flag arrives in the order in which it was done', async () => {
  raise('saddle');
  await act('see', { flag: 'flag-saddle' });
  await act('resolve', { flag: 'flag-saddle', reason: 'checked' });
  await act('reopen', { flag: 'flag-saddle' });
  expect(await drain(db, 'alice')).toMatchObject({ state: 'done', sent: 3 });
  expect(posts().map((line) => line.split('/').at(-1))).toEqual(['seen', 'resolve', 'reopen']);
  expect(await waiting()).toEqual([]);
  expect(await states()).toEqual(['saddle reopened']);
});

test('a sign is settled after the answers that it is about', async () => {
  await enqueue(db, 'alice', 'check', 'c', check('new'));
  await settle('saddle');
  await drain(db, 'alice');
  expect(server.log).toEqual(['PUT /api/v1/red-flag-checks/c', 'POST /api/v1/flags/resolve']);
});

test('a sign whose answers cannot be sent waits with them, and holds up no flag', async () => {
  raise('bowel');
  server.fault = (method) => (method === 'PUT' ? Response.json(problem(500, 'broken'), { status: 500 }) : null);
  await enqueue(db, 'alice', 'check', 'c', check('new'));
  await settle('bowel');
  await settle('saddle');
  expect((await drain(db, 'alice')).state).toBe('later');
  expect((await waitingActs(db)).map(({ rules }) => rules)).toEqual([['saddle']]);
  server.fault = () => null;
  await drain(db, 'alice');
  expect(await waiting()).toEqual([]);
});

test('answers that the server refused hold up no act on other signs and flags', async () => {
  raise('saddle');
  raise('bowel');
  await pullFlags(db, 'alice');
  server.fault = (method) => (method === 'PUT' ? Response.json(problem(400, 'invalid'), { status: 400 }) : null);
  await enqueue(db, 'alice', 'check', 'c', check('new'));
  await settle('saddle');
  await act('see', { flag: 'flag-bowel' });
  await act('see', { rules: ['bowel'] });
  await act('reopen', { flag: 'flag-saddle' });
  expect((await drain(db, 'alice')).state).toBe('done');
  expect((await waitingActs(db)).map(({ act: what, flag, rules }) => `${what} ${flag ?? rules[0]}`)).toEqual([
    'resolve saddle',
    'reopen flag-saddle'
  ]);
  expect(posts()).toEqual(['POST /api/v1/flags/flag-bowel/seen', 'POST /api/v1/flags/seen']);
});

test('an act whose answer was lost is sent again, and is not lost by a closed page', async () => {
  raise('saddle');
  server.fault = (_method, path) => (path.endsWith('seen') ? 'lost-answer' : null);
  await act('see', { flag: 'flag-saddle' });
  expect((await drain(db, 'alice')).state).toBe('later');
  db.close();
  db = await openDatabase('alice');
  expect(await waiting()).toEqual(['see']);
  server.fault = () => null;
  expect((await drain(db, 'alice')).state).toBe('done');
  expect(await states()).toEqual(['saddle seen']);
});

test.each(['read_first', 'settled', 'another_stands', 'corrected'])('an act refused with %s is not asked again', async (code) => {
  raise('saddle');
  server.refusesAct = () => code;
  const heard: Change[] = [];
  const stop = onChange((change) => heard.push(change));
  await act('resolve', { flag: 'flag-saddle', reason: 'other' });
  expect((await drain(db, 'alice')).state).toBe('done');
  stop();
  expect(await waiting()).toEqual([]);
  expect(await states()).toEqual(['saddle open']);
  expect(heard.at(-1)).toMatchObject({ about: 'flags', refused: { problem: { errors: [{ code }] } } });
});

test('a flag that the server does not know goes', async () => {
  raise('saddle');
  await pullFlags(db, 'alice');
  server.rows.clear();
  await act('see', { flag: 'flag-saddle' });
  await drain(db, 'alice');
  expect(await states()).toEqual([]);
  expect(await waiting()).toEqual([]);
});

test('one flag that the server stumbles over holds up no other, and keeps its order', async () => {
  raise('saddle');
  raise('bowel');
  server.fault = (_method, path) =>
    path.includes('flag-saddle') ? Response.json(problem(500, 'broken'), { status: 500 }) : null;
  await act('see', { flag: 'flag-saddle' });
  await act('resolve', { flag: 'flag-saddle', reason: 'checked' });
  await act('see', { flag: 'flag-bowel' });
  expect((await drain(db, 'alice')).state).toBe('later');
  expect(await waiting()).toEqual(['see', 'resolve']);
  expect(posts()).toEqual(['POST /api/v1/flags/flag-bowel/seen']);
});

test('nothing is sent when the session has ended, or is another person’s', async () => {
  raise('saddle');
  await act('see', { flag: 'flag-saddle' });
  server.session = null;
  expect((await drain(db, 'alice')).state).toBe('signed-out');
  server.session = 'bob';
  expect((await drain(db, 'alice')).state).toBe('other-person');
  expect(await waiting()).toEqual(['see']);
});

test('flags come with every pull, all pages, and later only what changed', async () => {
  for (const rule of ['saddle', 'bowel', 'bladder']) {
    server.tick(3_600_000);
    raise(rule);
  }
  await pull(db, 'alice');
  expect((await states()).sort()).toEqual(['bladder open', 'bowel open', 'saddle open']);
  server.tick(3_600_000);
  server.write('flags', 'flag-bowel', { ...flag('bowel'), state: 'resolved' });
  server.log = [];
  await pullFlags(db, 'alice');
  expect(await states()).toContain('bowel resolved');
  expect(server.log).toHaveLength(1);
});
