import type { Announcement, NewsWays } from '#lib/domain/announcements.ts';
import { Problem } from '#lib/domain/problem.ts';
import { chooseNewsWays, readAnnouncements, readNewsWays } from '#lib/api/announcements.ts';
import { storageProblem } from '#lib/storage/faults.ts';
import { who } from './current.svelte.ts';

const asProblem = (cause: unknown) => (cause instanceof Problem ? cause : storageProblem(cause));

/** What the person was told of beside their reminders, and how they want to hear of it. Kept by the server alone. */
class News {
  /** Null: not known. */
  told = $state.raw<readonly Announcement[] | null>(null);
  ways = $state.raw<NewsWays | null>(null);
  problem = $state.raw<Problem | null>(null);
  #chosen = 0;

  async read(): Promise<void> {
    try {
      this.told = await readAnnouncements((await who.ready()).id);
      this.problem = null;
    } catch (cause) {
      this.problem = asProblem(cause);
    }
  }

  async readWays(): Promise<void> {
    const before = this.#chosen;
    try {
      const found = await readNewsWays((await who.ready()).id);
      // What was chosen meanwhile is newer.
      if (before === this.#chosen) this.ways = found;
      this.problem = null;
    } catch (cause) {
      this.problem = asProblem(cause);
    }
  }

  /** Rejects with the Problem that the answer was; nothing is changed then. */
  async choose(change: Partial<NewsWays>): Promise<void> {
    const ways = await chooseNewsWays((await who.ready()).id, change);
    this.#chosen += 1;
    this.ways = ways;
  }
}

export const news = new News();
