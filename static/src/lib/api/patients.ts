import type { Patient, PatientFlag, PatientNote, PatientPlan, PatientStop, Practice, Report, Signal } from '#lib/domain/patients.ts';
import type { PrescriptionBody } from '#lib/domain/types.ts';
import { API, request } from './client.ts';

interface List<T> {
  results: T[];
  next: string | null;
}

/** A report of a year is counted anew. In ms. */
const PATIENCE = 60_000;

export const readPractice = (person: string): Promise<Practice> => request(`${API}practice`, { person });

export const keepPractice = (person: string, body: Pick<Practice, 'signals' | 'tell_at'>): Promise<Practice> =>
  request(`${API}practice`, { method: 'PUT', person, body });

export async function stopPractice(person: string): Promise<void> {
  await request<null>(`${API}practice`, { method: 'DELETE', person });
}

export interface Asked {
  q?: string;
  reason?: Signal | '';
  /** Only those whose reasons are all noted, or only the others. */
  acknowledged?: 'true' | 'false' | '';
}

/** Who needs attention first. Throws the Problem that the answer was, as all of these do. */
export function readPatients(person: string, asked: Asked, next: string | null): Promise<List<Patient>> {
  if (next) return request(`${API}patients${new URL(next, location.origin).search}`, { person });
  const given = Object.entries(asked).filter(([, value]) => value);
  return request(`${API}patients?${new URLSearchParams([...given, ['page_size', '50']])}`, { person });
}

const of = (patient: string) => `${API}patients/${patient}`;

export const readPatient = (person: string, patient: string): Promise<Patient> => request(of(patient), { person });

/** Local dates of the patient's, both ends included. */
export const readReport = (person: string, patient: string, from: string, to: string): Promise<Report> =>
  request(`${of(patient)}/report?from=${from}&to=${to}`, { person, timeout: PATIENCE });

export const reportPdf = (patient: string, from: string, to: string) => `${of(patient)}/report.pdf?from=${from}&to=${to}`;

export async function readFlags(person: string, patient: string): Promise<PatientFlag[]> {
  return (await request<List<PatientFlag>>(`${of(patient)}/flags?page_size=100`, { person })).results;
}

/** `id` is the message's, made here: sent again, it says nothing twice. */
export async function noteFlag(person: string, patient: string, flag: string, id: string, text: string): Promise<void> {
  await request(`${of(patient)}/flags/${flag}/acknowledge`, { method: 'POST', person, body: { id, text } });
}

export async function readPlans(person: string, patient: string): Promise<PatientPlan[]> {
  return (await request<List<PatientPlan>>(`${of(patient)}/prescriptions?page_size=100`, { person })).results;
}

export async function readStops(person: string, patient: string): Promise<PatientStop[]> {
  return (await request<List<PatientStop>>(`${of(patient)}/stops`, { person })).results;
}

/** What was seen before a plan is saved. */
export interface Seen {
  /** Null for a new plan. */
  base_version: number | null;
  /** The ids of the emergency signs: refused (`open_signs`) while another one stands. */
  despite_open_signs?: readonly string[];
}

export const savePlan = (
  person: string,
  patient: string,
  id: string,
  body: PrescriptionBody,
  seen: Seen
): Promise<PatientPlan> => request(`${of(patient)}/prescriptions/${id}`, { method: 'PUT', person, body: { ...body, ...seen } });

/** With the version that was seen. It counts as never prescribed; to end a plan, set `ends_on`. */
export async function removePlan(person: string, patient: string, id: string, version: number): Promise<void> {
  await request<null>(`${of(patient)}/prescriptions/${id}?base_version=${version}`, { method: 'DELETE', person });
}

export async function readNotes(person: string, patient: string): Promise<PatientNote[]> {
  return (await request<List<PatientNote>>(`${of(patient)}/notes?page_size=100`, { person })).results;
}

export const saveNote = (person: string, patient: string, id: string, text: string): Promise<PatientNote> =>
  request(`${of(patient)}/notes/${id}`, { method: 'PUT', person, body: { text } });

export async function removeNote(person: string, patient: string, id: string): Promise<void> {
  await request<null>(`${of(patient)}/notes/${id}`, { method: 'DELETE', person });
}
