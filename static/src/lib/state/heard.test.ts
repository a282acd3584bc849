import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newPhone, profileOf } from '#lib/storage/fixtures.fake.ts';
import { setMeta } from '#lib/storage/meta.ts';
import { FakeServer } from '#lib/sync/server.fake.ts';

let server: FakeServer;

/** What the engine, which is loaded by and by, finds when it starts. */
const setOnline = (online: boolean) => Object.defineProperty(navigator, 'onLine', { value: online, configurable: true });

beforeEach(() => {
  newPhone();
  setOnline(true);
  server = new FakeServer().install();
  server.write('acknowledgements', 'one', { flag: 'flag', text: 'Rest today.' });
  const events = { addEventListener: vi.fn(), removeEventListener: vi.fn() };
  vi.stubGlobal('document', { cookie: 'csrftoken=token', visibilityState: 'visible', ...events });
  vi.stubGlobal('addEventListener', vi.fn());
  vi.stubGlobal('removeEventListener', vi.fn());
});

afterEach(() => vi.unstubAllGlobals());

async function alice() {
  vi.resetModules();
  const { who } = await import('./current.svelte.ts');
  const { outbox } = await import('./outbox.svelte.ts');
  const { readSaid } = await import('./heard.ts');
  const { db } = await who.open(profileOf('alice'));
  const isLinked = (linked: boolean) => setMeta(db, 'people', { asked_on: '2026-11-20', practises: false, linked, opens: null });
  return { readSaid, outbox, isLinked };
}

const asked = () => server.log.filter((line) => line.includes('acknowledgements'));

test('whoever is linked with nobody asks nothing', async () => {
  const { readSaid, isLinked } = await alice();
  expect(await readSaid()).toEqual([]);
  await isLinked(false);
  expect(await readSaid()).toEqual([]);
  expect(asked()).toEqual([]);
});

test('whoever is linked hears which flags were read, and what was answered', async () => {
  const { readSaid, isLinked } = await alice();
  await isLinked(true);
  expect(await readSaid()).toMatchObject([{ flag: 'flag', text: 'Rest today.' }]);
  expect(asked()).toHaveLength(1);
});

test('without a network nothing is asked, and an answer that does not come is silence', async () => {
  const { readSaid, outbox, isLinked } = await alice();
  await isLinked(true);
  setOnline(false);
  outbox.online = false;
  expect(await readSaid()).toEqual([]);
  expect(asked()).toEqual([]);
  setOnline(true);
  outbox.online = true;
  server.fault = () => 'lost-request';
  expect(await readSaid()).toEqual([]);
});
