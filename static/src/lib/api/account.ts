import type { Profile } from '#lib/domain/types.ts';
import { API, request, send, type Answer } from './client.ts';
import { localProblem } from './problem.ts';

// django-allauth's headless API for browsers. Nothing of its HTTP is known outside this file.
const AUTH = '/_allauth/browser/v1/auth/';

export interface Credentials {
  email: string;
  password: string;
}

const post = (path: string, body: unknown) => send(AUTH + path, { method: 'POST', body });

/** allauth answers 401 both for "not signed in" and for "one more step", which it names as a pending flow. */
function expectSignedIn(answer: Answer): void {
  if (answer.kind === 'ok') return;
  if (answer.kind === 'signed-out' && answer.problem.status === 401) {
    throw localProblem('another_step', 'The account needs one more step before it can be used.');
  }
  throw answer.problem;
}

async function enter(path: string, credentials: Credentials): Promise<void> {
  let answer = await post(path, credentials);
  if (answer.kind === 'refused' && answer.problem.status === 409) {
    // The browser still holds somebody's session, though this phone has nobody: end it, then enter.
    await endSession();
    answer = await post(path, credentials);
  }
  expectSignedIn(answer);
}

export const signIn = (credentials: Credentials) => enter('login', credentials);
export const signUp = (credentials: Credentials) => enter('signup', credentials);

/** Whoever is signed out on this device is not reminded on it; without a network the worker sees to it. */
async function silence(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  const subscription = await registration?.pushManager?.getSubscription().catch(() => null);
  await subscription?.unsubscribe().catch(() => false);
}

/** Ends the server's session. Being signed out is the answer 401, so that one is success. */
export async function endSession(): Promise<void> {
  await silence();
  const answer = await send(`${AUTH}session`, { method: 'DELETE' });
  if (answer.kind !== 'ok' && answer.kind !== 'signed-out') throw answer.problem;
}

/** Success is 401 for a person who opens the mailed link where she is not signed in. */
function expectDone(answer: Answer): void {
  if (answer.kind !== 'ok' && answer.problem.status !== 401) throw answer.problem;
}

export async function requestPasswordReset(email: string): Promise<void> {
  expectDone(await post('password/request', { email }));
}

/** Sets a new password with the key of the mailed link; it does not sign in. */
export async function resetPassword(key: string, password: string): Promise<void> {
  expectDone(await post('password/reset', { key, password }));
}

/** The profile of whoever the session belongs to; with `person`, only if it is hers. */
export function profile(person?: string, timeout?: number): Promise<Answer> {
  return send(`${API}me`, { person, timeout });
}

export function updateProfile(person: string, patch: Partial<Profile>): Promise<Profile> {
  return request<Profile>(`${API}me`, { method: 'PATCH', person, body: patch });
}

/** Erases the person and everything of hers on the server, for good. */
export async function erase(person: string, password: string): Promise<void> {
  await request<null>(`${API}me`, { method: 'DELETE', person, body: { password } });
}
