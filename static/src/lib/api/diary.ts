import type { Bodies, Body, Kind, ServerDocument, ServerDocuments } from '#lib/domain/documents.ts';
import type { Exercise } from '#lib/domain/types.ts';
import { API, send, type Answer } from './client.ts';

const PATH: Record<Kind, string> = {
  log: 'logs',
  session: 'sessions',
  routine: 'routines',
  prescription: 'prescriptions',
  check: 'red-flag-checks',
  measure: 'measures'
};

/** Soon there, then few requests. */
const FIRST_PAGE = 50;
const LATER_PAGES = 500;

export interface Page<T> {
  results: T[];
  next: string | null;
}

/** One version of a document, and when the server took it. */
export interface Revision<K extends Kind> {
  version: number;
  changed_at: string;
  deleted: boolean;
  body: Bodies[K];
}

/** One edit, as the batch takes it and as a single PUT or DELETE is made of it. */
export interface Edit {
  kind: Kind;
  id: string;
  action: 'put' | 'delete';
  body: Body | null;
  base_version: number | null;
}

const versioned = (edit: Edit) => (edit.base_version === null ? {} : { base_version: edit.base_version });

export function sendOne(person: string, edit: Edit): Promise<Answer> {
  const path = `${API}${PATH[edit.kind]}/${edit.id}`;
  if (edit.action === 'delete') {
    const query = edit.base_version === null ? '' : `?base_version=${edit.base_version}`;
    return send(path + query, { method: 'DELETE', person });
  }
  return send(path, { method: 'PUT', person, body: { ...edit.body, ...versioned(edit) } });
}

export function sendBatch(person: string, edits: Edit[]): Promise<Answer> {
  const body = edits.map((edit) =>
    edit.action === 'delete'
      ? { id: edit.id, deleted: true, ...versioned(edit) }
      : { id: edit.id, ...edit.body, ...versioned(edit) }
  );
  return send(`${API}logs/batch`, { method: 'POST', person, body, timeout: 30_000 });
}

export const readOne = (person: string, kind: Kind, id: string) => send(`${API}${PATH[kind]}/${id}`, { person });

/** One page of a list: by address (`next` of the page before), or the first. */
export function readPage(person: string, kind: 'log' | 'session' | 'check' | 'measure', since: string | null): Promise<Answer> {
  const query = since === null ? '' : `&changed_since=${encodeURIComponent(since)}`;
  return send(`${API}${PATH[kind]}?page_size=${FIRST_PAGE}${query}`, { person });
}

/** Follows a cursor, by larger steps, and on our own origin only: the address came out of an answer. */
export function readNext(person: string, next: string): Promise<Answer> {
  const url = new URL(next, globalThis.location?.origin ?? 'http://localhost');
  if (url.searchParams.has('page_size')) url.searchParams.set('page_size', String(LATER_PAGES));
  return send(url.pathname + url.search, { person, timeout: 30_000 });
}

export function isPage<T>(body: unknown): body is Page<T> {
  return typeof body === 'object' && body !== null && Array.isArray((body as Page<T>).results);
}

export function isDocument(body: unknown, id: string): body is ServerDocument {
  const document = body as ServerDocument | null;
  return typeof document === 'object' && document !== null && document.id === id && Number.isInteger(document.version);
}

async function readAll<T>(person: string, path: string): Promise<T[] | Answer> {
  const all: T[] = [];
  let answer = await send(API + path, { person });
  while (answer.kind === 'ok' && isPage<T>(answer.body)) {
    all.push(...answer.body.results);
    if (!answer.body.next) return all;
    answer = await readNext(person, answer.body.next);
  }
  // The catalogue may also come as one plain list.
  if (answer.kind === 'ok' && Array.isArray(answer.body)) return answer.body as T[];
  return answer;
}

export const readExercises = (person: string) => readAll<Exercise>(person, 'exercises');
export const readWhole = <K extends 'routine' | 'prescription'>(person: string, kind: K) =>
  readAll<ServerDocuments[K]>(person, PATH[kind]);

/** Every version of one document, the newest first. */
export const readHistory = <K extends Kind>(person: string, kind: K, id: string) =>
  readAll<Revision<K>>(person, `${PATH[kind]}/${id}/history`);
