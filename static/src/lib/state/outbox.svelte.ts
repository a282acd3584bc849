import { isDocument, readOne } from '#lib/api/diary.ts';
import type { Body, Kind, ServerDocument } from '#lib/domain/documents.ts';
import { Problem } from '#lib/domain/problem.ts';
import { onChange } from '#lib/storage/changes.ts';
import type { OutboxRow } from '#lib/storage/db.ts';
import { asFile, exportAll } from '#lib/storage/export.ts';
import { unsentRows } from '#lib/storage/outbox.ts';
import { askToKeep } from '#lib/storage/persistence.ts';
import { keepMine, takeTheirs } from '#lib/storage/resolution.ts';
import { Engine } from '#lib/sync/engine.ts';
import { who } from './current.svelte.ts';

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
  /** Edits that the server has not acknowledged. */
  unsent = $state(0);
  attention = $state.raw<NeedsAttention[]>([]);
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
  #engine: Engine | null = null;

  constructor() {
    who.whenOpen(({ id, db }) => {
      this.#engine?.stop();
      this.#engine = new Engine(db, id, {
        busy: (busy) => (this.busy = busy),
        ended: (state) => {
          this.reachable = state !== 'later';
          if (state === 'signed-out' || state === 'other-person') who.needsSignIn = true;
          if (state === 'done') {
            who.needsSignIn = false;
            this.filling = null;
          }
        },
        online: (online) => (this.online = online),
        progress: (kind, count) => {
          if (kind === 'log') this.filling = count;
        }
      });
      void this.#read();
      this.#engine.start();
    });
    onChange((change) => {
      if (change.about !== 'documents' || change.person !== who.current?.id) return;
      void this.#read();
    });
  }

  async #read(): Promise<void> {
    const current = who.current;
    if (!current) return;
    this.#rows = await unsentRows(current.db);
    this.unsent = this.#rows.length;
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
    await this.#engine?.now();
  }

  /** Called after each save: counts it, sends it, and asks the browser to keep it. */
  async saved(): Promise<void> {
    await this.#read();
    this.#engine?.soon();
    if (this.kept !== true) this.kept = await askToKeep();
  }

  async keepMine(seq: number): Promise<void> {
    const { db, id } = await who.ready();
    await keepMine(db, id, seq);
    this.#engine?.soon();
  }

  /** Gives the edit up for the server's version, which is fetched if it did not come with the refusal. */
  async takeTheirs(seq: number): Promise<void> {
    const { db, id } = await who.ready();
    const row = (await unsentRows(db)).find((one) => one.seq === seq);
    if (!row?.attention) return;
    let theirs = row.attention.current;
    if (!theirs && row.base_version !== null) {
      const answer = await readOne(id, row.kind, row.document);
      if (answer.kind === 'ok' && isDocument(answer.body, row.document)) theirs = answer.body;
      else if (answer.kind !== 'refused') throw 'problem' in answer ? answer.problem : new Error('unreadable');
    }
    await takeTheirs(db, id, seq, theirs);
  }

  /** All that this phone holds of the person, unsent edits included, as a JSON file to save. */
  async exportFile(): Promise<File> {
    const { db, id } = await who.ready();
    return asFile(await exportAll(db, id));
  }

  /** Resolves when nothing is being sent; until `release` is called nothing will be. */
  async pause(): Promise<() => void> {
    return (await this.#engine?.pause()) ?? (() => {});
  }

  /** After a new sign-in of the same person. */
  resume(): void {
    who.needsSignIn = false;
    void this.#engine?.now();
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
