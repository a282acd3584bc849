import { vi } from 'vitest';
import { sameValue } from '#lib/domain/merge.ts';

interface Row {
  kind: string;
  owner: string;
  version: number;
  body: Record<string, unknown>;
  deleted_at: string | null;
  changed_at: string;
  revisions: string[];
}

/** What happens to one request: it is lost on the way there, on the way back, or answered by something else. */
export type Fault = 'lost-request' | 'lost-answer' | Response | null;

/**
 * A server with the contract's behaviour, in memory: idempotent puts, versions, tombstones, conflicts, batches, pages.
 * Only what these tests need; the real one has its own tests.
 */
export class FakeServer {
  rows = new Map<string, Row>();
  session: string | null = 'alice';
  /** Every request that reached it, oldest first. */
  log: string[] = [];
  /** How often a document was really created or changed. */
  writes: string[] = [];
  /** Asked before each request; also where a test makes something happen meanwhile. */
  fault: (method: string, path: string, body: unknown) => Fault | Promise<Fault> = () => null;
  /** A log that the server will not have, by its note. */
  refuses: (note: unknown) => number | null = () => null;
  /** An act on a flag that the server will not have, by its last word; the code says why. */
  refusesAct: (verb: string) => string | null = () => null;
  pageSize = 2;
  #clock = Date.parse('2026-11-01T00:00:00Z');

