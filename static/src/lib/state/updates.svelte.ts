import { onChange } from '#lib/storage/changes.ts';
import { outbox } from './outbox.svelte.ts';

/** Chromium's own event; other browsers install from a menu of theirs. */
interface InstallPrompt extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

/** A worker that does not take over in this time, in ms, does not keep the page waiting (nor the outbox). */
const PATIENCE = 10_000;

class Updates {
  /** A newer version is downloaded and waits for the person. */
  available = $state(false);
  /** Every screen opens without a network. */
  ready = $state(false);
  /** Another tab runs a newer version that has changed the storage: this one can only be loaded again. */
  outdated = $state(false);
  installPrompt = $state.raw<InstallPrompt | null>(null);
  #waiting: ServiceWorker | null = null;
  #applying = false;

  /** Registers the worker; called once, when the app opens. Without workers (plain http) the app works online. */
  async start(): Promise<void> {
    addEventListener('beforeinstallprompt', (event) => {
      event.preventDefault();
      this.installPrompt = event as InstallPrompt;
    });
    addEventListener('appinstalled', () => (this.installPrompt = null));
    onChange((change) => {
      if (change.about === 'superseded') this.outdated = this.available = true;
    });
    if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      if (this.#applying) location.reload();
    });
    try {
      const registration = await navigator.serviceWorker.register('/service-worker.js', { updateViaCache: 'none' });
      this.#watch(registration);
      const { active } = await navigator.serviceWorker.ready;
      // A page that was still loading when the worker took all pages over was passed by.
      if (!navigator.serviceWorker.controller) active?.postMessage('claim');
      this.ready = true;
    } catch (cause) {
      console.warn('No offline copy of the app', cause);
    }
  }

  #watch(registration: ServiceWorkerRegistration): void {
    const offer = (worker: ServiceWorker | null) => {
      // The very first worker has nobody to replace.
      if (!worker || !registration.active) return;
      this.#waiting = worker;
      this.available = true;
    };
    const follow = (worker: ServiceWorker | null) => {
      worker?.addEventListener('statechange', () => {
        if (worker.state === 'installed') offer(worker);
      });
    };
    offer(registration.waiting);
    // One that was found before this page could hear of it is still on its way.
    follow(registration.installing);
    registration.addEventListener('updatefound', () => follow(registration.installing));
    document.addEventListener('visibilitychange', () => {
      // An installed app may stay open for weeks; offline this fails, and that is fine.
      if (document.visibilityState === 'visible') void registration.update().catch(() => {});
    });
  }

  /** The person agrees: when nothing is being sent, the new worker takes over and the page loads once. */
  async apply(): Promise<void> {
    await outbox.pause();
    // Another tab may have applied it already.
    if (this.#waiting?.state !== 'installed') {
      location.reload();
      return;
    }
    this.#applying = true;
    this.#waiting.postMessage('skip-waiting');
    setTimeout(() => location.reload(), PATIENCE);
  }

  /** Shows the browser's own question. Answers whether the person said yes. */
  async install(): Promise<boolean> {
    const prompt = this.installPrompt;
    if (!prompt) return false;
    this.installPrompt = null;
    return (await prompt.prompt()).outcome === 'accepted';
  }
}

export const updates = new Updates();
