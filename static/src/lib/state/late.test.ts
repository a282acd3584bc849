import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newPhone, profileOf } from '#lib/storage/fixtures.fake.ts';

/** A request that the server has not answered yet. */
interface Asked {
  what: string;
  answer: (body: unknown) => void;
}

let waiting: Asked[];

beforeEach(() => {
  newPhone();
  waiting = [];
  const events = { addEventListener: vi.fn(), removeEventListener: vi.fn() };
  for (const [name, listen] of Object.entries(events)) vi.stubGlobal(name, listen);
  vi.stubGlobal('location', { origin: 'http://server' });
  vi.stubGlobal('document', { cookie: 'csrftoken=token', visibilityState: 'visible', ...events });
  vi.stubGlobal('fetch', (path: string, init: RequestInit = {}) => {
    const what = `${init.method ?? 'GET'} ${path}`;
    return new Promise((resolve) => waiting.push({ what, answer: (body) => resolve(Response.json(body)) }));
  });
});

afterEach(() => vi.unstubAllGlobals());

/** The oldest such request, as soon as it has been made. */
async function asked(what: RegExp): Promise<Asked> {
  const found = await vi.waitFor(() => {
    const one = waiting.find((each) => what.test(each.what));
    if (!one) throw new Error(`nobody asks ${what}`);
    return one;
  });
  waiting = waiting.filter((one) => one !== found);
  return found;
}

/** All modules anew, as after loading the page. */
async function alice() {
  vi.resetModules();
  const { who } = await import('./current.svelte.ts');
  await who.open(profileOf('alice'));
}

const page = (...results: unknown[]) => ({ results, next: null });
const message = (id: string) => ({
  ...{ id, link: 'link', text: id, from_you: true, sender: 'patient' },
  ...{ created_at: '2026-11-21T09:00:00Z', read_at: null }
});

async function openThread() {
  await alice();
  const { Thread } = await import('./care.svelte.ts');
  const thread = new Thread('link');
  const reading = thread.read();
  (await asked(/GET .*messages/)).answer({ results: [message('two')], next: 'http://server/api/v1/earlier' });
  await reading;
  return thread;
}

const idsOf = ({ messages }: { messages: { id: string }[] | null }) => messages?.map(({ id }) => id);

test('a message that was sent while the messages were asked for stays', async () => {
  const thread = await openThread();
  const reading = thread.read();
  const list = await asked(/GET .*messages/);
  const sending = thread.send('three', 'three');
  (await asked(/PUT .*messages/)).answer(message('three'));
  await sending;
  list.answer(page(message('two')));
  await reading;
  expect(idsOf(thread)).toEqual(['two', 'three']);
});

test('earlier messages come once, however often they were asked for', async () => {
  const thread = await openThread();
  const both = Promise.all([thread.read(true), thread.read(true)]);
  (await asked(/GET .*messages/)).answer(page(message('one')));
  await both;
  expect(idsOf(thread)).toEqual(['one', 'two']);
  expect(thread.next).toBeNull();
});

test('of two answers about the links that of the later question holds', async () => {
  await alice();
  const { care } = await import('./care.svelte.ts');
  const first = care.read();
  const before = await asked(/GET .*care-links/);
  (await asked(/GET .*invitations/)).answer(page());
  const second = care.read();
  (await asked(/GET .*care-links/)).answer(page());
  (await asked(/GET .*invitations/)).answer(page());
  await second;
  before.answer(page({ id: 'ended meanwhile' }));
  await first;
  expect(care.links).toEqual([]);
});

test('a reminder that was added while the list was on its way stays in it', async () => {
  await alice();
  const { reminders } = await import('./reminders.svelte.ts');
  const kept = { id: 'one', active: true, follow_device: false, times: ['19:00'], version: 1 };
  const reading = reminders.read();
  const [list, due] = [await asked(/GET .*reminders/), await asked(/GET .*occurrences/)];
  const saving = reminders.save(kept as never);
  (await asked(/PUT .*reminders/)).answer(kept);
  await saving;
  list.answer(page());
  due.answer(page());
  (await asked(/GET .*reminders/)).answer(page(kept));
  (await asked(/GET .*occurrences/)).answer(page());
  await reading;
  expect(reminders.all.map(({ id }) => id)).toEqual(['one']);
});

test('a choice that was made while the last one was asked for stands', async () => {
  await alice();
  const { trends } = await import('./trends.svelte.ts');
  const answer = (sensitivity: string) => ({ sensitivity, false_alarms_per_year: {}, improvements: [] });
  const reading = trends.read();
  const before = await asked(/GET .*trends/);
  const choosing = trends.choose('more');
  (await asked(/(PUT|PATCH) .*trends/)).answer(answer('more'));
  await choosing;
  before.answer(answer('standard'));
  await reading;
  expect(trends.kept?.sensitivity).toBe('more');
});

test('after an act a patient is read anew, though a reading from before it is on its way', async () => {
  await alice();
  const { OnePatient } = await import('./patients.svelte.ts');
  const one = new OnePatient('bob');
  const bob = { id: 'bob', name: 'Bob', link: 'link', today: '2026-11-22', scopes: ['flags'], reasons: [] };
  const readings = async (state: string) => {
    (await asked(/GET .*patients\/bob$/)).answer(bob);
    (await asked(/GET .*patients\/bob\/flags/)).answer(page({ id: 'flag', state }));
    (await asked(/GET .*notes/)).answer(page());
    (await asked(/GET .*messages/)).answer(page());
  };
  void one.read();
  const acting = one.acknowledge('flag', 'message', 'Rest.');
  (await asked(/POST .*acknowledge/)).answer({});
  await readings('open');
  await readings('seen');
  await acting;
  expect(one.flags.map(({ state }) => state)).toEqual(['seen']);
});
