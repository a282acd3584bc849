import { readResponses } from '#lib/api/responses.ts';
import { deviceZone, localDate, withOffset } from '#lib/domain/clock.ts';
import { addDays } from '#lib/domain/dates.ts';
import { Problem } from '#lib/domain/problem.ts';
import { DAYS_BACK, type KeptResponses } from '#lib/domain/response.ts';
import { storageProblem } from '#lib/storage/faults.ts';
import { getMeta, setMeta } from '#lib/storage/meta.ts';
import { who } from './current.svelte.ts';

/** Null, too, for an answer over another period: the screen would say the wrong one. */
async function keptIn(db: Parameters<typeof getMeta>[0]): Promise<KeptResponses | null> {
  const kept = await getMeta(db, 'responses');
  return kept?.days === DAYS_BACK ? kept : null;
}

/**
 * How the exercises answer. The server works it out, from the sessions that have reached it; the phone keeps the last
 * answer, and shows it without a connection.
 */
class Responses {
  /** Nothing to show yet: neither kept nor answered. */
  loading = $state(true);
  kept = $state.raw<KeptResponses | null>(null);
  /** Why there is no newer answer; null when what is shown is new. */
  problem = $state.raw<Problem | null>(null);
  #reading: Promise<void> | null = null;

  /** Shows what is kept, then asks the server. For a screen that opens. */
  read(): Promise<void> {
    this.#reading ??= this.#read().finally(() => (this.#reading = null));
    return this.#reading;
  }

  async #read(): Promise<void> {
    try {
      const { db, id } = await who.ready();
      this.kept ??= await keptIn(db);
      if (this.kept) this.loading = false;
      const today = localDate(withOffset(), deviceZone());
      const results = await readResponses(id, addDays(today, 1 - DAYS_BACK), today);
      const kept = { results, read_at: new Date().toISOString(), days: DAYS_BACK };
      this.kept = kept;
      this.problem = null;
      await setMeta(db, 'responses', kept);
    } catch (cause) {
      this.problem = cause instanceof Problem ? cause : storageProblem(cause);
    } finally {
      this.loading = false;
    }
  }
}

export const responses = new Responses();
