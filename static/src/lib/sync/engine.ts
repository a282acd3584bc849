import type { Problem } from '#lib/domain/problem.ts';
import type { Database } from '#lib/storage/db.ts';
import { storageProblem } from '#lib/storage/faults.ts';
import { clearOldTombstones } from '#lib/storage/replica.ts';
import { backoff } from './backoff.ts';
import { drain, type DrainEnd } from './drain.ts';
import { pull, pullFlags, type Progress, type PullEnd } from './pull.ts';
import { askForBackgroundSync } from './background.ts';

export interface Reports {
  busy(busy: boolean): void;
  ended(state: DrainEnd['state']): void;
  online(online: boolean): void;
  /** The phone's own storage failed; what was saved is on the disk, and the next run reads it again. */
  failed(problem: Problem): void;
  progress: Progress;
}

/** While entries wait, or the app is simply open, it looks again this often, in ms. */
const EVERY = 5 * 60_000;
/** A page that comes back to the front within this time has nothing new to ask. */
const FRESH = 30_000;

/** Decides when to drain and to pull; what those do is theirs. One an open database, in a page. */
export class Engine {
  #db: Database;
  #person: string;
  #reports: Reports;
  #running: Promise<void> | null = null;
  #again = false;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  // Both by the page's own clock: the phone's may be set back by a day, and nothing may wait for that day.
  /** Until then the server has asked for quiet. */
  #notBefore = 0;
  #pulled = -Infinity;
  #paused = false;
  #stopped = false;

  constructor(db: Database, person: string, reports: Reports) {
    this.#db = db;
    this.#person = person;
    this.#reports = reports;
  }

  start(): void {
    addEventListener('online', this.#wentOnline);
    addEventListener('offline', this.#wentOffline);
    document.addEventListener('visibilitychange', this.#seen);
    this.#reports.online(navigator.onLine);
    this.soon();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    removeEventListener('online', this.#wentOnline);
    removeEventListener('offline', this.#wentOffline);
    document.removeEventListener('visibilitychange', this.#seen);
  }

  #wentOnline = () => {
    this.#reports.online(true);
    this.#failures = 0;
    this.soon();
  };

  #wentOffline = () => this.#reports.online(false);

  #seen = () => {
    if (document.visibilityState === 'visible') this.soon();
  };

  /** Runs without anybody waiting for it, as soon as the server is willing. */
  soon(): void {
    if (performance.now() >= this.#notBefore) void this.now();
  }

  /** Drains, then pulls. A call during a run asks for one more run: what was saved meanwhile must not be left lying. */
  now(): Promise<void> {
    if (this.#stopped || this.#paused) return Promise.resolve();
    if (this.#running) {
      this.#again = true;
      return this.#running;
    }
    clearTimeout(this.#timer);
    this.#running = this.#runs().finally(() => (this.#running = null));
    return this.#running;
  }

  /** Lets the run under way end, and none begin until the answered function is called. */
  async pause(): Promise<() => void> {
    this.#paused = true;
    await this.#running;
    return () => {
      this.#paused = false;
      this.soon();
    };
  }

  async #runs(): Promise<void> {
    this.#reports.busy(true);
    let wait = EVERY;
    try {
      let drained: DrainEnd;
      do {
        drained = await this.#drain();
        wait = this.#next(drained.state === 'done' ? await this.#pull(drained.sent > 0) : drained);
        // Only a failed drain holds back what was saved meanwhile; a failed pull does not.
      } while (this.#again && drained.state === 'done' && !this.#paused && !this.#stopped);
    } catch (cause) {
      this.#reports.failed(storageProblem(cause));
    } finally {
      this.#reports.busy(false);
    }
    if (!this.#stopped) this.#timer = setTimeout(() => void this.now(), wait);
  }

  async #drain(): Promise<DrainEnd> {
    let end: DrainEnd;
    do {
      this.#again = false;
      end = await drain(this.#db, this.#person);
    } while (this.#again && end.state === 'done');
    this.#reports.ended(end.state);
    if (end.state === 'later') await askForBackgroundSync();
    return end;
  }

  async #pull(sent: boolean): Promise<PullEnd> {
    if (performance.now() - this.#pulled < FRESH) {
      return sent ? await pullFlags(this.#db, this.#person) : { state: 'done', wait: null };
    }
    const end = await pull(this.#db, this.#person, this.#reports.progress);
    if (end.state === 'done') {
      if (this.#pulled === -Infinity) await clearOldTombstones(this.#db);
      this.#pulled = performance.now();
    }
    this.#reports.ended(end.state);
    return end;
  }

  #next(end: PullEnd): number {
    this.#notBefore = performance.now() + (end.wait ?? 0);
    this.#failures = end.state === 'later' ? this.#failures + 1 : 0;
    return this.#failures > 0 ? backoff(this.#failures, end.wait) : EVERY;
  }
}