  install(): this {
    vi.stubGlobal('document', { cookie: 'csrftoken=token' });
    vi.stubGlobal('fetch', (path: string, init: RequestInit) => this.#fetch(path, init));
    return this;
  }

  tick(ms = 1000): string {
    this.#clock += ms;
    return new Date(this.#clock).toISOString();
  }

  /** As another device would write it. */
  write(kind: string, id: string, body: Record<string, unknown>, owner = 'alice'): void {
    const before = this.rows.get(id);
    const revisions = [...(before?.revisions ?? []), JSON.stringify(body)];
    const version = (before?.version ?? 0) + 1;
    this.rows.set(id, { kind, owner, version, body, deleted_at: null, changed_at: this.tick(), revisions });
    this.writes.push(id);
  }

  erase(id: string): void {
    const row = this.rows.get(id)!;
    const now = this.tick();
    this.rows.set(id, { ...row, version: row.version + 1, deleted_at: now, changed_at: now });
    this.writes.push(id);
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    const method = init.method ?? 'GET';
    const body: unknown = init.body ? JSON.parse(String(init.body)) : null;
    const fault = await this.fault(method, path, body);
    if (fault === 'lost-request') throw new TypeError('Failed to fetch');
    if (fault instanceof Response) return fault;
    this.log.push(`${method} ${path}`);
    const [status, answer] = this.#answer(method, path, body, new Headers(init.headers).get('X-Unpinch-Person'));
    if (fault === 'lost-answer') throw new TypeError('Failed to fetch');
    return answer === null ? new Response(null, { status }) : Response.json(answer, { status });
  }

  #answer(method: string, path: string, body: unknown, person: string | null): [number, unknown] {
    const url = new URL(path, 'http://server');
    if (url.pathname.startsWith('/_allauth/')) return this.#account(method, url.pathname, body);
    const [, , , list = '', id] = url.pathname.split('/');
    if (!this.session) return [401, problem(401, 'not_authenticated')];
    if (person && person !== this.session) return [403, problem(403, 'other_person')];
    if (list === 'me') return [200, { id: this.session, email: `${this.session}@example.org`, display_name: '' }];
    if (method === 'GET' && id === undefined) return [200, this.#page(list, url)];
    if (id === 'batch') return [200, (body as Record<string, unknown>[]).map((item) => this.#item(item))];
    if (list === 'flags' && method === 'POST') return this.#act(url.pathname, body as Record<string, unknown>);
    if (method === 'GET') return this.rows.has(id!) ? [200, this.#shown(id!)] : [404, problem(404, 'not_found')];
    if (method === 'DELETE') {
      const base = url.searchParams.get('base_version');
      const [status, answer] = this.#delete(id!, base === null ? null : Number(base));
      return status === 200 ? [204, null] : [status, answer];
    }
    return this.#put(list, id!, body as Record<string, unknown>);
  }

  /** What was done with flags: by its id with one that is there, by their rules with all. */
  #act(path: string, body: Record<string, unknown>): [number, unknown] {
    const [verb = '', id] = path.split('/').slice(4).reverse();
    const refused = this.refusesAct(verb);
    if (refused) return [400, problem(400, refused)];
    const ids = [...this.rows].filter(([, row]) => row.kind === 'flags').map(([one]) => one);
    const about = id ? ids.filter((one) => one === id) : ids.filter((one) => (body.rules as string[]).includes(String(this.rows.get(one)!.body.rule)));
    if (id && about.length === 0) return [404, problem(404, 'not_found')];
    for (const one of about) {
      const state = verb === 'resolve' ? 'resolved' : verb === 'reopen' ? 'reopened' : 'seen';
      const end = state === 'resolved' ? { resolved_at: body.at, reason: body.reason } : { resolved_at: null, reason: null };
      this.write('flags', one, { ...this.rows.get(one)!.body, ...end, state });
    }
    const shown = about.map((one) => this.#shown(one));
    return [200, id ? shown[0] : { results: shown }];
  }

  /** Signs in whoever's name is before the @, unless the password is "wrong". */
  #account(method: string, path: string, body: unknown): [number, unknown] {
    if (path.endsWith('/session') && method === 'DELETE') this.session = null;
    if (path.endsWith('/login')) {
      const { email, password } = body as { email: string; password: string };
      if (this.session) return [409, { status: 409 }];
      if (password === 'wrong') return [400, problem(400, 'email_password_mismatch')];
      this.session = email.split('@')[0]!;
    }
    return [this.session ? 200 : 401, { status: this.session ? 200 : 401 }];
  }

  #item(item: Record<string, unknown>) {
    const { id, ...body } = item as { id: string };
    const deletion = 'deleted' in body ? (body as { base_version?: number }) : null;
    const [status, answer] = deletion ? this.#delete(id, deletion.base_version ?? null) : this.#put('logs', id, body);
    return { id, status, body: status < 300 ? answer : null, error: status < 300 ? null : answer };
  }

  #put(kind: string, id: string, sent: Record<string, unknown>): [number, unknown] {
    const { base_version: base = null, ...body } = sent as { base_version?: number | null };
    const refused = this.refuses((body as { note?: unknown }).note);
    if (refused) return [refused, problem(refused, 'invalid')];
    const row = this.rows.get(id);
    if (row && sameValue(row.body, body) && !row.deleted_at) return [200, this.#shown(id)];
    if (row?.revisions.includes(JSON.stringify(body)) && base !== row.version) return [200, this.#shown(id)];
    const current = row && this.#shown(id);
    if (row && base !== row.version) return [409, { ...problem(409, 'conflict'), current, yours: body }];
    this.write(kind, id, body, this.session!);
    return [row ? 200 : 201, this.#shown(id)];
  }

  #delete(id: string, base: number | null): [number, unknown] {
    const row = this.rows.get(id);
    if (!row) return [404, problem(404, 'not_found')];
    if (row.deleted_at) return [200, this.#shown(id)];
    if (base !== null && base !== row.version) {
      return [409, { ...problem(409, 'edited'), current: this.#shown(id), yours: null }];
    }
    this.erase(id);
    return [200, this.#shown(id)];
  }

  #shown(id: string) {
    const { body, version, deleted_at, changed_at } = this.rows.get(id)!;
    return { ...body, id, version, deleted_at, changed_at, received_at: changed_at };
  }

  #page(kind: string, url: URL) {
    const since = url.searchParams.get('changed_since');
    const from = Number(url.searchParams.get('from') ?? 0);
    const shown = [...this.rows].filter(([, row]) => row.kind === kind).map(([id]) => this.#shown(id));
    const by = (name: string) => (one: object, other: object) =>
      String((one as Record<string, unknown>)[name]).localeCompare(String((other as Record<string, unknown>)[name]));
    const rows = since
      ? shown.filter((one) => one.changed_at >= since).sort(by('changed_at'))
      : shown.filter((one) => !one.deleted_at).sort(by('occurred_at')).reverse();
    const to = from + this.pageSize;
    const query = new URLSearchParams({ ...(since ? { changed_since: since } : {}), from: String(to) });
    return { results: rows.slice(from, to), next: to < rows.length ? `http://server/api/v1/${kind}?${query}` : null };
  }
}

export function problem(status: number, code: string) {
  return { type: code, title: code, status, errors: [{ field: null, code, message: code }] };
}
