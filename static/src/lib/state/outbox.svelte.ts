import type { Body, Kind, ServerDocument } from '#lib/domain/documents.ts';
import { Problem } from '#lib/domain/problem.ts';
import { onChange } from '#lib/storage/changes.ts';
import { storageProblem } from '#lib/storage/faults.ts';
import type { OutboxRow } from '#lib/storage/db.ts';
import { unsentRows } from '#lib/storage/outbox.ts';
import { askToKeep } from '#lib/storage/persistence.ts';
import { askForBackgroundSync } from '#lib/sync/background.ts';
import type { Engine, Reports } from '#lib/sync/engine.ts';
import { who, type Current } from './current.svelte.ts';

/** An edit that the server did not take, with both versions: hers (null: deleted) and the server's (null: none). */
export interface NeedsAttention {
  seq: number;
  kind: Kind;
  id: string;
  action: 'put' | 'delete';
  problem: Problem;
  mine: Body | null;
  theirs: ServerDocument | null;
}

class Outbox {
  /** Documents with edits, and acts on flags, that the server has not acknowledged. */
  unsent = $state(0);
  attention = $state.raw<NeedsAttention[]>([]);
  /** The phone's storage failed: what waits cannot be read or sent. */
  problem = $state.raw<Problem | null>(null);
  /** What the device believes; `reachable` is what the last request found. */
  online = $state(true);
  reachable = $state(true);
  /** A drain or a pull is on its way. */
  busy = $state(false);
  /** How many entries of the first fill have come; null when it is not running. */
  filling = $state<number | null>(null);
  /** Whether the browser has promised not to clear this site by itself; null when it cannot say. */
  kept = $state<boolean | null>(null);
  #rows = $state.raw<OutboxRow[]>([]);
  #acts = 0;
  #engine: Engine | null = null;
  #loading: Promise<typeof import('#lib/sync/engine.ts') | null> | null = null;
  #reports: Reports = {
    busy: (busy) => (this.busy = busy),
    ended: (state) => {
      this.reachable = state !== 'later';
      if (state === 'signed-out' || state === 'other-person') who.needsSignIn = true;
      if (state === 'done') {
        this.problem = null;
        who.needsSignIn = false;
        this.filling = null;
      }
    },
    online: (online) => (this.online = online),
    failed: (problem) => (this.problem = problem),
    progress: (kind, count) => {
      if (kind === 'log') this.filling = count;
    }
  };

  constructor() {
    who.whenOpen((current) => {
      this.#engine?.stop();
      this.#engine = null;
      void this.#read();
      void this.#begin(current);
    });
    onChange((change) => {
      if (change.about !== 'documents' && change.about !== 'flags') return;
      if (change.person !== who.current?.id) return;
      void this.#read();
    });
  }

  /** What sends and fetches is loaded beside the first screen, not before it; should that fail, at the next save. */
  async #begin({ id, db }: Current): Promise<Engine | null> {
    this.#loading ??= import('#lib/sync/engine.ts').catch(() => (this.#loading = null));
    const loaded = await this.#loading;
    if (!loaded || who.current?.db !== db) return null;
    if (!this.#engine) {
      this.#engine = new loaded.Engine(db, id, this.#reports);
      this.#engine.start();
    }
    return this.#engine;
  }

  async #running(): Promise<Engine | null> {
    return this.#engine ?? (who.current ? this.#begin(who.current) : null);
  }

  async #read(): Promise<void> {
    const current = who.current;
    if (!current) return;
    try {
      this.#acts = await current.db.count('acts');
      this.#show(await unsentRows(current.db));
    } catch (cause) {
      this.problem = storageProblem(cause);
    }
  }

  #show(rows: OutboxRow[]): void {
    this.#rows = rows;
    this.unsent = this.waiting.size + this.#acts;
    this.attention = this.#rows.flatMap((row) =>
      row.attention
        ? [
            {
              seq: row.seq,
              kind: row.kind,
              id: row.document,
              action: row.action,
              problem: new Problem(row.attention.problem),
              mine: row.body,
              theirs: row.attention.current
            }
          ]
        : []
    );
  }

  /** Whether a document has unsent edits, and what the server had against them. Reactive. */
  about(id: string): { unsent: boolean; attention: Problem | null } {
    const rows = this.#rows.filter((row) => row.document === id);
    return { unsent: rows.length > 0, attention: this.attention.find((one) => one.id === id)?.problem ?? null };
  }

  /** Documents with unsent edits. Reactive. */
  get waiting(): ReadonlySet<string> {
    return new Set(this.#rows.map((row) => row.document));
  }

  /** Sends what waits, then asks for what is new. */
  async drain(): Promise<void> {
    await (await this.#running())?.now();
  }

  /** Called after each save: counts it, sends it, and asks the browser to keep it. */
  async saved(): Promise<void> {
    await this.#read();
    // Should the page be closed before the answer comes, the worker sends it.
    void askForBackgroundSync();
    (await this.#running())?.soon();
    if (this.kept !== true) this.kept = await askToKeep();
  }

  async keepMine(seq: number): Promise<void> {
    const { db, id } = await who.ready();
    const { keepMine } = await import('#lib/storage/resolution.ts');
    await keepMine(db, id, seq);
    (await this.#running())?.soon();
  }

  /** Gives the edit up for the server's version, which is fetched if it did not come with the refusal. */
  async takeTheirs(seq: number): Promise<void> {
    const { db, id } = await who.ready();
    const row = (await unsentRows(db)).find((one) => one.seq === seq);
    if (!row?.attention) return;
    let theirs = row.attention.current;
    if (!theirs && row.base_version !== null) {
      const { isDocument, readOne } = await import('#lib/api/diary.ts');
      const answer = await readOne(id, row.kind, row.document);
      if (answer.kind === 'ok' && isDocument(answer.body, row.document)) theirs = answer.body;
      else if (answer.kind !== 'refused') throw 'problem' in answer ? answer.problem : new Error('unreadable');
    }
    const { takeTheirs } = await import('#lib/storage/resolution.ts');
    await takeTheirs(db, id, seq, theirs);
  }

  /** All that this phone holds of the person, unsent edits included, as a JSON file to save. */
  async exportFile(): Promise<File> {
    const { db, id } = await who.ready();
    const { asFile, exportAll } = await import('#lib/storage/export.ts');
    return asFile(await exportAll(db, id));
  }

  /** Resolves when nothing is being sent; until `release` is called nothing will be. */
  async pause(): Promise<() => void> {
    return (await (await this.#running())?.pause()) ?? (() => {});
  }

  /** After a new sign-in of the same person. */
  resume(): void {
    who.needsSignIn = false;
    void this.drain();
  }

  stop(): void {
    this.#engine?.stop();
    this.#engine = null;
    this.#rows = [];
    this.unsent = 0;
    this.attention = [];
    this.filling = null;
  }
}

export const outbox = new Outbox();
