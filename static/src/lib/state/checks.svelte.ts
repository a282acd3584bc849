import { bodyOf, type StoredCheck } from '#lib/domain/documents.ts';
import type { Problem } from '#lib/domain/problem.ts';
import type { Settled, Sign } from '#lib/domain/signs.ts';
import type { CheckBody } from '#lib/domain/types.ts';
import { uuid7 } from '#lib/domain/uuid7.ts';
import { withOffset } from '#lib/domain/clock.ts';
import { onChange } from '#lib/storage/changes.ts';
import { storageProblem } from '#lib/storage/faults.ts';
import { getMeta } from '#lib/storage/meta.ts';
import { enqueue, enqueueRemoval } from '#lib/storage/outbox.ts';
import { who, type Current } from './current.svelte.ts';
import type { Entry } from './diary.svelte.ts';
import { outbox } from './outbox.svelte.ts';
import type { Standing, Unread } from './standing.svelte.ts';

export type Check = CheckBody & { id: string };

/** What was answered about signs that need a doctor, and what of it still stands. */
class Checks {
  /** With the deleted ones. */
  stored = $state.raw<StoredCheck[]>([]);
  settled = $state.raw<Settled[]>([]);
  /** The person has looked for herself: she goes on although nothing can be read. */
  looked = $state(false);
  #read = $state(false);
  #problem = $state.raw<Problem | null>(null);
  /** By id. Not on the disk yet, or for ever when nobody is signed in or the disk is full: what to do is shown all the same. */
  #loose = $state.raw<ReadonlyMap<string, Check>>(new Map());
  #standing = $state.raw<Standing | null>(null);
  /** What works out what stands could not be loaded: then every answer that cannot wait stands. */
  #plain = $state(false);
  #loadingStanding: Promise<Standing> | null = null;
  #all = $derived.by((): Check[] => {
    const loose = this.#loose;
    return [...loose.values(), ...this.stored.filter(({ id, deleted_at }) => !deleted_at && !loose.has(id))];
  });

  constructor() {
    who.whenOpen((current) => void this.#readAll(current));
    onChange((change) => {
      const current = who.current;
      if (change.about !== 'flags' && !(change.about === 'documents' && change.kind === 'check')) return;
      if (change.person === current?.id) void this.#readAll(current);
    });
  }

  /** What works out what stands is loaded beside the first screen, not before it; should that fail, at the next need. */
  #load(): Promise<Standing> {
    const begin = async () => {
      const { Standing } = await import('./standing.svelte.ts');
      return (this.#standing ??= new Standing(this));
    };
    this.#loadingStanding ??= begin().catch((cause: unknown) => {
      this.#loadingStanding = null;
      this.#plain = true;
      throw cause;
    });
    return this.#loadingStanding;
  }

  async #readAll({ db }: Current): Promise<void> {
    const working = this.#load();
    // It may fail before the disk has answered: that is said below.
    working.catch(() => undefined);
    try {
      const [stored, settled] = await Promise.all([db.getAll('checks'), getMeta(db, 'settled')]);
      this.stored = stored;
      this.settled = settled ?? [];
      await working;
      this.#problem = null;
    } catch (cause) {
      this.#problem = storageProblem(cause);
    }
    this.#read = true;
  }

  get loading(): boolean {
    return !this.#read || (this.#standing?.loading ?? false);
  }

  /** In no order. */
  get all(): readonly Check[] {
    return this.#all;
  }

  /** The worst first: of what this phone and what the server knows, the worse. */
  get signs(): readonly Sign<Check>[] {
    return this.#standing?.signs ?? this.#unworked;
  }

  /** By the answers alone: what another device has settled may be among it. */
  #unworked = $derived.by((): Sign<Check>[] => {
    const isOver = (rule: string, { id }: Check) => this.settled.some((one) => one.rule === rule && one.known?.includes(id));
    if (!this.#plain) return [];
    return this.#all
      .flatMap((check) => check.flags.map((flag) => ({ ...flag, check, flag: null, noted_at: check.answered_at })))
      .filter(({ rule, level, check }) => 'ED'.includes(level) && !isOver(rule, check))
      .sort((one, other) => (one.level < other.level ? 1 : -1));
  });

  /** Whose advice has not been confirmed as read: nothing else is shown before that. */
  get unread(): Unread | undefined {
    if (this.#standing) return this.#standing.unread;
    const check = this.#unworked.find((one) => !one.check!.read_at)?.check;
    if (!check) return undefined;
    const signs = this.#unworked.filter((one) => one.check === check);
    return { id: check.id, signs, check, entry: null, flag: null, beside: ['/signs/card'] };
  }

  /** Whether an entry's own mark is answered for by the questions, or by a doctor. */
  speaksFor(entry: { id: string; occurred_at: string }): boolean {
    return this.#standing?.speaksFor(entry) ?? false;
  }

  /** Of the latest entries those that nothing answers for; null before that can be told. */
  get unanswered(): readonly Entry[] | null {
    return this.#standing?.unanswered ?? null;
  }

  /** The phone's storage, or this part of the app, cannot be read: what stands cannot be told. */
  get problem(): Problem | null {
    return this.#problem ?? this.#standing?.problem ?? null;
  }

  /** Shown at once; resolves when it is on the disk, and rejects with a Problem when it is not. With an `id`, corrects it. */
  async save(body: CheckBody, id: string = uuid7()): Promise<string> {
    // What was read a moment ago may be of an older version by now: only what the person said is taken from it.
    void this.#load().catch(() => undefined);
    const said = bodyOf('check', $state.snapshot(body) as CheckBody);
    const loose = { ...said, id };
    this.#loose = new Map([...this.#loose, [id, loose]]);
    const { db, id: person } = await who.ready();
    const stored = await enqueue(db, person, 'check', id, said);
    this.stored = [stored, ...this.stored.filter((one) => one.id !== id)];
    this.#drop((one) => one === loose);
    void outbox.saved();
    return id;
  }

  /** The person has confirmed having read what to do. */
  async confirm(about: Unread): Promise<void> {
    if (!about.check) return (await this.#load()).confirm(about);
    const { id, ...body } = about.check;
    await this.save({ ...body, read_at: withOffset() }, id);
  }

  /** Answered by mistake. */
  async remove(id: string): Promise<void> {
    this.#drop((one) => one.id === id);
    const current = who.current;
    if (!current || !this.stored.some((one) => one.id === id)) return;
    await enqueueRemoval(current.db, current.id, 'check', id);
    void outbox.saved();
  }

  /** Signs are over: a doctor has looked at them, or another reason. Resolves with what takes that back. */
  async settle(rules: readonly string[], reason: Settled['reason']): Promise<() => Promise<void>> {
    return (await this.#load()).settle(rules, reason);
  }

  #drop(which: (loose: Check) => boolean): void {
    this.#loose = new Map([...this.#loose].filter(([, one]) => !which(one)));
  }
}

export const checks = new Checks();
