import { self } from '$app/service-worker';
import { placeOf } from '#lib/domain/announcements.ts';
import { withOffset } from '#lib/domain/clock.ts';
import { deviceName } from '#lib/domain/devicename.ts';
import type { PendingAnswer } from '#lib/domain/reminders.ts';
import { m } from '#lib/paraglide/messages.js';
import { openDatabase } from '#lib/storage/db.ts';
import { currentPerson } from '#lib/storage/device.ts';
import { queueReply } from '#lib/storage/reminders.ts';
import { SYNC_TAG } from '#lib/sync/background.ts';
import { subscribe } from '#lib/sync/subscription.ts';
import { sendWaiting } from './sending.ts';

/** What the server sends (`reminders/by_push.py`): neutral words, made for a lock screen. */
interface Message {
  about: string;
  id: string;
  tag: string;
  title: string;
  body: string;
  /** How often it has been put off before. */
  turn: number;
}

/** What a notification carries until it is tapped; one that an older version has shown has less. */
interface Shown {
  id: string;
  occurrence: string | null;
  /** The screen that it leads to. */
  place: string;
  turn: number;
}

/** What browsers know and the standard's types do not. */
interface Options extends NotificationOptions {
  renotify?: boolean;
  actions?: { action: string; title: string }[];
}

interface WithSync {
  sync?: { register(tag: string): Promise<void> };
}

const INBOX = '/more/reminders/inbox';
const SNOOZE_MINUTES = 30;
/** Where something may be half way: a notification must not load these anew. */
const BUSY = /^\/(log|routines\/[^/]+\/play|plans\/|signs|urgent)/;

/** Whatever came: a push that shows nothing takes a browser's permission away. */
export function read(data: PushMessageData | null): Message {
  const known = { about: '', id: '', tag: 'reminder', title: m.reminders_push_fallback_title(), body: m.reminders_push_fallback_body(), turn: 0 };
  try {
    const sent = data?.json() as Partial<Message> | null;
    return { ...known, ...sent };
  } catch {
    return known;
  }
}

export async function show(data: PushMessageData | null): Promise<void> {
  // After a sign-out without a connection the server does not know of it yet.
  if ((await currentPerson().catch(() => undefined)) === null) return leave();
  const { about, id, tag, title, body, turn } = read(data);
  const shown = await self.registration.getNotifications({ tag });
  const options: Options = {
    body,
    tag,
    // The same one sent twice rings once; one that was put off, or is about something newer, rings again.
    renotify: shown.some((one) => (one.data as Shown | null)?.id !== id || (one.data as Shown | null)?.turn !== turn),
    icon: '/icons/icon-192.png',
    data: { id, occurrence: about === 'occurrence' ? id : null, place: placeOf(about) ?? INBOX, turn } satisfies Shown,
    actions:
      about === 'occurrence'
        ? [
            { action: 'done', title: m.reminders_answer_done() },
            { action: 'snooze', title: m.reminders_push_snooze() }
          ]
        : []
  };
  await self.registration.showNotification(title, options);
}

async function leave(): Promise<void> {
  await (await self.registration.pushManager.getSubscription())?.unsubscribe();
}

/** A tap on the notification, or on one of its buttons; the app may be closed and the phone offline. */
export async function tapped(notification: Notification, action: string): Promise<void> {
  notification.close();
  const { occurrence, place } = (notification.data ?? {}) as Partial<Shown>;
  if (occurrence && (action === 'done' || action === 'snooze')) await answer(occurrence, action);
  else await open(place ?? INBOX);
}

async function answer(occurrence: string, action: 'done' | 'snooze'): Promise<void> {
  const person = await currentPerson();
  if (!person) return;
  const minutes = action === 'snooze' ? SNOOZE_MINUTES : null;
  const reply: PendingAnswer = { occurrence, answer: action, minutes, until: null, answered_at: withOffset() };
  const db = await openDatabase(person.id);
  try {
    await queueReply(db, person.id, reply);
  } finally {
    db.close();
  }
  // It is on the disk: what fails now is tried again by the browser, or when the app is opened.
  await sendWaiting().catch(() => (self.registration as WithSync).sync?.register(SYNC_TAG).catch(() => {}));
}

async function open(place: string): Promise<void> {
  const windows = await self.clients.matchAll({ type: 'window' });
  const idle = windows.find(({ url }) => !BUSY.test(new URL(url).pathname));
  // A window that this worker does not control cannot be led anywhere.
  const led = await idle?.navigate(place).catch(() => null);
  if (led) await led.focus();
  else await self.clients.openWindow(place);
}

/** The browser has given its subscription another address: the server must hear of it, or this device falls silent. */
export async function renew(): Promise<void> {
  const person = await currentPerson();
  if (person) await subscribe(self.registration.pushManager, person.id, deviceName(navigator.userAgent));
}
