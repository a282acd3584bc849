import type { SignIn } from '#lib/domain/signins.ts';
import type { Profile } from '#lib/domain/types.ts';
import { API, request, send, type Answer, type Ask } from './client.ts';
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

/** Whether the mail leaves the server: without a mail server it is only kept there. */
export async function requestPasswordReset(email: string): Promise<boolean> {
  const answer = await post('password/request', { email });
  expectDone(answer);
  const said = answer.kind === 'ok' ? (answer.body as { data?: { mail_leaves?: boolean } } | null) : null;
  return said?.data?.mail_leaves ?? true;
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

interface UserSession {
  id: number;
  user_agent: string;
  ip: string;
  created_at: number;
  last_seen_at: number;
  is_current: boolean;
}

const NO_ADDRESS = '0.0.0.0';

const instant = (seconds: number) => new Date(seconds * 1000).toISOString();

const signInOf = (row: UserSession): SignIn => ({
  id: row.id,
  device: row.user_agent,
  network: row.ip === NO_ADDRESS ? '' : row.ip,
  signed_in_at: instant(row.created_at),
  seen_at: instant(row.last_seen_at),
  here: row.is_current
});

async function signIns(ask: Ask): Promise<SignIn[]> {
  return (await request<{ data: UserSession[] }>(`${AUTH}sessions`, ask)).data.map(signInOf);
}

/** Where this person is signed in. Throws the Problem that the answer was, also when the session is another's. */
export async function readSignIns(person: string): Promise<SignIn[]> {
  // A session from before there was such a list gets its place on it by this.
  await request<Profile>(`${API}me`, { person });
  return signIns({});
}

/** Ends those, and answers with what is left. */
export const endSignIns = (ids: number[]): Promise<SignIn[]> => signIns({ method: 'DELETE', body: { sessions: ids } });

/** Erases the person and everything of hers on the server, for good. */
export async function erase(person: string, password: string): Promise<void> {
  await request<null>(`${API}me`, { method: 'DELETE', person, body: { password } });
}
