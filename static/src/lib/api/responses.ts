import type { ExerciseResponse } from '#lib/domain/response.ts';
import { API, request } from './client.ts';

/** The response of every exercise that was done from one local date to another, both included. Throws the Problem that the answer was. */
export async function readResponses(person: string, from: string, to: string): Promise<ExerciseResponse[]> {
  return (await request<{ results: ExerciseResponse[] }>(`${API}responses?from=${from}&to=${to}`, { person })).results;
}
