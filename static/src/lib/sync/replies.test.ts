import { beforeEach, expect, test } from 'vitest';
import type { Occurrence, PendingAnswer } from '#lib/domain/reminders.ts';
import { openDatabase, type Database } from '#lib/storage/db.ts';
import { rememberPerson } from '#lib/storage/device.ts';
import { newPhone, profileOf } from '#lib/storage/fixtures.fake.ts';
import { keepReminders, keptReminders, queueReply, waitingReplies } from '#lib/storage/reminders.ts';
import { sendReplies } from './replies.ts';
import { FakeServer, problem, type Fault } from './server.fake.ts';

let db: Database;
let server: FakeServer;
let asked: string[];

const AT = '2026-11-20T09:00:00Z';
const occurrence = (id: string, more: Partial<Occurrence> = {}) => ({ id, state: 'due', answer: null, ...more }) as Occurrence;
const reply = (id: string, answer: PendingAnswer['answer'] = 'done'): PendingAnswer => ({
  occurrence: id,
  answer,
  minutes: null,
  until: null,
  answered_at: AT
});
const idIn = (path: string) => path.split('/').at(-2)!;
const waiting = async () => (await waitingReplies(db)).map((one) => one.occurrence);
const states = async () => (await keptReminders(db))?.occurrences.map(({ id, state }) => `${id} ${state}`);

/** What the server says to the answer about `id`; else it stands as it was said. */
function answers(id: string, fault: Fault): void {
  const usual = server.fault;
  server.fault = (method, path, body) => (idIn(path) === id ? fault : usual(method, path, body));
}

beforeEach(async () => {
  newPhone();
  asked = [];
  server = new FakeServer().install();
  server.fault = (_, path, body) => {
    asked.push(idIn(path));
    const { answer } = body as PendingAnswer;
    return Response.json(occurrence(idIn(path), { state: 'answered', answer }));
  };
  await rememberPerson(profileOf('alice'));
  db = await openDatabase('alice');
  const occurrences = ['a', 'b', 'c'].map((id) => occurrence(id));
  await keepReminders(db, 'alice', { reminders: [], occurrences, read_at: AT });
  for (const id of ['a', 'b', 'c']) await queueReply(db, 'alice', reply(id));
});

test('answers are sent in the order in which they were given, and what stands is shown', async () => {
  expect(await sendReplies(db, 'alice')).toEqual({ state: 'done', sent: 3, wait: null });
  expect(asked).toEqual(['a', 'b', 'c']);
  expect(await waiting()).toEqual([]);
  expect(await states()).toEqual(['a answered', 'b answered', 'c answered']);
});

test('what another device said first stands', async () => {
  answers('a', Response.json(occurrence('a', { state: 'answered', answer: 'skip' })));
  await sendReplies(db, 'alice');
  expect((await keptReminders(db))?.occurrences[0]).toMatchObject({ id: 'a', answer: 'skip' });
});

test('what the server will not have is not said again, and holds up nothing', async () => {
  answers('a', Response.json(problem(404, 'not_found'), { status: 404 }));
  expect((await sendReplies(db, 'alice')).state).toBe('done');
  expect(await waiting()).toEqual([]);
  expect(await states()).toEqual(['a due', 'b answered', 'c answered']);
});

test.each([
  ['a server in trouble', () => Response.json(problem(500, 'broken'), { status: 500 })],
  ['a lost request', () => 'lost-request' as const],
  ['an answer about something else', () => Response.json(occurrence('z', { state: 'answered' }))]
])('%s: the rest waits for later, in order', async (_, fault) => {
  answers('b', fault());
  expect(await sendReplies(db, 'alice')).toMatchObject({ state: 'later', sent: 1 });
  expect(await waiting()).toEqual(['b', 'c']);
});

test('whoever is signed out keeps what they said', async () => {
  answers('a', Response.json(problem(401, 'not_authenticated'), { status: 401 }));
  expect((await sendReplies(db, 'alice')).state).toBe('signed-out');
  expect(await waiting()).toEqual(['a', 'b', 'c']);
});

test('nothing is sent once another person uses the phone', async () => {
  await rememberPerson(profileOf('bob'));
  expect((await sendReplies(db, 'alice')).state).toBe('other-person');
  expect(asked).toEqual([]);
  expect(await waiting()).toEqual(['a', 'b', 'c']);
});
