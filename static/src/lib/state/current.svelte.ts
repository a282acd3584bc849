import type { Profile } from '#lib/domain/types.ts';
import { localProblem } from '#lib/domain/problem.ts';
import { openDatabase, type Database } from '#lib/storage/db.ts';

/** The open database of whoever uses this tab. A tab never changes from one person to another: it loads anew. */
export interface Current {
  id: string;
  db: Database;
}

type Opened = (current: Current) => void;

class Who {
  profile = $state.raw<Profile | null>(null);
  /** The session has ended, or is another person's: all stays readable and writable here, nothing is sent. */
  needsSignIn = $state(false);
  #current: Current | null = null;
  #listeners = new Set<Opened>();
  #opening: Promise<Current> | null = null;
  #left = false;

  get current(): Current | null {
    return this.#current;
  }

  /**
   * The open database, waiting for it while the app starts; rejects with a Problem when nobody is signed in. A page
   * that has been left is never answered: what it still had in hand for whoever was here is nobody's any more.
   */
  async ready(): Promise<Current> {
    if (this.#left) return new Promise<never>(() => {});
    const current = this.#current ?? (await this.#opening);
    if (!current) throw localProblem('signed_out', 'Nobody is signed in on this device.');
    return current;
  }

  /** Calls back as soon as somebody's database is open, at once if it is. */
  whenOpen(opened: Opened): void {
    this.#listeners.add(opened);
    if (this.#current) opened(this.#current);
  }

  async open(profile: Profile): Promise<Current> {
    this.profile = profile;
    if (this.#current?.id === profile.id) return this.#current;
    this.#opening = openDatabase(profile.id).then((db) => ({ id: profile.id, db }));
    const current = await this.#opening;
    this.#current = current;
    for (const opened of this.#listeners) opened(current);
    return current;
  }

  /** Whoever was here leaves, and the page is loaded anew. */
  leave(): void {
    this.#left = true;
    this.#current?.db.close();
    this.#current = null;
    this.#opening = null;
    this.profile = null;
    this.needsSignIn = false;
  }
}

export const who = new Who();
