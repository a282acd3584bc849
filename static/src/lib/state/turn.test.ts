import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newPhone } from '#lib/storage/fixtures.fake.ts';
import { FakeServer } from '#lib/sync/server.fake.ts';

type Hold = (lock: object | null) => Promise<void> | undefined | void;

/** The browser's locks, of one name: one holds, the others wait in a row. */
class Locks {
  #held = false;
  #waiting: (() => void)[] = [];

  request(_name: string, { ifAvailable, signal }: LockOptions, hold: Hold): Promise<void> {
    if (!this.#held) return this.#give(hold);
    if (ifAvailable) return Promise.resolve(hold(null));
    return new Promise((resolve, reject) => {
      const mine = () => resolve(this.#give(hold));
      this.#waiting.push(mine);
      signal?.addEventListener('abort', () => {
        this.#waiting = this.#waiting.filter((one) => one !== mine);
        reject(new DOMException('aborted', 'AbortError'));
      });
    });
  }

  async #give(hold: Hold): Promise<void> {
    this.#held = true;
    await hold({});
    this.#held = false;
    this.#waiting.shift()?.();
  }
}

beforeEach(async () => {
  newPhone();
  new FakeServer().install();
  vi.stubGlobal('navigator', { locks: new Locks() });
  vi.stubGlobal('BroadcastChannel', class {
    close() {}
  });
});

afterEach(() => vi.unstubAllGlobals());

async function twoTabs() {
  vi.resetModules();
  const { who } = await import('./current.svelte.ts');
  await who.open({ id: 'alice' } as never);
  const { Turn } = await import('./turn.ts');
  const kept = () => Promise.resolve();
  return [new Turn(kept), new Turn(kept)] as const;
}

test('a page that is being loaded anew lets go in a moment, and its turn is had', async () => {
  const [before, after] = await twoTabs();
  expect(await before.take()).toBe(true);
  setTimeout(() => before.release(), 200);
  expect(await after.take()).toBe(true);
});

test('a tab that asks twice is answered once, and not by itself', async () => {
  const [before, after] = await twoTabs();
  expect(await before.take()).toBe(true);
  setTimeout(() => before.release(), 200);
  expect(await Promise.all([after.take(), after.take()])).toEqual([true, true]);
});

test('a tab that plays keeps its turn', async () => {
  const [playing, other] = await twoTabs();
  expect(await playing.take()).toBe(true);
  expect(await other.take()).toBe(false);
  expect(await playing.take()).toBe(true);
});
