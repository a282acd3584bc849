import type { Access, FileKind, NewShare, OwnReport, Scope, Share, ShareBody } from '#lib/domain/sharing.ts';
import { API, request } from './client.ts';

interface List<T> {
  results: T[];
  next: string | null;
}

/** Sealing a long report takes a while. In ms. */
const PATIENCE = 60_000;

/** The newest first. Throws the Problem that the answer was, as all of these do. */
export async function readShares(person: string): Promise<Share[]> {
  return (await request<List<Share>>(`${API}shares?page_size=100`, { person })).results;
}

export const readShare = (person: string, id: string): Promise<Share> => request(`${API}shares/${id}`, { person });

export const makeShare = (person: string, body: ShareBody): Promise<NewShare> =>
  request(`${API}shares`, { method: 'POST', person, body, timeout: PATIENCE });

export const makeReport = (person: string, body: Scope & { question: string }): Promise<OwnReport> =>
  request(`${API}reports`, { method: 'POST', person, body, timeout: PATIENCE });

/** The newest first. */
export async function readReports(person: string): Promise<OwnReport[]> {
  const found: OwnReport[] = [];
  let search: string | null = '?page_size=100';
  while (search !== null) {
    const answer: List<OwnReport> = await request(`${API}reports${search}`, { person });
    found.push(...answer.results);
    search = answer.next && new URL(answer.next, location.origin).search;
  }
  return found;
}

export async function deleteReport(person: string, id: string): Promise<void> {
  await request<null>(`${API}reports/${id}`, { method: 'DELETE', person });
}

export const reportFile = (id: string, kind: FileKind): string => `${API}reports/${id}.${kind}`;

export async function endShare(person: string, id: string): Promise<void> {
  await request<null>(`${API}shares/${id}`, { method: 'DELETE', person });
}

/** Who has opened or tried one link, or all that anybody else has read; the newest first, with what comes after. */
export function readAccesses(person: string, share: string | null, next: string | null): Promise<List<Access>> {
  const path = share ? `${API}shares/${share}/accesses` : `${API}accesses`;
  const after = next ? new URL(next, location.origin).search : '?page_size=50';
  return request(`${path}${after}`, { person });
}
