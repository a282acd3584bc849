import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { noted, redFlag } from '#lib/domain/flags.fixtures.ts';
import { evaluateCheck } from '#lib/domain/redflagchecks.ts';
import { check, log, newPhone } from '#lib/storage/fixtures.fake.ts';
import { takeInFlags, waitingActs } from '#lib/storage/flags.ts';
import { takeIn } from '#lib/storage/replica.ts';
import { FakeServer } from '#lib/sync/server.fake.ts';

let server: FakeServer;

beforeEach(() => {
  newPhone();
  server = new FakeServer().install();
  server.session = null;
  const events = { addEventListener: vi.fn(), removeEventListener: vi.fn() };
  vi.stubGlobal('document', { cookie: 'csrftoken=token', visibilityState: 'visible', ...events });
  vi.stubGlobal('addEventListener', vi.fn());
  vi.stubGlobal('removeEventListener', vi.fn());
  vi.stubGlobal('location', { reload: vi.fn(), assign: vi.fn() });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** All modules anew, as after loading the page. */
async function openTab() {
  vi.resetModules();
  const { person } = await import('./person.svelte.ts');
  const { checks } = await import('./checks.svelte.ts');
  const { diary } = await import('./diary.svelte.ts');
  const { haltNow } = await import('../../routes/halting.ts');
  await person.start();
  return { person, diary, checks, haltNow: () => haltNow(new Date()) };
}

async function signedIn() {
  const tab = await openTab();
  await tab.person.signIn({ email: 'alice@example.org', password: 'a long enough one' });
  const { who } = await import('./current.svelte.ts');
  return { ...tab, ...(await who.ready()) };
}

/** From now on nothing more can be kept on the phone. */
function fillUp(): void {
  const full = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(full);
  vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(full);
}

const said = (answers: Record<string, string>) => ({ ...check('no'), answers, ...evaluateCheck(answers) });
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
const mark = { region: 'saddle', side: 'midline', numbness: 3, tingling: null, pain: null, weakness: null, qualities: [] } as const;
const marked = (hours: number) => ({ ...log('marked'), occurred_at: hoursAgo(hours), readings: [mark as never] });
const rules = ({ signs }: { signs: readonly { rule: string }[] }) => signs.map(({ rule }) => rule);
const failing = { code: 'storage_full' };

describe('answers that are not on the disk', () => {
  test('stand beside a later one, though both found the phone full', async () => {
    const { checks, haltNow } = await signedIn();
    fillUp();
    await expect(checks.save(said({ saddle: 'new' }), 'one')).rejects.toMatchObject(failing);
    await vi.waitFor(() => expect(rules(checks)).toEqual(['saddle']));
    await expect(checks.confirm(checks.unread!)).rejects.toMatchObject(failing);
    expect(checks.unread).toBeUndefined();
    await expect(checks.save(said({ bladder: 'no', bowel: 'no' }), 'two')).rejects.toMatchObject(failing);
    expect(rules(checks)).toEqual(['saddle']);
    expect(haltNow()).toMatchObject({ emergency: true });
  });

  test('stand beside a later one with nobody signed in', async () => {
    const { checks } = await openTab();
    await expect(checks.save(said({ saddle: 'new' }), 'one')).rejects.toMatchObject({ code: 'signed_out' });
    await expect(checks.save(said({ shingles: 'new' }), 'two')).rejects.toMatchObject({ code: 'signed_out' });
    await vi.waitFor(() => expect(rules(checks)).toEqual(['saddle', 'shingles']));
  });

  test('stand when another sign is settled, and when that cannot be kept', async () => {
    const { checks } = await signedIn();
    await checks.save(said({ shingles: 'new' }), 'kept');
    fillUp();
    await expect(checks.save(said({ saddle: 'new' }), 'one')).rejects.toMatchObject(failing);
    await expect(checks.settle(['saddle'], 'mistake')).rejects.toMatchObject(failing);
    await vi.waitFor(() => expect(rules(checks)).toEqual(['saddle', 'shingles']));
    vi.restoreAllMocks();
    await checks.settle(['shingles'], 'recovered');
    await vi.waitFor(() => expect(rules(checks)).toEqual(['saddle']));
    await checks.settle(['saddle'], 'mistake');
    await vi.waitFor(() => expect(rules(checks)).toEqual([]));
  });
});

describe('the flag of an entry', () => {
  /** Three weeks ago: the phone's own mark has gone from sight, what the server says has not. */
  async function flagged() {
    const tab = await signedIn();
    const { db, id } = tab;
    const body = marked(21 * 24);
    const at = body.occurred_at;
    const known = { version: 1, local_date: at.slice(0, 10), received_at: at, changed_at: at, deleted_at: null };
    await takeIn(db, id, 'log', [{ ...body, ...known, id: 'old', flags: [{ rule: 'saddle', level: 'E' }] } as never]);
    await takeInFlags(db, id, [redFlag('saddle', [noted('old', at, { source: 'log', answer: null })])]);
    await vi.waitFor(() => expect(rules(tab.checks)).toEqual(['saddle']));
    server.fault = () => 'lost-request';
    const { outbox } = await import('./outbox.svelte.ts');
    const waits = () => vi.waitFor(() => expect(outbox.waiting.has('old')).toBe(true));
    return { ...tab, body, waits };
  }

  test('stands while an edit that left the mark waits', async () => {
    const { diary, haltNow, body, waits } = await flagged();
    await diary.save({ ...body, note: 'A word corrected' }, 'old');
    await waits();
    expect(haltNow()).toMatchObject({ emergency: true });
  });

  test('goes with an edit that took the mark back, or the entry', async () => {
    const { diary, checks, body, waits } = await flagged();
    await diary.save({ ...body, readings: [] }, 'old');
    await waits();
    await vi.waitFor(() => expect(rules(checks)).toEqual([]));
    await diary.save(body, 'old');
    await vi.waitFor(() => expect(rules(checks)).toEqual(['saddle']));
    await diary.remove('old');
    await vi.waitFor(() => expect(rules(checks)).toEqual([]));
  });
});

describe('what was settled', () => {
  test('is taken back with no word to the server that has not heard of it', async () => {
    const { checks, db } = await signedIn();
    server.fault = () => 'lost-request';
    await checks.save(said({ saddle: 'new' }), 'one');
    await vi.waitFor(() => expect(rules(checks)).toEqual(['saddle']));
    const undo = await checks.settle(['saddle'], 'checked');
    await vi.waitFor(() => expect(rules(checks)).toEqual([]));
    await undo();
    await vi.waitFor(() => expect(rules(checks)).toEqual(['saddle']));
    expect(await waitingActs(db)).toEqual([]);
  });

  test('is taken back by opening its flag again, and leaves what was settled before', async () => {
    const { checks, db, id } = await signedIn();
    server.fault = () => 'lost-request';
    await checks.save(said({ saddle: 'new' }), 'before');
    await checks.settle(['saddle'], 'recovered');
    await checks.save(said({ saddle: 'new' }), 'one');
    const signs = [noted('one', hoursAgo(1))];
    await takeInFlags(db, id, [redFlag('saddle', signs, { state: 'seen', seen_at: hoursAgo(1) })]);
    const undo = await checks.settle(['saddle'], 'checked');
    await vi.waitFor(() => expect(rules(checks)).toEqual([]));
    await undo();
    await vi.waitFor(() => expect(checks.signs).toMatchObject([{ rule: 'saddle', check: { id: 'one' } }]));
    expect((await waitingActs(db)).at(-1)).toMatchObject({ act: 'reopen', flag: 'flag-saddle' });
    expect(checks.settled).toMatchObject([{ reason: 'recovered' }]);
  });
});

describe('what cannot be kept', () => {
  test('an answer that cannot wait is shown without what works out the signs, unless it was settled', async () => {
    vi.doMock('./standing.svelte.ts', () => {
      throw new TypeError('Failed to fetch dynamically imported module');
    });
    try {
      const { checks, haltNow } = await signedIn();
      await checks.save(said({ 'foot-drop': 'new', 'toes-up': 'new' }), 'today');
      await checks.save(said({ saddle: 'new', bladder: 'no' }), 'now');
      await vi.waitFor(() => expect(checks.unread).toMatchObject({ id: 'now', signs: [{ rule: 'saddle' }] }));
      expect(rules(checks)).toEqual(['saddle', 'foot-drop']);
      await checks.confirm(checks.unread!);
      expect(checks.unread?.id).toBe('today');
      checks.looked = true;
      expect(haltNow()).toMatchObject({ emergency: true, sign: { rule: 'saddle' } });
      checks.settled = [{ rule: 'saddle', reason: 'checked', at: hoursAgo(0), sent: true, known: ['now'] }];
      expect(rules(checks)).toEqual(['foot-drop']);
    } finally {
      vi.doUnmock('./standing.svelte.ts');
    }
  });

  test('the advice about an entry can be left on a full phone', async () => {
    const { checks, diary } = await signedIn();
    server.fault = () => 'lost-request';
    const entry = await diary.save(marked(1));
    await vi.waitFor(() => expect(checks.unread?.entry?.id).toBe(entry.id));
    fillUp();
    await expect(checks.confirm(checks.unread!)).rejects.toMatchObject(failing);
    expect(checks.unread).toBeUndefined();
  });

  test('so can that about a flag, until something is heard of it', async () => {
    const { checks, db, id } = await signedIn();
    server.fault = () => 'lost-request';
    const flag = redFlag('saddle', [noted('elsewhere', hoursAgo(5))]);
    await takeInFlags(db, id, [flag]);
    await vi.waitFor(() => expect(checks.unread?.id).toBe(flag.id));
    fillUp();
    await expect(checks.confirm(checks.unread!)).rejects.toMatchObject(failing);
    expect(checks.unread).toBeUndefined();
    vi.restoreAllMocks();
    await takeInFlags(db, id, [{ ...flag, changed_at: hoursAgo(0) }]);
    await vi.waitFor(() => expect(checks.unread?.id).toBe(flag.id));
  });
});

describe('the mark of an entry', () => {
  const known = { source: 'log', answer: null } as const;

  test('is shown though the flag of an earlier one has been read, until it is confirmed itself', async () => {
    const { db, id, checks, diary } = await signedIn();
    const at = hoursAgo(7 * 24);
    const flag = redFlag('saddle', [noted('old', at, known)], { state: 'seen', seen_at: at });
    await takeInFlags(db, id, [flag]);
    server.fault = () => 'lost-request';
    const entry = await diary.save(marked(1));
    await vi.waitFor(() => expect(checks.unread?.entry?.id).toBe(entry.id));
    // The server has heard of it, and the flag is still the one that was read.
    const signs = [noted('old', at, known), noted(entry.id, entry.occurred_at, known)];
    await takeInFlags(db, id, [{ ...flag, evidence: { signs }, changed_at: hoursAgo(0) }]);
    expect(checks.unread?.entry?.id).toBe(entry.id);
    await checks.confirm(checks.unread!);
    expect(checks.unread).toBeUndefined();
  });

  test('written now about this morning stands, though something was settled at noon', async () => {
    const { checks, diary, haltNow } = await signedIn();
    server.fault = () => 'lost-request';
    await checks.settle(['saddle'], 'mistake');
    const entry = await diary.save(marked(1));
    await vi.waitFor(() => expect(checks.unread?.entry?.id).toBe(entry.id));
    expect(haltNow()).toMatchObject({ emergency: true });
    await checks.settle(['saddle'], 'checked');
    await vi.waitFor(() => expect(haltNow()).toBeNull());
  });
});
