import type { Acknowledgement, CareLink, Consent, Conversation, Invitation, Look, Message, NewInvitation, Role } from '#lib/domain/care.ts';
import type { PatientNote } from '#lib/domain/patients.ts';
import { API, request } from './client.ts';

interface List<T> {
  results: T[];
  next: string | null;
}

/** Throws the Problem that the answer was, as all of these do. */
export async function readLinks(person: string): Promise<CareLink[]> {
  const found: CareLink[] = [];
  let search: string | null = '?page_size=500';
  while (search !== null) {
    const answer: List<CareLink> = await request(`${API}care-links${search}`, { person });
    found.push(...answer.results);
    search = answer.next && new URL(answer.next, location.origin).search;
  }
  return found;
}

/** A physiotherapist's own, of a link of theirs that may have ended, the newest first. */
export async function readOwnNotes(person: string, link: string): Promise<PatientNote[]> {
  const found: PatientNote[] = [];
  let search: string | null = '?page_size=100';
  while (search !== null) {
    const answer: List<PatientNote> = await request(`${API}care-links/${link}/notes${search}`, { person });
    found.push(...answer.results);
    search = answer.next && new URL(answer.next, location.origin).search;
  }
  return found;
}

export const changeLink = (person: string, id: string, consent: Consent): Promise<CareLink> =>
  request(`${API}care-links/${id}`, { method: 'PATCH', person, body: consent });

export async function endLink(person: string, id: string): Promise<void> {
  await request<null>(`${API}care-links/${id}`, { method: 'DELETE', person });
}

export async function endStandIn(person: string, link: string, id: string): Promise<void> {
  await request<null>(`${API}care-links/${link}/stand-ins/${id}`, { method: 'DELETE', person });
}

export async function readInvitations(person: string): Promise<Invitation[]> {
  return (await request<List<Invitation>>(`${API}invitations`, { person })).results;
}

/** Without a consent where a physiotherapist asks: that is the patient's to give. */
export const invite = (person: string, role: Role, consent: Consent | null): Promise<NewInvitation> =>
  request(`${API}invitations`, { method: 'POST', person, body: { role, ...consent } });

export async function takeBack(person: string, id: string): Promise<void> {
  await request<null>(`${API}invitations/${id}`, { method: 'DELETE', person });
}

export const look = (person: string, token: string): Promise<Look> =>
  request(`${API}invitations/look`, { method: 'POST', person, body: { token } });

export const accept = (person: string, token: string, consent: Consent | null): Promise<CareLink> =>
  request(`${API}invitations/accept`, { method: 'POST', person, body: { token, ...consent } });

export async function readConversations(person: string): Promise<Conversation[]> {
  return (await request<List<Conversation>>(`${API}conversations`, { person })).results;
}

/** The newest first. */
export async function readAcknowledgements(person: string): Promise<Acknowledgement[]> {
  return (await request<List<Acknowledgement>>(`${API}acknowledgements`, { person })).results;
}

/** The newest first, with what comes before. */
export function readMessages(person: string, link: string, next: string | null): Promise<List<Message>> {
  const search = next ? new URL(next, location.origin).search : `?link=${link}&page_size=50`;
  return request(`${API}messages${search}`, { person });
}

/** Safe to repeat under the same id. */
export const sendMessage = (person: string, id: string, link: string, text: string): Promise<Message> =>
  request(`${API}messages/${id}`, { method: 'PUT', person, body: { link, text } });

/** `until`: when the newest that was on the screen was written. */
export async function markRead(person: string, link: string, until: string): Promise<void> {
  await request(`${API}messages/read`, { method: 'POST', person, body: { link, until } });
}
