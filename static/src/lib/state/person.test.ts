import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { uuid7 } from '#lib/domain/uuid7.ts';
import { log, newPhone } from '#lib/storage/fixtures.fake.ts';
import { FakeServer } from '#lib/sync/server.fake.ts';

let server: FakeServer;
let visits: string[];

/** Carries messages between the tabs of a test, and none from a page that has gone. */
class Bus {
  static open = new Set<Bus>();
  onmessage: ((event: { data: unknown }) => void) | null = null;

  constructor() {
    Bus.open.add(this);
  }

  postMessage(data: unknown): void {
    for (const one of Bus.open) if (one !== this) one.onmessage?.({ data });
  }

  close(): void {
    Bus.open.delete(this);
  }
}

beforeEach(() => {
  newPhone();
  visits = [];
  server = new FakeServer().install();
  server.session = null;
  const events = { addEventListener: vi.fn(), removeEventListener: vi.fn() };
  vi.stubGlobal('document', { cookie: 'csrftoken=token', visibilityState: 'visible', ...events });
  vi.stubGlobal('BroadcastChannel', Bus);
  vi.stubGlobal('addEventListener', vi.fn());
  vi.stubGlobal('removeEventListener', vi.fn());
  vi.stubGlobal('location', { reload: () => visits.push('reload'), assign: (to: string) => visits.push(to) });
});

afterEach(() => vi.unstubAllGlobals());

/** A tab: all modules anew, as after loading the page, on the same phone. Tabs opened before are gone by then. */
async function openTab({ beside = false } = {}) {
  vi.resetModules();
  if (!beside) Bus.open.clear();
  const { person, UnsentEntries } = await import('./person.svelte.ts');
  const { diary } = await import('./diary.svelte.ts');
  const { outbox } = await import('./outbox.svelte.ts');
  await person.start();
  return { person, diary, outbox, UnsentEntries };
}

const as = (email: string) => ({ email, password: 'a long enough one' });
const ALICE = as('alice@example.org');
const BOB = as('bob@example.org');
const offline = () => {
  server.fault = () => 'lost-request';
};

test('with nobody known and nobody signed in, the person is asked', async () => {
  const { person } = await openTab();
  expect(person.status).toBe('signed-out');
  expect(person.profile).toBeNull();
});

test('signing in opens her own diary', async () => {
  const { person, diary } = await openTab();
  await person.signIn(ALICE);
  expect(person.status).toBe('signed-in');
  expect(person.profile?.email).toBe('alice@example.org');
  const saved = await diary.save(log('one'));
  expect(diary.get(saved.id)?.note).toBe('one');
  expect(saved).toMatchObject({ version: 0, unsent: true, attention: null });
  await vi.waitFor(() => expect(server.rows.get(saved.id)?.body.note).toBe('one'));
});

test('a wrong password says so and changes nothing', async () => {
  const { person } = await openTab();
  await expect(person.signIn({ ...ALICE, password: 'wrong' })).rejects.toMatchObject({ status: 400 });
  expect(person.status).toBe('signed-out');
});

test('the app opens without a network for whoever used it last, with all entries, and keeps new ones', async () => {
  const first = await openTab();
  await first.person.signIn(ALICE);
  await first.diary.save(log('one'));
  offline();
  const { person, diary, outbox } = await openTab();
  expect(person.status).toBe('signed-in');
  await vi.waitFor(() => expect(diary.entries.map((entry) => entry.note)).toEqual(['one']));
  await diary.save(log('two'));
  await vi.waitFor(() => expect(outbox.unsent).toBeGreaterThan(0));
  expect(person.needsSignIn).toBe(false);
});

test('an ended session asks her to sign in and leaves everything readable; then the entry goes', async () => {
  const { person, diary } = await openTab();
  await person.signIn(ALICE);
  server.session = null;
  const { id } = await diary.save(log('late'));
  await vi.waitFor(() => expect(person.needsSignIn).toBe(true));
  expect(person.status).toBe('signed-in');
  expect(server.rows.has(id)).toBe(false);
  await person.signIn(ALICE);
  expect(person.needsSignIn).toBe(false);
  await vi.waitFor(() => expect(server.rows.has(id)).toBe(true));
});

test('signing out with something unsent is refused first, and wipes when she insists', async () => {
  const { person, diary, UnsentEntries } = await openTab();
  await person.signIn(ALICE);
  offline();
  await diary.save(log('unsent'));
  const refusal = await person.signOut().catch((cause: unknown) => cause);
  expect(refusal).toBeInstanceOf(UnsentEntries);
  expect(refusal).toMatchObject({ code: 'unsent_entries', unsent: 1 });
  expect(person.status).toBe('signed-in');
  await person.signOut({ evenIfUnsent: true });
  // No welcome is shown, nor can anything be typed, on a page that is about to be loaded anew.
  expect(person.status).toBe('loading');
  expect(visits).toEqual(['/']);
  server.fault = () => null;
  server.session = null;
  const next = await openTab();
  expect(next.person.status).toBe('signed-out');
  await next.person.signIn(ALICE);
  await vi.waitFor(() => expect(next.diary.loading).toBe(false));
  expect(next.diary.entries).toEqual([]);
});

