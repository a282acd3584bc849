import type { Sensitivity, Trends } from '#lib/domain/trends.ts';
import { API, request } from './client.ts';

/** The whole diary is gone through again when the sensitivity changes. In ms. */
const PATIENCE = 60_000;

/** Throws the Problem that the answer was. */
export function readTrends(person: string): Promise<Trends> {
  return request<Trends>(`${API}trends`, { person });
}

export function chooseSensitivity(person: string, sensitivity: Sensitivity): Promise<Trends> {
  return request<Trends>(`${API}trends`, { method: 'PATCH', person, body: { sensitivity }, timeout: PATIENCE });
}
