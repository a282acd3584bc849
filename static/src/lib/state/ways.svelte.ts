import { Problem, localProblem } from '#lib/domain/problem.ts';
import type { PushDevice } from '#lib/domain/reminders.ts';
import { addDevice, chooseMail, readDevices, readMail, readPushKey, removeDevice } from '#lib/api/reminders.ts';
import { storageProblem } from '#lib/storage/faults.ts';
import { who } from './current.svelte.ts';

/** unsupported: this browser has no pushes. install: it has them for the installed app only (iOS). */
export type PushState = 'unsupported' | 'install' | 'ask' | 'denied' | 'off' | 'on';

const isApple = () => /iPhone|iPad|Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1;
const isInstalled = () => matchMedia('(display-mode: standalone)').matches;

const bytesOf = (base64url: string) =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));

/** Whether a subscription was made with that key: another one would be refused, or fall silent with its key. */
function isMadeWith(subscription: PushSubscription, key: Uint8Array): boolean {
  const own = subscription.options.applicationServerKey;
  return own !== null && new Uint8Array(own).join() === key.join();
}

/** By which ways reminders reach this person: e-mail, and the notifications of this device and others. */
class Ways {
  /** Null: not known. */
  mail = $state<boolean | null>(null);
  push = $state<PushState>('off');
  devices = $state.raw<PushDevice[]>([]);
  /** Which of them this one is, when it is known. */
  here = $state<string | null>(null);
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

  async #subscription(): Promise<PushSubscription | null> {
    const registration = await navigator.serviceWorker?.getRegistration();
    return (await registration?.pushManager?.getSubscription()) ?? null;
  }

  /** For a screen that opens: what this device can do, and which ones there are. */
  async readPush(): Promise<void> {
    try {
      const subscription = await this.#look();
      const { id } = await who.ready();
      // Said again: the server may have lost it, or have it as another person's who used this device before.
      if (subscription) await this.#tell(id, subscription);
      this.devices = await readDevices(id);
      this.problem = null;
    } catch (cause) {
      this.problem = cause instanceof Problem ? cause : storageProblem(cause);
    }
  }

  async #look(): Promise<PushSubscription | null> {
    const able = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
    if (!able) {
      this.push = isApple() && !isInstalled() ? 'install' : 'unsupported';
      return null;
    }
    const subscription = await this.#subscription();
    const asked = Notification.permission;
    this.push = asked === 'denied' ? 'denied' : subscription && asked === 'granted' ? 'on' : asked === 'granted' ? 'off' : 'ask';
    return this.push === 'on' ? subscription : null;
  }

  async #tell(person: string, subscription: PushSubscription): Promise<void> {
    const { id: key_id, key } = await readPushKey(person);
    if (!isMadeWith(subscription, bytesOf(key))) return;
    const known = await addDevice(person, subscription.toJSON(), { key_id, device: '' });
    this.here = known.id;
  }

  /**
   * Asks the browser, which asks the person: only after a tap. Rejects with a Problem: `push_denied` and
   * `push_dismissed` for what the person said, `push_service` when the browser's own service does not answer.
   */
  async turnOn(device: string): Promise<void> {
    const { id } = await who.ready();
    const said = await Notification.requestPermission();
    if (said !== 'granted') {
      this.push = said === 'denied' ? 'denied' : 'ask';
      throw localProblem(said === 'denied' ? 'push_denied' : 'push_dismissed', 'No permission.');
    }
    const { id: key_id, key } = await readPushKey(id);
    const subscription = await this.#subscribe(bytesOf(key));
    this.here = (await addDevice(id, subscription.toJSON(), { key_id, device })).id;
    this.push = 'on';
    this.devices = await readDevices(id);
  }

  async #subscribe(key: Uint8Array<ArrayBuffer>): Promise<PushSubscription> {
    try {
      const { pushManager } = await navigator.serviceWorker.ready;
      const before = await pushManager.getSubscription();
      if (before && !isMadeWith(before, key)) await before.unsubscribe();
      return await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    } catch {
      throw localProblem('push_service', 'The push service did not answer.');
    }
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

  /** Shown by this device itself, as a reminder would be. */
  async test(title: string, body: string): Promise<void> {
    const registration = await navigator.serviceWorker.ready;
    await registration.showNotification(title, { body, tag: 'test', icon: '/icons/icon-192.png' });
  }
}

export const ways = new Ways();
