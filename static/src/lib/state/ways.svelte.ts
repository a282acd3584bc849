import { deviceName } from '#lib/domain/devicename.ts';
import { Problem, localProblem } from '#lib/domain/problem.ts';
import type { CalendarFeed, PushDevice } from '#lib/domain/reminders.ts';
import { chooseMail, closeFeed, openFeed, readDevices, readFeed, readMail, removeDevice, testDevice } from '#lib/api/reminders.ts';
import { storageProblem } from '#lib/storage/faults.ts';
import { subscribe } from '#lib/sync/subscription.ts';
import { who } from './current.svelte.ts';

/** unsupported: this browser has no pushes. install: it has them for the installed app only (iOS). */
export type PushState = 'unsupported' | 'install' | 'ask' | 'denied' | 'off' | 'on';

const isApple = () => /iPhone|iPad|Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1;
const isInstalled = () => matchMedia('(display-mode: standalone)').matches;

const ownName = () => deviceName(navigator.userAgent);

/** By which ways reminders reach this person: e-mail, and the notifications of this device and others. */
class Ways {
  /** Null: not known. */
  mail = $state<boolean | null>(null);
  push = $state<PushState>('off');
  devices = $state.raw<PushDevice[]>([]);
  /** Which of them this one is, when it is known. */
  here = $state<string | null>(null);
  /** The address is known only when it has just been made. */
  feed = $state.raw<CalendarFeed | null>(null);
  problem = $state.raw<Problem | null>(null);

  async readMail(): Promise<void> {
    try {
      this.mail = (await readMail((await who.ready()).id)).on;
    } catch (cause) {
      this.problem = cause instanceof Problem ? cause : storageProblem(cause);
    }
  }

  async chooseMail(on: boolean): Promise<void> {
    this.mail = (await chooseMail((await who.ready()).id, on)).on;
  }

  async #manager(): Promise<PushManager> {
    return (await navigator.serviceWorker.ready).pushManager;
  }

  async #subscription(): Promise<PushSubscription | null> {
    const registration = await navigator.serviceWorker?.getRegistration();
    return (await registration?.pushManager?.getSubscription()) ?? null;
  }

  /** For a screen that opens: what this device can do, and which ones there are. */
  async readPush(): Promise<void> {
    try {
      this.push = await this.#look();
      const { id } = await who.ready();
      // Said again: the server may have lost it, or have it as another person's who used this device before.
      if (this.push === 'on') this.here = (await subscribe(await this.#manager(), id, ownName())).id;
      this.devices = await readDevices(id);
      this.problem = null;
    } catch (cause) {
      this.problem = cause instanceof Problem ? cause : storageProblem(cause);
    }
  }

  async #look(): Promise<PushState> {
    const able = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
    if (!able) return isApple() && !isInstalled() ? 'install' : 'unsupported';
    if (Notification.permission === 'denied') return 'denied';
    if (Notification.permission !== 'granted') return 'ask';
    return (await this.#subscription()) ? 'on' : 'off';
  }

  /**
   * Asks the browser, which asks the person: only after a tap. Rejects with a Problem: `push_denied` and
   * `push_dismissed` for what the person said, `push_service` when the browser's own service does not answer.
   */
  async turnOn(): Promise<void> {
    const { id } = await who.ready();
    const said = await Notification.requestPermission();
    if (said !== 'granted') {
      this.push = said === 'denied' ? 'denied' : 'ask';
      throw localProblem(said === 'denied' ? 'push_denied' : 'push_dismissed', 'No permission.');
    }
    this.push = 'off';
    this.here = (await subscribe(await this.#manager(), id, ownName())).id;
    this.push = 'on';
    this.devices = await readDevices(id);
  }

  /** Here nothing comes any more, even should the server not hear of it. */
  async turnOff(): Promise<void> {
    const { id } = await who.ready();
    await (await this.#subscription())?.unsubscribe();
    this.push = 'off';
    if (this.here) await this.remove(this.here);
    else this.devices = await readDevices(id);
  }

  async remove(device: string): Promise<void> {
    const { id } = await who.ready();
    await removeDevice(id, device);
    this.devices = this.devices.filter((one) => one.id !== device);
    if (device === this.here) {
      this.here = null;
      await (await this.#subscription())?.unsubscribe();
      this.push = 'off';
    }
  }

  /** From the server, all the way. Rejects with a Problem: `push_lost` when the push service did not take it. */
  async test(): Promise<void> {
    if (!this.here) return;
    const { id } = await who.ready();
    const { outcome } = await testDevice(id, this.here);
    if (outcome === 'accepted') return;
    await this.readPush();
    throw localProblem('push_lost', 'The push service did not take it.');
  }

  async readFeed(): Promise<void> {
    try {
      this.feed = await readFeed((await who.ready()).id);
    } catch (cause) {
      this.problem = cause instanceof Problem ? cause : storageProblem(cause);
    }
  }

  /** A new secret address; the one before is closed. */
  async openFeed(): Promise<void> {
    this.feed = await openFeed((await who.ready()).id);
  }

  async closeFeed(): Promise<void> {
    await closeFeed((await who.ready()).id);
    this.feed = { made_at: null, url: null };
  }
}

export const ways = new Ways();
