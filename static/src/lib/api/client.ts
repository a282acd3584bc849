import { Problem, localProblem, type FieldError } from './problem.ts';

/** What an answer means for whoever asked; each outcome of a request is exactly one of these. */
export type Answer =
  | { kind: 'ok'; status: number; body: unknown }
  /** The session has ended: nothing goes on before the person has signed in again. */
  | { kind: 'signed-out'; problem: Problem }
  /** The session is another person's: nothing of this one may be sent. */
  | { kind: 'other-person'; problem: Problem }
  /** The server has looked at it and will not have it; repeating it changes nothing. */
  | { kind: 'refused'; problem: Problem; body: unknown }
  /** Too busy, broken or out of reach; whether it took effect is not known. */
  | { kind: 'again'; problem: Problem; wait: number | null };

export interface Ask {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  /** Whose data this is about; the server refuses when the session is another's. */
  person?: string;
  /** In ms; after this the answer counts as lost. */
  timeout?: number;
}

export const API = '/api/v1/';
const SESSION = '/_allauth/browser/v1/auth/session';
const TIMEOUT = 15_000;

const CSRF = 'csrftoken';

/** A page has a document; a service worker has not, and there Background Sync exists only where cookieStore does. */
interface Cookies {
  document?: { cookie: string };
  cookieStore?: { get(name: string): Promise<{ value?: string } | null> };
}

async function csrfToken(): Promise<string> {
  const { document, cookieStore } = globalThis as Cookies;
  if (!document) return (await cookieStore?.get(CSRF))?.value ?? '';
  const pair = document.cookie.split('; ').find((one) => one.startsWith(`${CSRF}=`));
  return pair ? decodeURIComponent(pair.slice(CSRF.length + 1)) : '';
}

/** Seconds or an HTTP date, as ms from now. */
export function retryAfter(header: string | null, now: number = Date.now()): number | null {
  if (!header) return null;
  const seconds = Number(header);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isNaN(wait) ? null : Math.max(0, wait);
}

function isFieldError(value: unknown): value is Partial<FieldError> {
  return typeof value === 'object' && value !== null;
}

/** Reads the one error shape, and allauth's (`{errors: [{param, code, message}]}`), out of any answer. */
export function asProblem(status: number, body: unknown): Problem {
  const raw = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const list = Array.isArray(raw.errors) ? raw.errors.filter(isFieldError) : [];
  const errors = list.map((error) => ({
    field: String(error.field ?? (error as { param?: unknown }).param ?? ''),
    code: String(error.code ?? 'invalid'),
    message: String(error.message ?? '')
  }));
  const title = typeof raw.title === 'string' ? raw.title : (errors[0]?.message ?? `The server answered ${status}.`);
  if (errors.length === 0) errors.push({ field: '', code: CODES[status] ?? 'unexpected', message: title });
  return new Problem({ status, title, errors });
}

const CODES: Record<number, string> = {
  401: 'not_authenticated',
  404: 'not_found',
  408: 'timeout',
  409: 'conflict',
  413: 'too_large',
  429: 'too_many'
};

/** What an HTTP status means, for a whole answer and for one item of a batch alike. */
export function classify(status: number, body: unknown, wait: number | null = null): Answer {
  if (status >= 200 && status < 300) return { kind: 'ok', status, body };
  const problem = asProblem(status, body);
  if (status === 401) return { kind: 'signed-out', problem };
  // About this one document, not about who is asking: it must hold nothing else up.
  if (problem.code === 'prescribed_by_another') return { kind: 'refused', problem, body };
  if (status === 403) return { kind: problem.code === 'other_person' ? 'other-person' : 'signed-out', problem };
  if (status === 408 || status === 429 || status >= 500) return { kind: 'again', problem, wait };
  if (status >= 400) return { kind: 'refused', problem, body };
  return { kind: 'again', problem, wait };
}

function lost(cause: unknown): Answer {
  const late = cause instanceof DOMException && cause.name === 'TimeoutError';
  const problem = late
    ? localProblem('timeout', 'The server took too long to answer.')
    : localProblem('offline', 'The server could not be reached.');
  return { kind: 'again', problem, wait: null };
}

async function readBody(response: Response): Promise<unknown> {
  if (response.status === 204 || response.status === 205) return null;
  return response.json();
}

async function once(path: string, ask: Ask): Promise<Answer> {
  const method = ask.method ?? 'GET';
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (ask.person) headers['X-Unpinch-Person'] = ask.person;
  if (ask.body !== undefined) headers['Content-Type'] = 'application/json';
  if (method !== 'GET') headers['X-CSRFToken'] = await csrfToken();
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: ask.body === undefined ? undefined : JSON.stringify(ask.body),
      credentials: 'same-origin',
      cache: 'no-store',
      // A hotel's login page answers by redirecting; that must never pass for our server.
      redirect: 'error',
      signal: AbortSignal.timeout(ask.timeout ?? TIMEOUT)
    });
  } catch (cause) {
    return lost(cause);
  }
  const wait = retryAfter(response.headers.get('Retry-After'));
  try {
    return classify(response.status, await readBody(response), wait);
  } catch (cause) {
    // Cut off half way, or not JSON: a 2xx that we cannot read confirms nothing.
    return response.ok ? lost(cause) : classify(response.status, null, wait);
  }
}

function isCsrf(answer: Answer): boolean {
  return answer.kind === 'signed-out' && /csrf/i.test(JSON.stringify(answer.problem.toJSON()));
}

/** Sends one request and says what the answer means. Never throws. */
export async function send(path: string, ask: Ask = {}): Promise<Answer> {
  const writes = ask.method !== undefined && ask.method !== 'GET';
  if (writes && (await csrfToken()) === '') await once(SESSION, {});
  const answer = await once(path, ask);
  if (!writes || !isCsrf(answer)) return answer;
  // Signing in elsewhere has changed the token; asking for the session brings the new one.
  await once(SESSION, {});
  return once(path, ask);
}

/** The body of the answer, or the Problem that the answer was. */
export async function request<T>(path: string, ask: Ask = {}): Promise<T> {
  const answer = await send(path, ask);
  if (answer.kind !== 'ok') throw answer.problem;
  return answer.body as T;
}
