"""What the phone's own storage holds, asked of the browser: a screen may show what is still on its way there."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.faults.server import wait_until


def is_on_the_disk(page: Page) -> None:
    """All that the taps so far have begun to write: a page that is gone in the same breath would take it along."""
    page.evaluate(WRITTEN)


# A write waits for those that were begun before it, whichever tab began them.
WRITTEN = """async () => {
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => resolve(opening.result);
    });
    const stores = [...db.objectStoreNames];
    if (stores.length) await new Promise((resolve, reject) => {
      const tx = db.transaction(stores, 'readwrite');
      tx.oncomplete = resolve;
      tx.onabort = () => reject(tx.error);
      tx.objectStore(stores[0]).count();
    });
    db.close();
  }
}"""


def has_pulled(page: Page) -> None:
    """Everything that the server had for whoever is signed in here has come once, the catalogue too."""
    wait_until("all has come from the server", lambda: page.evaluate(PULLED))


# The answers about signs come last.
PULLED = """async () => {
  const read = (name, store, key) => new Promise((resolve, reject) => {
    const opening = indexedDB.open(name);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const asking = opening.result.transaction(store).objectStore(store).get(key);
      asking.onsuccess = () => { opening.result.close(); resolve(asking.result); };
    };
  });
  const person = await read('unpinch-device', 'settings', 'person');
  return !person || (await read(`unpinch-${person.id}`, 'meta', 'pull-check'))?.filled;
}"""


def has_brought(page: Page, count: int, store: str = "sessions") -> None:
    """The phone knows of so many, whatever the screen says of them."""
    wait_until(f"{count} {store} have come", lambda: page.evaluate(COUNT, store) == count)


COUNT = """async (store) => {
  const names = (await indexedDB.databases()).map((one) => one.name).filter((name) => name !== 'unpinch-device');
  const counts = names.map((name) => new Promise((resolve, reject) => {
    const opening = indexedDB.open(name);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const asking = opening.result.transaction(store).objectStore(store).count();
      asking.onsuccess = () => { opening.result.close(); resolve(asking.result); };
    };
  }));
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}"""
