import { withOffset } from '#lib/domain/clock.ts';
import { isPressing, isRed, isUnread, stands, toldAt, withActs, type FlagAct, type RaisedFlag, type Resolution, type Snooze } from '#lib/domain/flags.ts';
import { Problem, localProblem } from '#lib/domain/problem.ts';
import type { Settled } from '#lib/domain/signs.ts';
import { onChange, type RefusedAct } from '#lib/storage/changes.ts';
import { storageProblem } from '#lib/storage/faults.ts';
import { getMeta } from '#lib/storage/meta.ts';
import { queueAct, storedFlags, unsettle, waitingActs } from '#lib/storage/flags.ts';
import { who, type Current } from './current.svelte.ts';
import { outbox } from './outbox.svelte.ts';

const wholeAct = (act: Pick<FlagAct, 'act'> & Partial<FlagAct>): FlagAct => ({
  flag: null,
  rules: [],
  at: withOffset(),
  reason: null,
  until: null,
  ...act
});

/** What the server has raised, with what the person has done about it since. */
class Flags {
  loading = $state(true);
  /** The phone's storage could not be read. */
  problem = $state.raw<Problem | null>(null);
  /** The last act that the server would not have; what is shown is already as the server has it. */
  refused = $state.raw<(Omit<RefusedAct, 'problem'> & { problem: Problem }) | null>(null);
  #stored = $state.raw<RaisedFlag[]>([]);
  #acts = $state.raw<FlagAct[]>([]);
  /** The entries about whose marks the person has confirmed on this phone having read what to do. */
  readMarks = $state.raw<readonly string[]>([]);
  #all = $derived(withActs(this.#stored, this.#acts));
  #readings = 0;

  constructor() {
    who.whenOpen((current) => void this.#read(current));
    onChange((change) => {
      const current = who.current;
      if (change.about !== 'flags' || change.person !== current?.id) return;
      const { refused } = change;
      if (refused) this.refused = { ...refused, problem: new Problem(refused.problem) };
      void this.#read(current);
    });
  }

  async #read({ db }: Current): Promise<void> {
    const reading = ++this.#readings;
    try {
      const [stored, acts, read] = await Promise.all([storedFlags(db), waitingActs(db), getMeta(db, 'read_marks')]);
      if (reading !== this.#readings) return;
      this.readMarks = read ?? [];
      this.#stored = stored;
      this.#acts = acts;
      this.problem = null;
    } catch (cause) {
      this.problem = storageProblem(cause);
    }
    this.loading = false;
  }

  /** Newest first, the resolved ones too. */
  get all(): readonly RaisedFlag[] {
    return this.#all;
  }

  /** What the server has not heard yet, in the order in which it was done. */
  get waiting(): readonly FlagAct[] {
    return this.#acts;
  }

  /** The person has read what to do. Shown at once; rejects with a Problem when it cannot be kept. */
  see(id: string): Promise<void> {
    const flag = this.#all.find((one) => one.id === id);
    // What a clock that runs fast has noted is read, too.
    const told = flag ? toldAt(flag) : 0;
    return this.#act({ act: 'see', flag: id, ...(told > Date.now() ? { at: new Date(told).toISOString() } : {}) });
  }

  /** Rejects with `read_first` for what cannot wait and nobody has read. */
  async resolve(id: string, reason: Resolution): Promise<void> {
    const flag = this.#all.find((one) => one.id === id);
    if (flag && isPressing(flag) && isUnread(flag)) {
      throw localProblem('read_first', 'Confirm first that you have read what to do.');
    }
    await this.#act({ act: 'resolve', flag: id, reason });
  }

  /** Takes `resolve` back. */
  reopen(id: string): Promise<void> {
    return this.#act({ act: 'reopen', flag: id });
  }

  /** Puts a trend off until a moment, at most 90 days ahead. */
  snooze(id: string, until: string, reason: Snooze): Promise<void> {
    return this.#act({ act: 'snooze', flag: id, until, reason });
  }

  /** What to do about an entry's mark noted at `at` has been read; its flag may not be known here yet. */
  seeSign(rule: string, at: string, entry: string): Promise<void> {
    const ahead = Date.parse(at) > Date.now();
    return this.#act({ act: 'see', rules: [rule], known: [entry], ...(ahead ? { at } : {}) });
  }

  /**
   * Signs are over, whether their flags are known here or not; `known`: the entries and checks that said so. Resolves
   * with what takes that back, to what had been settled before.
   */
  async settleSigns(rules: readonly string[], reason: Resolution, known: readonly string[]) {
    const stood = this.#all.filter(stands).map(({ id }) => id);
    const were = this.#all.map(({ id }) => id);
    const settle = wholeAct({ act: 'resolve', rules: [...rules], reason, known });
    await this.#act(settle);
    return async (before: readonly Settled[]): Promise<void> => {
      const { db, id } = await who.ready();
      const over = this.#all.filter((flag) => isRed(flag) && rules.includes(flag.rule) && !stands(flag));
      const isNew = ({ id, reason: why }: RaisedFlag) => !were.includes(id) && why === reason;
      const ended = over.filter((flag) => stood.includes(flag.id) || isNew(flag));
      const reopen = ended.map((flag) => wholeAct({ act: 'reopen', flag: flag.id }));
      await unsettle(db, id, settle, before, reopen);
      await this.#read({ db, id });
      void outbox.saved();
    };
  }

  async #act(act: Pick<FlagAct, 'act'> & Partial<FlagAct>): Promise<void> {
    const { db, id } = await who.ready();
    this.refused = null;
    await queueAct(db, id, wholeAct(act));
    // Another tab's change may still be on its way here: what was done is shown with it, or before.
    await this.#read({ db, id });
    void outbox.saved();
  }
}

export const flags = new Flags();
