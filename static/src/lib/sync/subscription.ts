/** This browser's push subscription: made with the server's key, and told to the server. */
import { addDevice, readPushKey } from '#lib/api/reminders.ts';
import { localProblem } from '#lib/domain/problem.ts';
import type { PushDevice } from '#lib/domain/reminders.ts';

const bytesOf = (base64url: string) =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));

/** Whether a subscription was made with that key: one of another key falls silent when the server drops that. */
function isMadeWith(subscription: PushSubscription, key: Uint8Array): boolean {
  const own = subscription.options.applicationServerKey;
  return own !== null && new Uint8Array(own).join() === key.join();
}

async function subscribed(manager: PushManager, key: Uint8Array<ArrayBuffer>): Promise<PushSubscription> {
  try {
    const before = await manager.getSubscription();
    if (before && isMadeWith(before, key)) return before;
    await before?.unsubscribe();
    return await manager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  } catch {
    // No network, or a browser without a push service behind it.
    throw localProblem('push_service', 'The push service did not answer.');
  }
}

/**
 * Subscribes, where it is not yet, and tells the server: safe to repeat, whoever used this device before. `device`: what
 * the person calls it. Throws the Problem that the answer was, or `push_service`.
 */
export async function subscribe(manager: PushManager, person: string, device: string): Promise<PushDevice> {
  const { id: key_id, key } = await readPushKey(person);
  const subscription = await subscribed(manager, bytesOf(key));
  return addDevice(person, subscription.toJSON(), { key_id, device });
}
