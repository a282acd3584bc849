import { beforeEach, expect, test } from 'vitest';
import { noted, redFlag } from '#lib/domain/flags.fixtures.ts';
import type { FlagAct } from '#lib/domain/flags.ts';
import { onChange, type Change } from './changes.ts';
import { openDatabase, wipeDatabase, type Database } from './db.ts';
import { exportAll } from './export.ts';
import { newPhone } from './fixtures.fake.ts';
import { concludeAct, queueAct, storedFlags, takeInFlags, waitingActs } from './flags.ts';
import { getMeta } from './meta.ts';
import { countUnsent } from './outbox.ts';

let db: Database;
const saddle = redFlag('saddle', [noted('check', '2026-11-20T07:00:00Z')]);
const settle: FlagAct = { act: 'resolve', flag: null, rules: ['saddle'], at: '2026-11-20T09:00:00Z', reason: 'checked', until: null };
const see: FlagAct = { ...settle, act: 'see', flag: saddle.id, rules: [], reason: null };

beforeEach(async () => {
  newPhone();
  db = await openDatabase('alice');
});

test('what was done with flags waits in its order, counts as unsent and is in the file', async () => {
  await queueAct(db, 'alice', see);
  await queueAct(db, 'alice', settle);
  expect(await waitingActs(db)).toMatchObject([{ act: 'see' }, { act: 'resolve' }]);
  expect(await countUnsent(db)).toBe(2);
  await takeInFlags(db, 'alice', [saddle]);
  const file = await exportAll(db, 'alice');
  expect(file).toMatchObject({ acts: [see, settle], flags: [saddle], settled: [{ rule: 'saddle', reason: 'checked', sent: false }] });
});

test('a sign that was settled stays settled when the server has heard of it', async () => {
  await queueAct(db, 'alice', settle);
  const [row] = await waitingActs(db);
  await concludeAct(db, 'alice', row!, { flags: [{ ...saddle, state: 'resolved' }] });
  expect(await waitingActs(db)).toEqual([]);
  expect(await storedFlags(db)).toMatchObject([{ state: 'resolved' }]);
  expect(await getMeta(db, 'settled')).toMatchObject([{ rule: 'saddle', sent: true }]);
});

test('a refused act goes, is told, and leaves the flag as the server has it', async () => {
  await takeInFlags(db, 'alice', [saddle]);
  await queueAct(db, 'alice', { ...see, act: 'resolve', reason: 'other' });
  const heard: Change[] = [];
  const stop = onChange((change) => heard.push(change));
  const problem = { status: 400, title: 'read first', errors: [] };
  const [row] = await waitingActs(db);
  await concludeAct(db, 'alice', row!, { flags: [saddle], problem });
  stop();
  expect(heard).toEqual([{ about: 'flags', person: 'alice', refused: { flag: saddle.id, act: 'resolve', problem } }]);
  expect(await storedFlags(db)).toEqual([saddle]);
  await queueAct(db, 'alice', see);
  const [next] = await waitingActs(db);
  await concludeAct(db, 'alice', next!, { flags: [], problem, gone: true });
  expect(await storedFlags(db)).toEqual([]);
});

test('an answer that comes late does not undo a newer one', async () => {
  const newer = { ...saddle, state: 'seen' as const, changed_at: '2026-11-20T10:00:00Z' };
  await takeInFlags(db, 'alice', [newer]);
  await takeInFlags(db, 'alice', [saddle]);
  expect(await storedFlags(db)).toEqual([newer]);
});

test('nobody who signs in later finds them', async () => {
  await queueAct(db, 'alice', settle);
  await takeInFlags(db, 'alice', [saddle]);
  await wipeDatabase('alice', db);
  db = await openDatabase('alice');
  expect([await db.count('acts'), await db.count('flags'), await db.count('meta')]).toEqual([0, 0, 0]);
});
