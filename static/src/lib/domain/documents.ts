import type {
  Exercise,
  LogBody,
  RoutineBody,
  ServerLog,
  ServerRoutine,
  ServerSession,
  SessionBody
} from './types.ts';

/** What a person writes: each kind has its own store on the phone and its own address on the server. */
export interface Bodies {
  log: LogBody;
  session: SessionBody;
  routine: RoutineBody;
}
export type Kind = keyof Bodies;
export type Body = Bodies[Kind];

export interface ServerDocuments {
  log: ServerLog;
  session: ServerSession;
  routine: ServerRoutine;
}
export type ServerDocument = ServerDocuments[Kind];

/** A document on the phone is the server's shape; until the server has taken it, version is 0 and its times are null. */
type OnPhone<T> = Omit<T, 'received_at' | 'changed_at'> & { received_at: string | null; changed_at: string | null };
export type StoredLog = OnPhone<ServerLog>;
export type StoredSession = OnPhone<ServerSession>;
export type StoredRoutine = OnPhone<ServerRoutine>;

export interface StoredDocuments {
  log: StoredLog;
  session: StoredSession;
  routine: StoredRoutine;
}
export type StoredDocument = StoredDocuments[Kind];
export type StoredExercise = Exercise;

const FIELDS: { [K in Kind]: (keyof Bodies[K])[] } = {
  log: ['occurred_at', 'time_zone', 'readings', 'sleep_quality', 'triggers', 'note', 'self_care'],
  session: [
    'routine',
    'routine_name',
    'started_at',
    'ended_at',
    'time_zone',
    'ended',
    'stop_reason',
    'items',
    'pain_before',
    'numbness_before',
    'pain_after',
    'numbness_after',
    'pain_next_morning',
    'numbness_next_morning',
    'note'
  ],
  routine: ['name', 'items']
};

/** What the person wrote, without anything that the server or the phone added. */
export function bodyOf<K extends Kind>(kind: K, document: Bodies[K]): Bodies[K] {
  const body: Partial<Bodies[K]> = {};
  for (const field of FIELDS[kind]) if (document[field] !== undefined) body[field] = document[field];
  return body as Bodies[K];
}
