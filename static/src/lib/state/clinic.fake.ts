import { vi } from 'vitest';
import type { RaisedFlag } from '#lib/domain/flags.ts';
import type { PatientStop } from '#lib/domain/patients.ts';
import { redFlag } from '#lib/domain/flags.fixtures.ts';
import type { ServerPrescription } from '#lib/domain/types.ts';
import { prescription } from '#lib/storage/fixtures.fake.ts';

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
const refusal = (status: number, code: string, more: object = {}) =>
  json({ type: code, title: code, status, errors: [{ field: null, code, message: code }], ...more }, status);

/** What is kept of `PUT prescriptions/{id}`. */
export type Put = Record<string, unknown> & { base_version: number | null; despite_open_signs?: string[]; items: unknown[] };

/** The server as whoever treats one patient meets it: conflicts and open signs are refused as there. */
export class FakeClinic {
  /** What every question is answered with, instead. */
  state: 'well' | 'offline' | 'signed_out' | 'ended' | 'not_in_scope' | 'other_person' = 'well';
  reportState: 'well' | 'offline' = 'well';
  stopsState: 'well' | 'offline' = 'well';
  /** What was read. */
  paths: string[] = [];
  flags: RaisedFlag[] = [];
  plan = { ...prescription(''), name: 'Daily', id: 'daily', version: 1 } as unknown as ServerPrescription;
  /** Ids of those that are listed. */
  plans = ['daily'];
  puts: Put[] = [];
  stops: PatientStop[] = [];
  scopes = ['symptoms', 'flags', 'exercises', 'prescribe'];

  install(): this {
    vi.stubGlobal('document', { cookie: 'csrftoken=t', visibilityState: 'visible', addEventListener: vi.fn() });
    vi.stubGlobal('fetch', async (path: string, init: RequestInit) => this.#answer(path, init));
    return this;
  }

  /** Somebody else sets the plan anew. */
  change(fields: Partial<ServerPrescription>): void {
    this.plan = { ...this.plan, ...fields, version: this.plan.version + 1 };
  }

  takeBack(): void {
    this.plans = [];
  }

  raise(rule: string, level: RaisedFlag['level'] = 'E'): RaisedFlag {
    const flag = redFlag(rule, [], { level });
    this.flags = [...this.flags.filter(({ id }) => id !== flag.id), flag];
    return flag;
  }

  #answer(path: string, { method, body }: RequestInit): Response {
    if (this.state === 'offline' || (path.includes('/report') && this.reportState === 'offline')) throw new TypeError('offline');
    if (path.includes('/stops') && this.stopsState === 'offline') throw new TypeError('offline');
    this.paths.push(path);
    if (this.state === 'signed_out') return refusal(401, 'not_authenticated');
    if (this.state === 'ended') return refusal(404, 'not_found');
    if (this.state !== 'well') return refusal(403, this.state);
    if (method === 'PUT') return this.#put(JSON.parse(body as string) as Put);
    if (path.includes('/report')) return json({ patient: { conditions: ['osteoporosis', 'pregnancy'] } });
    if (path.includes('/flags')) return json({ results: this.flags, next: null });
    if (path.includes('/prescriptions')) return json({ results: this.plans.includes(this.plan.id) ? [this.plan] : [], next: null });
    if (path.includes('/stops')) return json({ results: this.stops, next: null });
    if (/notes|messages/.test(path)) return json({ results: [], next: null });
    return json({ id: 'alice', name: 'Alice', link: 'link', today: '2026-11-22', scopes: this.scopes, reasons: [] });
  }

  #put(put: Put): Response {
    this.puts.push(put);
    const signs = this.flags.filter(({ level }) => level === 'E').map(({ id }) => ({ flag: id, level: 'E' }));
    const seen = put.despite_open_signs;
    const unseen = signs.filter(({ flag }) => seen && !seen.includes(flag));
    if (unseen.length) return refusal(400, 'open_signs', { open_signs: unseen });
    if (put.base_version !== null && put.base_version !== this.plan.version) return refusal(409, 'id_taken');
    return json({ ...this.plan, ...put, version: this.plan.version + 1, open_signs: signs });
  }
}
