import { localDate } from './clock.ts';
import type {
  CheckBody,
  LogBody,
  MeasureBody,
  PrescriptionBody,
  RoutineBody,
  ServerCheck,
  ServerLog,
  ServerMeasure,
  ServerPrescription,
  ServerRoutine,
  ServerSession,
  SessionBody
} from './types.ts';

/** What a person writes: each kind has its own store on the phone and its own address on the server. */
export interface Bodies {
  log: LogBody;
  session: SessionBody;
  routine: RoutineBody;
  prescription: PrescriptionBody;
  check: CheckBody;
  measure: MeasureBody;
}
export type Kind = keyof Bodies;
export type Body = Bodies[Kind];

export interface ServerDocuments {
  log: ServerLog;
  session: ServerSession;
  routine: ServerRoutine;
  prescription: ServerPrescription;
  check: ServerCheck;
  measure: ServerMeasure;
}
export type ServerDocument = ServerDocuments[Kind];

/** A document on the phone is the server's shape; until the server has taken it, version is 0 and its times are null. */
type OnPhone<T> = Omit<T, 'received_at' | 'changed_at'> & { received_at: string | null; changed_at: string | null };
export type StoredLog = OnPhone<ServerLog>;
export type StoredSession = OnPhone<ServerSession>;
export type StoredRoutine = OnPhone<ServerRoutine>;
export type StoredPrescription = OnPhone<ServerPrescription>;
export type StoredCheck = OnPhone<ServerCheck>;
export type StoredMeasure = OnPhone<ServerMeasure>;

export interface StoredDocuments {
  log: StoredLog;
  session: StoredSession;
  routine: StoredRoutine;
  prescription: StoredPrescription;
  check: StoredCheck;
  measure: StoredMeasure;
}
export type StoredDocument = StoredDocuments[Kind];

const FIELDS: { [K in Kind]: (keyof Bodies[K])[] } = {
  log: ['occurred_at', 'time_zone', 'readings', 'sleep_quality', 'triggers', 'note', 'self_care'],
  session: [
    'routine',
    'routine_name',
    'prescription',
    'prescription_version',
    'started_at',
    'ended_at',
    'time_zone',
    'ended',
    'stop_reason',
    'items',
    'hurts',
    'pain_before',
    'numbness_before',
    'pain_after',
    'numbness_after',
    'pain_next_morning',
    'numbness_next_morning',
    'next_morning_declined',
    'note'
  ],
  routine: ['name', 'items'],
  prescription: ['name', 'items', 'times_a_day', 'weekdays', 'starts_on', 'ends_on', 'pain_rule', 'note'],
  check: ['answered_at', 'time_zone', 'answers', 'since', 'entry', 'read_at', 'table_version', 'level', 'flags'],
  measure: ['kind', 'answered_at', 'time_zone', 'interference', 'activities']
};

/** What the person wrote, without anything that the server or the phone added. */
export function bodyOf<K extends Kind>(kind: K, document: Bodies[K]): Bodies[K] {
  const body: Partial<Bodies[K]> = {};
  for (const field of FIELDS[kind]) if (document[field] !== undefined) body[field] = document[field];
  return body as Bodies[K];
}

const MOMENT: { [K in Kind]?: keyof Bodies[K] } = {
  log: 'occurred_at',
  session: 'started_at',
  check: 'answered_at',
  measure: 'answered_at'
};

/** The date on the person's wall when it happened; the server derives the same. Only what happened has one. */
function derived(kind: Kind, body: Body): object {
  const field = MOMENT[kind];
  if (!field) return {};
  const { time_zone, [field]: moment } = body as unknown as Record<string, string>;
  return { local_date: localDate(moment!, time_zone!) };
}

const ADDED = {
  log: { flags: [] },
  session: {},
  routine: { starter: false, description: '' },
  prescription: { prescribed_by: null },
  check: {},
  measure: {}
};

/** The document on the phone after the person has written `body`; `before` is what was there. */
export function drafted(kind: Kind, id: string, body: Body, before: StoredDocument | undefined): StoredDocument {
  const known = before ?? { version: 0, received_at: null, changed_at: null };
  return { ...ADDED[kind], ...known, ...body, ...derived(kind, body), id, deleted_at: null } as StoredDocument;
}

/** The document on the phone after the server has sent it; what a refusal's `current` leaves out is filled in. */
export function received(kind: Kind, document: ServerDocument): StoredDocument {
  return { ...ADDED[kind], ...derived(kind, document), ...document } as StoredDocument;
}
