const held = new Map<string, Promise<unknown>>();

/**
 * Runs `work` while nothing else on this phone holds `name`, tabs and service worker included. Plain-http addresses
 * have no Web Locks; there the lock holds within one page, and the server's idempotence covers the rest.
 */
export async function exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (globalThis.navigator?.locks) {
    // The lock manager's type widens the result to any.
    return (await navigator.locks.request(name, work)) as T;
  }
  const before = held.get(name) ?? Promise.resolve();
  const mine = before.then(work, work);
  held.set(name, mine);
  try {
    return await mine;
  } finally {
    if (held.get(name) === mine) held.delete(name);
  }
}

export const drainLock = (person: string) => `unpinch-drain-${person}`;
export const pullLock = (person: string) => `unpinch-pull-${person}`;
