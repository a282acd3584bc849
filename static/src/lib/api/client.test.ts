import { beforeEach, expect, test, vi } from 'vitest';
import { classify, request, retryAfter, send } from './client.ts';
import { Problem } from './problem.ts';

const calls: { path: string; init: RequestInit }[] = [];
let answers: (Response | Error)[] = [];
const page = { cookie: 'other=1; csrftoken=abc' };

beforeEach(() => {
  calls.length = 0;
  answers = [];
  page.cookie = 'other=1; csrftoken=abc';
  vi.stubGlobal('document', page);
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    calls.push({ path, init });
    const answer = answers.shift() ?? Response.json({});
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  });
});

const sentHeaders = (index = 0) => new Headers(calls[index]?.init.headers);
const error = (status: number, code: string, message = '') =>
  Response.json({ type: code, title: 'No.', status, errors: [{ field: null, code, message }] }, { status });

test.each([
  [200, 'x', 'ok'],
  [201, 'x', 'ok'],
  [400, 'invalid', 'refused'],
  [401, 'not_authenticated', 'signed-out'],
  [403, 'not_authenticated', 'signed-out'],
  [403, 'permission_denied', 'signed-out'],
  [403, 'other_person', 'other-person'],
  [403, 'prescribed_by_another', 'refused'],
  [404, 'not_found', 'refused'],
  [408, 'timeout', 'again'],
  [409, 'conflict', 'refused'],
  [413, 'too_large', 'refused'],
  [429, 'throttled', 'again'],
  [500, 'broken', 'again'],
  [503, 'busy', 'again']
])('a %i %s is %s', (status, code, kind) => {
  expect(classify(status, { title: 'x', errors: [{ field: '', code, message: '' }] }).kind).toBe(kind);
});

test('a write says whose data it is and carries the token', async () => {
  await send('/api/v1/me', { method: 'PATCH', person: 'alice', body: { country: 'DE' } });
  expect(sentHeaders().get('X-Unpinch-Person')).toBe('alice');
  expect(sentHeaders().get('X-CSRFToken')).toBe('abc');
  expect(calls[0]?.init).toMatchObject({ method: 'PATCH', body: '{"country":"DE"}', credentials: 'same-origin' });
});

test('without a token it is fetched before the first write', async () => {
  page.cookie = '';
  await send('/api/v1/me', { method: 'PATCH', body: {} });
  expect(calls.map((call) => call.path)).toEqual(['/_allauth/browser/v1/auth/session', '/api/v1/me']);
});

test('a token that has changed meanwhile is renewed once', async () => {
  const stale = error(403, 'permission_denied', 'CSRF Failed: token incorrect.');
  answers = [stale, Response.json({}), Response.json({ a: 1 })];
  expect(await send('/api/v1/x', { method: 'PUT', body: {} })).toMatchObject({ kind: 'ok', body: { a: 1 } });
  expect(calls).toHaveLength(3);
});

test.each([
  [new TypeError('Failed to fetch'), 'offline'],
  [new DOMException('late', 'TimeoutError'), 'timeout']
])('%s means try again', async (fault, code) => {
  answers = [fault];
  const answer = await send('/api/v1/me');
  expect(answer).toMatchObject({ kind: 'again', problem: { status: 0, errors: [{ code }] } });
});

test('a 2xx that is not JSON is not an answer of ours', async () => {
  answers = [new Response('<html>', { status: 200 })];
  expect((await send('/api/v1/me')).kind).toBe('again');
});

test('a proxy that is out of order is not a refusal', async () => {
  answers = [new Response('<html>Bad gateway', { status: 502, headers: { 'Retry-After': '3' } })];
  expect(await send('/api/v1/me')).toMatchObject({ kind: 'again', wait: 3000 });
});

test.each([
  [null, null],
  ['120', 120_000],
  ['Fri, 20 Nov 2026 07:00:30 GMT', 30_000],
  ['Fri, 20 Nov 2026 06:00:00 GMT', 0],
  ['soon', null]
])('Retry-After %s is %s ms', (header, wait) => {
  expect(retryAfter(header, Date.parse('2026-11-20T07:00:00Z'))).toBe(wait);
});

test("allauth's list of errors becomes a Problem with fields", async () => {
  const errors = [{ code: 'email_taken', param: 'email', message: 'Taken.' }];
  answers = [Response.json({ status: 400, errors }, { status: 400 })];
  const refusal = await request('/x').catch((cause: unknown) => cause);
  expect(refusal).toBeInstanceOf(Problem);
  expect((refusal as Problem).about('email')).toEqual([{ field: 'email', code: 'email_taken', message: 'Taken.' }]);
});

test('a refusal without a body still has a code', async () => {
  answers = [Response.json({ status: 429 }, { status: 429 })];
  await expect(request('/x')).rejects.toMatchObject({ status: 429, code: 'too_many' });
});
