import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { isShut } from '#lib/domain/problem.ts';
import type { OwnReport } from '#lib/domain/sharing.ts';
import { newPhone, profileOf } from '#lib/storage/fixtures.fake.ts';
import { FakeServer } from '#lib/sync/server.fake.ts';

let server: FakeServer;

beforeEach(() => {
  newPhone();
  server = new FakeServer().install();
  const events = { addEventListener: vi.fn(), removeEventListener: vi.fn() };
  vi.stubGlobal('document', { cookie: 'csrftoken=token', visibilityState: 'visible', ...events });
});

afterEach(() => vi.unstubAllGlobals());

function answers(status: number, body: object | null): void {
  server.fault = () => new Response(body && JSON.stringify(body), { status });
}

const refuses = (status: number, code: string) =>
  answers(status, { type: code, title: code, status, errors: [{ field: null, code, message: code }] });

/** All modules anew, as after loading the page. */
async function alice() {
  vi.resetModules();
  const { who } = await import('./current.svelte.ts');
  const { reports } = await import('./reports.svelte.ts');
  const { Thread } = await import('./care.svelte.ts');
  await who.open(profileOf('alice'));
  return { reports, thread: new Thread('link') };
}

describe('deleting a report', () => {
  const report: OwnReport = {
    ...{ id: 'report', from: '2026-10-25', to: '2026-11-21', sections: ['symptoms'], made_at: '2026-11-21T09:00:00Z' },
    ...{ question: '', open_links: 1, times_opened: 0 }
  };

  test('is done when the server did it, or has it no more', async () => {
    for (const answer of [() => answers(204, null), () => refuses(404, 'not_found')]) {
      const { reports } = await alice();
      reports.list = [report];
      answer();
      await reports.remove('report');
      expect(reports.list).toEqual([]);
    }
  });

  test.each([
    [401, 'not_authenticated'],
    [403, 'other_person'],
    [403, 'csrf_failed']
  ])('is not told as done when it was refused: %i %s', async (status, code) => {
    const { reports } = await alice();
    reports.list = [report];
    refuses(status, code);
    await expect(reports.remove('report')).rejects.toMatchObject({ status, code });
    expect(reports.list).toEqual([report]);
  });
});

describe('messages that are open', () => {
  const message = { id: 'one', link: 'link', text: 'Hello', from_you: true, sender: 'patient', created_at: '2026-11-21T09:00:00Z', read_at: null, flag: null };

  async function reading() {
    const { thread } = await alice();
    answers(200, { results: [message], next: null });
    await thread.read();
    expect(thread.messages).toHaveLength(1);
    return thread;
  }

  test.each([
    [404, 'not_found'],
    [403, 'not_in_scope']
  ])('are shown no more once they are shut: %i %s', async (status, code) => {
    const thread = await reading();
    refuses(status, code);
    await thread.read();
    expect(thread.messages).toBeNull();
    expect(isShut(thread.problem)).toBe(true);
  });

  test.each([
    [401, 'not_authenticated'],
    [403, 'other_person'],
    [403, 'csrf_failed'],
    [500, 'error']
  ])('have not ended because the session or the server has a fault: %i %s', async (status, code) => {
    const thread = await reading();
    refuses(status, code);
    await thread.read();
    expect(thread.messages).toHaveLength(1);
    expect(thread.problem).toMatchObject({ status, code });
    expect(isShut(thread.problem)).toBe(false);
  });
});
