/** The name of the one-off Background Sync (Chromium only) that the service worker answers with a drain. */
export const SYNC_TAG = 'unpinch-drain';

interface WithSync {
  sync?: { register(tag: string): Promise<void> };
}

/** Asks the browser to wake the worker when there is a network, also after the page is closed. */
export async function askForBackgroundSync(): Promise<void> {
  try {
    const registration = (await navigator.serviceWorker?.getRegistration()) as WithSync | undefined;
    await registration?.sync?.register(SYNC_TAG);
  } catch {
    // Not allowed here; the page's own triggers do it.
  }
}
