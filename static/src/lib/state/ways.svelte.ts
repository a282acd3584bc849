import { deviceName } from '#lib/domain/devicename.ts';
import { Problem, localProblem } from '#lib/domain/problem.ts';
import type { CalendarFeed, PushDevice } from '#lib/domain/reminders.ts';
import {
  chooseMail,
  closeFeed,
  openFeed,
  readDevices,
  readFeed,
  readMail,
  removeDevice,
  testDevice,
  testMail,
  type MailOutcome,
  type ReminderMail
} from '#lib/api/reminders.ts';
import { lastTold, rememberTold } from '#lib/storage/device.ts';
import { storageProblem } from '#lib/storage/faults.ts';
import { subscribe } from '#lib/sync/subscription.ts';
import { who } from './current.svelte.ts';

export type { MailOutcome };

/** unsupported: this browser has no pushes. install: it has them for the installed app only (iOS). */
export type PushState = 'unsupported' | 'install' | 'ask' | 'denied' | 'off' | 'on';

const isApple = () => /iPhone|iPad|Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1;
const isInstalled = () => matchMedia('(display-mode: standalone)').matches;

const ownName = () => deviceName(navigator.userAgent);

/** By which ways reminders reach this person: e-mail, and the notifications of this device and others. */
class Ways {
  /** Null: not known. */
  mail = $state<boolean | null>(null);
  /** When the mailbox refused the last e-mail for good. */
  mailRefusedAt = $state<string | null>(null);
  /** When the mailbox, whose reader had ended the e-mails, was last asked whether to begin again. */
  mailAskedAt = $state<string | null>(null);
  /** False: the server has no mail server, and no e-mail goes out. */
  mailLeaves = $state(true);
  push = $state<PushState>('off');
  devices = $state.raw<PushDevice[]>([]);
  /** Which of them this one is, when it is known. */
  here = $state<string | null>(null);
  /** The address is known only when it has just been made. */
  feed = $state.raw<CalendarFeed | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** How often each was chosen: an answer that was on its way before that is an old one. */
  #chosen = { mail: 0, feed: 0 };

  async readMail(): Promise<void> {
    const before = this.#chosen.mail;
    try {
      const mail = await readMail((await who.ready()).id);
      if (before === this.#chosen.mail) this.#keepMail(mail);
    } catch (cause) {
      this.problem = cause instanceof Problem ? cause : storageProblem(cause);
    }
  }

  async chooseMail(on: boolean): Promise<void> {
    const mail = await chooseMail((await who.ready()).id, on);
    this.#chosen.mail += 1;
    this.#keepMail(mail);
  }

  #keepMail({ on, refused_at, asked_at, leaves }: ReminderMail): void {
    // Left out by a server that was older.
    this.mailLeaves = leaves ?? true;
    this.mail = on;
    this.mailAskedAt = asked_at;
    this.mailRefusedAt = on ? refused_at : null;
  }

  /** From the server to the mailbox, now. */
  async testMail(): Promise<MailOutcome> {
    const { outcome } = await testMail((await who.ready()).id);
    // The mailbox takes them again, whatever it said last.
    if (outcome === 'accepted') this.mailRefusedAt = null;
    return outcome;
  }

  async #manager(): Promise<PushManager> {
    return (await navigator.serviceWorker.ready).pushManager;
  }

  async #subscription(): Promise<PushSubscription | null> {
    const registration = await navigator.serviceWorker?.getRegistration();
    return (await registration?.pushManager?.getSubscription()) ?? null;
  }

  /** What this device can do, as the browser says: without a network, and without asking anybody. */
  async look(): Promise<void> {
    this.push = await this.#look();
  }

  /** For a screen that opens: what this device can do, and which ones there are. */
  async readPush(): Promise<void> {
    try {
      await this.look();
      const { id } = await who.ready();
      // Said again: the server may have lost it, or have it as another person's who used this device before.
      if (this.push === 'on') this.here = (await subscribe(await this.#manager(), id, ownName())).id;
      this.devices = await readDevices(id);
      this.problem = null;
    } catch (cause) {
      this.problem = cause instanceof Problem ? cause : storageProblem(cause);
    }
  }

  /**
   * To the server, once a day: it forgets a device that was signed out, and one of which it does not know which sign-in it
   * belongs to. `anew`: whoever uses this device has just signed in.
   */
  async sayAgain({ anew = false } = {}): Promise<void> {
    const { id } = await who.ready();
    const today = `${id} ${new Date().toISOString().slice(0, 10)}`;
    if (anew) await rememberTold(null);
    else if ((await lastTold()) === today) return;
    await this.look();
    if (this.push !== 'on') return;
    this.here = (await subscribe(await this.#manager(), id, ownName())).id;
    await rememberTold(today);
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
    const before = this.#chosen.feed;
    try {
      const feed = await readFeed((await who.ready()).id);
      if (before === this.#chosen.feed) this.feed = feed;
    } catch (cause) {
      this.problem = cause instanceof Problem ? cause : storageProblem(cause);
    }
  }

  /** A new secret address; the one before is closed. */
  async openFeed(): Promise<void> {
    const feed = await openFeed((await who.ready()).id);
    this.#chosen.feed += 1;
    this.feed = feed;
  }

  async closeFeed(): Promise<void> {
    await closeFeed((await who.ready()).id);
    this.#chosen.feed += 1;
    this.feed = { made_at: null, url: null };
  }
}

export const ways = new Ways();
