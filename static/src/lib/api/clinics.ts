import type { StandIn } from '#lib/domain/care.ts';
import type { Clinic, ClinicInvitation, ClinicLook, StandInBody } from '#lib/domain/clinics.ts';
import { API, request } from './client.ts';

/** Throws the Problem that the answer was, as all of these do. */
export async function readClinics(person: string): Promise<Clinic[]> {
  return (await request<{ results: Clinic[] }>(`${API}clinics`, { person })).results;
}

export const foundClinic = (person: string, name: string): Promise<Clinic> =>
  request(`${API}clinics`, { method: 'POST', person, body: { name } });

export const inviteColleague = (person: string, clinic: string): Promise<ClinicInvitation> =>
  request(`${API}clinics/${clinic}/invitations`, { method: 'POST', person });

export const lookAtClinic = (person: string, token: string): Promise<ClinicLook> =>
  request(`${API}clinics/look`, { method: 'POST', person, body: { token } });

export const joinClinic = (person: string, token: string): Promise<Clinic> =>
  request(`${API}clinics/join`, { method: 'POST', person, body: { token } });

/** Oneself, or somebody whom a manager sends away. */
export async function leaveClinic(person: string, clinic: string, member: string): Promise<void> {
  await request<null>(`${API}clinics/${clinic}/members/${member}`, { method: 'DELETE', person });
}

export const makeStandIn = (person: string, link: string, body: StandInBody): Promise<StandIn> =>
  request(`${API}care-links/${link}/stand-ins`, { method: 'POST', person, body });