test('signing out without a network ends the session as soon as there is one', async () => {
  const { person } = await openTab();
  await person.signIn(ALICE);
  offline();
  await person.signOut();
  server.fault = () => null;
  const next = await openTab();
  expect(server.session).toBeNull();
  expect(next.person.status).toBe('signed-out');
});

test('an entry corrected before it was sent is one that waits', async () => {
  const { person, diary, outbox } = await openTab();
  await person.signIn(ALICE);
  offline();
  const { id } = await diary.save(log('one'));
  await outbox.drain();
  await diary.save(log('better'), id);
  await vi.waitFor(() => expect(diary.get(id)?.note).toBe('better'));
  expect(outbox.unsent).toBe(1);
  server.fault = () => null;
  await outbox.drain();
  expect(outbox.unsent).toBe(0);
});

/** The server's answers about the profile, to be let go one by one; `me` is what it has. */
function heldProfile(me: Record<string, unknown>) {
  const waiting: { method: string; answer: () => void }[] = [];
  server.fault = (method, path, body) => {
    if (!path.endsWith('/me')) return null;
    if (method === 'PATCH') me = { ...me, ...(body as object) };
    const then = me;
    return new Promise((resolve) => {
      waiting.push({ method, answer: () => resolve(Response.json(then)) });
    });
  };
  return waiting;
}

test('an answer from before a change was saved does not take the change back', async () => {
  const first = await openTab();
  await first.person.signIn(ALICE);
  const asked = heldProfile({ id: 'alice', email: 'alice@example.org', country: 'DE' });
  const { person } = await openTab();
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  const saved = person.updateProfile({ country: 'US' });
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  asked[1]?.answer();
  await saved;
  asked[0]?.answer();
  await new Promise((resolve) => setTimeout(resolve));
  expect(person.profile?.country).toBe('US');
  offline();
  expect((await openTab()).person.profile?.country).toBe('US');
});

test('two changes are made one after the other, and a refused one holds up none', async () => {
  const { person } = await openTab();
  await person.signIn(ALICE);
  server.fault = (method) => (method === 'PATCH' ? 'lost-request' : null);
  const refused = person.updateProfile({ display_name: 'Nobody' });
  await expect(refused).rejects.toMatchObject({ status: 0 });
  const asked = heldProfile({ id: 'alice', email: 'alice@example.org', country: '', weekly_mode: false });
  const both = [person.updateProfile({ country: 'US' }), person.updateProfile({ weekly_mode: true })];
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  asked[0]?.answer();
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  asked[1]?.answer();
  await Promise.all(both);
  expect(person.profile).toMatchObject({ country: 'US', weekly_mode: true });
});

test('two tabs show the same', async () => {
  const one = await openTab();
  await one.person.signIn(ALICE);
  const other = await openTab({ beside: true });
  expect(other.person.profile?.email).toBe('alice@example.org');
  await one.diary.save(log('from the first'));
  await vi.waitFor(() => expect(other.diary.entries.map((entry) => entry.note)).toEqual(['from the first']));
  await vi.waitFor(() => expect([one.outbox.unsent, other.outbox.unsent]).toEqual([0, 0]));
  expect(other.diary.entries).toMatchObject([{ version: 1, unsent: false }]);
});

test('a tab of hers loads anew when another person signs in beside it', async () => {
  const hers = await openTab();
  await hers.person.signIn(ALICE);
  server.session = null;
  const other = await openTab({ beside: true });
  await other.person.signIn(BOB);
  // Both of them: neither may go on showing or writing into Alice's diary.
  expect(visits).toEqual(['reload', 'reload']);
});

test('another person on the same phone neither sees nor sends what the first left unsent', async () => {
  const { person, diary } = await openTab();
  await person.signIn(ALICE);
  server.session = null;
  const { id } = await diary.save(log('private'), uuid7());
  await vi.waitFor(() => expect(person.needsSignIn).toBe(true));
  await person.signIn(BOB);
  expect(visits).toEqual(['reload']);
  // What this page still had in hand for Alice ends in silence: nothing of it is Bob's, and nobody can mend it.
  const answered = vi.fn();
  diary.save(log('late'), uuid7()).then(answered, answered);
  await new Promise((passed) => setTimeout(passed, 20));
  expect(answered).not.toHaveBeenCalled();
  const bobs = await openTab();
  expect(bobs.person.profile?.email).toBe('bob@example.org');
  await vi.waitFor(() => expect(bobs.diary.loading).toBe(false));
  await bobs.outbox.drain();
  expect(bobs.diary.entries).toEqual([]);
  expect(server.rows.has(id)).toBe(false);
  await bobs.person.signOut();
  const hers = await openTab();
  await hers.person.signIn(ALICE);
  await vi.waitFor(() => expect(server.rows.get(id)?.owner).toBe('alice'));
});
