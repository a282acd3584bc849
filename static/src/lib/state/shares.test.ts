import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newPhone, profileOf } from '#lib/storage/fixtures.fake.ts';

/** The server's answers in the order of the questions, to be let go one by one. */
let asked: { method: string; answer: (body: unknown) => void }[];

beforeEach(() => {
  newPhone();
  asked = [];
  vi.stubGlobal('document', { cookie: 'csrftoken=token' });
  vi.stubGlobal('location', { origin: 'http://localhost' });
  vi.stubGlobal('fetch', (_: string, { method = 'GET' }: RequestInit = {}) => {
    return new Promise((resolve) => {
      asked.push({ method, answer: (body) => resolve(Response.json(body)) });
    });
  });
});

afterEach(() => vi.unstubAllGlobals());

async function opened() {
  vi.resetModules();
  const { who } = await import('./current.svelte.ts');
  const { shares } = await import('./shares.svelte.ts');
  await who.open(profileOf('alice'));
  return shares;
}

const page = (...ids: string[]) => ({ results: ids.map((id) => ({ id })), next: null });
const theNext = (count: number) => vi.waitFor(() => expect(asked).toHaveLength(count));
const BODY = {} as Parameters<Awaited<ReturnType<typeof opened>>['make']>[0];

test('a link just made stays in the list when an answer from before it arrives', async () => {
  const shares = await opened();
  const first = shares.read();
  await theNext(1);
  asked[0]?.answer(page('old'));
  await first;
  const [again, made] = [shares.read(), shares.make(BODY)];
  await theNext(3);
  asked.find(({ method }) => method === 'POST')?.answer({ id: 'new' });
  await made;
  asked.findLast(({ method }) => method === 'GET')?.answer(page('old'));
  await again;
  expect(shares.list?.map(({ id }) => id)).toEqual(['new', 'old']);
});

test('a link made before the list was known is found with the others', async () => {
  const shares = await opened();
  const made = shares.make(BODY);
  await theNext(1);
  asked[0]?.answer({ id: 'new' });
  await theNext(2);
  asked[1]?.answer(page('new', 'old'));
  await made;
  expect(shares.list?.map(({ id }) => id)).toEqual(['new', 'old']);
});
