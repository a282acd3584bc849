import { bodyOf, type StoredCheck } from '#lib/domain/documents.ts';
import { isAnswered, standingSigns, unreadCheck, type Settled } from '#lib/domain/signs.ts';
import type { CheckBody } from '#lib/domain/types.ts';
import { uuid7 } from '#lib/domain/uuid7.ts';
import { withOffset } from '#lib/domain/clock.ts';
import { onChange } from '#lib/storage/changes.ts';
import { getMeta, setMeta } from '#lib/storage/meta.ts';
import { enqueue, enqueueRemoval } from '#lib/storage/outbox.ts';
import { who, type Current } from './current.svelte.ts';
import { outbox } from './outbox.svelte.ts';

export type Check = CheckBody & { id: string };

/** What was answered about signs that need a doctor, and what of it still stands. */
class Checks {
  loading = $state(true);
  #stored = $state.raw<StoredCheck[]>([]);
  #settled = $state.raw<Settled[]>([]);
  /** Not on the disk yet, or for ever when nobody is signed in or the disk is full: what to do is shown all the same. */
  #loose = $state.raw<Check | null>(null);
  #all = $derived.by((): Check[] => {
    const loose = this.#loose;
    return loose ? [loose, ...this.#stored.filter(({ id }) => id !== loose.id)] : this.#stored;
  });
  #signs = $derived(standingSigns(this.#all, this.#settled));

  constructor() {
    who.whenOpen((current) => void this.#read(current));
    onChange((change) => {
      const current = who.current;
      if (change.about === 'documents' && change.kind === 'check' && change.person === current?.id) void this.#read(current);
    });
  }

  async #read({ db }: Current): Promise<void> {
    try {
      const [stored, settled] = await Promise.all([db.getAll('checks'), getMeta(db, 'settled')]);
      this.#stored = stored.filter((one) => !one.deleted_at);
      this.#settled = settled ?? [];
    } catch {
      // The diary says that the phone's storage cannot be read.
    }
    this.loading = false;
  }

  /** In no order. */
  get all(): readonly Check[] {
    return this.#all;
  }

  /** The worst first. */
  get signs() {
    return this.#signs;
  }

  /** Whose advice has not been confirmed as read: nothing else is shown before that. */
  get unread(): Check | undefined {
    return unreadCheck(this.#signs);
  }

  /** Whether an entry's own mark is answered for by the questions, or by a doctor. */
  speaksFor(entry: { id: string; occurred_at: string }): boolean {
    return isAnswered(entry, this.#all, this.#settled);
  }

  /** Shown at once; resolves when it is on the disk, and rejects with a Problem when it is not. With an `id`, corrects it. */
  async save(body: CheckBody, id: string = uuid7()): Promise<string> {
    // What was read a moment ago may be of an older version by now: only what the person said is taken from it.
    const said = bodyOf('check', $state.snapshot(body) as CheckBody);
    this.#loose = { ...said, id };
    const { db, id: person } = await who.ready();
    const stored = await enqueue(db, person, 'check', id, said);
    this.#stored = [stored, ...this.#stored.filter((one) => one.id !== id)];
    if (this.#loose?.id === id) this.#loose = null;
    void outbox.saved();
    return id;
  }

  /** The person has confirmed having read what to do. */
  async confirm({ id, ...body }: Check): Promise<void> {
    await this.save({ ...body, read_at: withOffset() }, id);
  }

  /** Answered by mistake. */
  async remove(id: string): Promise<void> {
    if (this.#loose?.id === id) this.#loose = null;
    const current = who.current;
    if (!current || !this.#stored.some((one) => one.id === id)) return;
    await enqueueRemoval(current.db, current.id, 'check', id);
    void outbox.saved();
  }

  /** Signs are over: a doctor has looked at them, or another reason. */
  async settle(rules: readonly string[], reason: Settled['reason']): Promise<void> {
    const at = withOffset();
    const others = this.#settled.filter(({ rule }) => !rules.includes(rule));
    const all = [...others, ...rules.map((rule) => ({ rule, reason, at, sent: false }))];
    if (this.#loose) this.#loose = null;
    await setMeta((await who.ready()).db, 'settled', all);
    this.#settled = all;
    void outbox.saved();
  }
}

export const checks = new Checks();
