import { readAcknowledgements } from '#lib/api/care.ts';
import type { Acknowledgement } from '#lib/domain/care.ts';
import { Problem } from '#lib/domain/problem.ts';
import { getMeta } from '#lib/storage/meta.ts';
import { who } from './current.svelte.ts';
import { outbox } from './outbox.svelte.ts';

/**
 * Which flags a physiotherapist has read, and what they answered, newest first: from the server alone. Where it cannot be
 * had nothing is said about that, and whoever is linked with nobody asks nothing.
 */
export async function readSaid(): Promise<Acknowledgement[]> {
  try {
    const { db, id } = await who.ready();
    if (!outbox.online || !(await getMeta(db, 'people'))?.linked) return [];
    return await readAcknowledgements(id);
  } catch (cause) {
    if (cause instanceof Problem) return [];
    throw cause;
  }
}
