import type { CalendarFeed, Due, Occurrence, PendingAnswer, PushDevice, Reminder, ReminderBody } from '#lib/domain/reminders.ts';
import { API, request, send, type Answer } from './client.ts';

interface List<T> {
  results: T[];
}

/** A person has at most 50. Throws the Problem that the answer was, as all of these do. */
export async function readReminders(person: string): Promise<Reminder[]> {
  return (await request<List<Reminder>>(`${API}reminders?page_size=100`, { person })).results;
}

/** With the version that the person has seen; null for a new one. */
export function saveReminder(person: string, id: string, body: ReminderBody, base_version: number | null): Promise<Reminder> {
  return request<Reminder>(`${API}reminders/${id}`, { method: 'PUT', person, body: { ...body, base_version } });
}

export async function removeReminder(person: string, { id, version }: Pick<Reminder, 'id' | 'version'>): Promise<void> {
  await request<null>(`${API}reminders/${id}?base_version=${version}`, { method: 'DELETE', person });
}

/** The next times, without keeping anything. */
export async function previewReminder(person: string, body: ReminderBody): Promise<Due[]> {
  return (await request<{ due: Due[] }>(`${API}reminders/preview`, { method: 'POST', person, body })).due;
}

/** The newest first, from a local date on. */
export async function readOccurrences(person: string, from: string): Promise<Occurrence[]> {
  return (await request<List<Occurrence>>(`${API}occurrences?from=${from}&page_size=200`, { person })).results;
}

/** Safe to repeat; answered with what stands, whoever said it. */
export function sendAnswer(person: string, { occurrence, ...body }: PendingAnswer): Promise<Answer> {
  return send(`${API}occurrences/${occurrence}/answer`, { method: 'PUT', person, body });
}

export const readPushKey = (person: string): Promise<{ id: string; key: string }> =>
  request(`${API}push-key`, { person });

export async function readDevices(person: string): Promise<PushDevice[]> {
  return (await request<List<PushDevice>>(`${API}push-subscriptions`, { person })).results;
}

/** `subscription` as the browser's `PushSubscription.toJSON()` has it. */
export function addDevice(
  person: string,
  subscription: PushSubscriptionJSON,
  about: { key_id: string; device: string }
): Promise<PushDevice> {
  const { endpoint, keys } = subscription;
  return request(`${API}push-subscriptions`, { method: 'POST', person, body: { endpoint, keys, ...about } });
}

export async function removeDevice(person: string, id: string): Promise<void> {
  await request<null>(`${API}push-subscriptions/${id}`, { method: 'DELETE', person });
}

export interface ReminderMail {
  on: boolean;
  /** When the mailbox refused the last mail for good. */
  refused_at: string | null;
  /** When a mail last asked whoever reads the mailbox, and had ended the mails there, whether to begin again. */
  asked_at: string | null;
  /** False: no e-mail goes out. Left out by a server that was older. */
  leaves?: boolean;
}

export type MailOutcome = 'accepted' | 'refused' | 'busy' | 'down' | 'no_server' | 'stopped';

export const readMail = (person: string): Promise<ReminderMail> => request(`${API}reminder-mail`, { person });

export const chooseMail = (person: string, on: boolean): Promise<ReminderMail> =>
  request(`${API}reminder-mail`, { method: 'PATCH', person, body: { on } });

/** One e-mail, now. */
export const testMail = (person: string): Promise<{ outcome: MailOutcome }> =>
  request(`${API}reminder-mail/test`, { method: 'POST', person });

/** From the server, through the push service. */
export const testDevice = (person: string, id: string): Promise<{ outcome: string }> =>
  request(`${API}push-subscriptions/${id}/test`, { method: 'POST', person });

export const readFeed = (person: string): Promise<CalendarFeed> => request(`${API}calendar-feed`, { person });

/** A new address; the one before is closed. */
export const openFeed = (person: string): Promise<CalendarFeed> => request(`${API}calendar-feed`, { method: 'POST', person });

export async function closeFeed(person: string): Promise<void> {
  await request<null>(`${API}calendar-feed`, { method: 'DELETE', person });
}
