import { evaluate, FLAG_DAYS, isEmergency, openEmergencies } from '#lib/domain/redflags.ts';
import { notedIn, type NotedSign, type RaisedFlag } from '#lib/domain/flags.ts';
import { isAnswered, isEntryRead, standingSigns, unreadSign, type Settled, type Sign } from '#lib/domain/signs.ts';
import type { StoredCheck } from '#lib/domain/documents.ts';
import { asking } from './asking.svelte.ts';
import type { Check } from './checks.svelte.ts';
import { diary, type Entry } from './diary.svelte.ts';
import { flags } from './flags.svelte.ts';
import { outbox } from './outbox.svelte.ts';

/** What the checks on this phone come to; `stored` with the deleted ones. */
export interface Answers {
  readonly all: readonly Check[];
  readonly stored: readonly StoredCheck[];
  readonly settled: readonly Settled[];
}

/** Advice that nobody has confirmed having read: about a check, an entry's own mark, or what only the server knows. */
export interface Unread {
  id: string;
  signs: { rule: string; level: Sign['level'] }[];
  check: Check | null;
  entry: Entry | null;
  flag: RaisedFlag | null;
  /** Screens on which it may wait. */
  beside: string[];
}

/** Held out to a doctor before anything has been confirmed. */
const CARD = '/signs/card';
/** The questions that are being answered offer the advice beside each answer. */
const QUESTIONS = '/signs/check';

/** What is heard of it later has not been read. */
const versionOf = ({ id, changed_at }: RaisedFlag) => `${id} ${changed_at}`;

const emergenciesNow = (entries: readonly Entry[]) => openEmergencies(entries, new Date());

/** What stands unchecked: of what this phone and what the server knows, the worse. Loaded beside the first screen. */
export class Standing {
  #answers: Answers;
  /** What was confirmed as read in this session, whether the phone could keep that or not. */
  #confirmed = $state.raw<readonly string[]>([]);
  signs: readonly Sign<Check>[] = $derived.by(() =>
    standingSigns(this.#answers.all, this.#answers.settled, { flags: flags.all, isNewerHere: this.#isNewerHere })
  );

  constructor(answers: Answers) {
    this.#answers = answers;
  }

  get loading(): boolean {
    return flags.loading;
  }

  get problem() {
    return diary.problem ?? flags.problem;
  }

  /**
   * An entry with a mark speaks for itself as long as it does, and a correction that took the mark back; one that left
   * it speaks for nothing: the flag outlasts the days of the mark. A check does when it was changed after the flag.
   */
  #isNewerHere = (noted: NotedSign, flag: RaisedFlag): boolean => {
    const waits = outbox.waiting.has(noted.id);
    if (noted.source === 'log') {
      if (this.#emergencies.some(({ id }) => id === noted.id)) return true;
      return waits && !diary.loading && !isEmergency(evaluate(diary.get(noted.id)?.readings ?? []));
    }
    if (waits) return true;
    const check = this.#answers.stored.find(({ id }) => id === noted.id);
    return Boolean(check?.changed_at && Date.parse(check.changed_at) > Date.parse(flag.changed_at));
  };

  /** Whether an entry's own mark is answered for by the questions, or by a doctor. */
  speaksFor(entry: { id: string; occurred_at: string }): boolean {
    return isAnswered(entry, this.#answers.all, this.#answers.settled, flags.all);
  }

  /** Of the latest entries those whose own mark, if they have one, nothing answers for. */
  unanswered: readonly Entry[] = $derived.by(() => {
    const earliest = Date.now() - (FLAG_DAYS + 1) * 86_400_000;
    return diary.entries.filter((entry) => Date.parse(entry.occurred_at) >= earliest && !this.speaksFor(entry));
  });

  #emergencies = $derived.by(() => emergenciesNow(this.unanswered));

  get unread(): Unread | undefined {
    const isConfirmed = ({ check, flag }: Sign) => !check && flag !== null && this.#confirmed.includes(versionOf(flag));
    const sign = unreadSign(this.signs.filter((one) => !isConfirmed(one)), flags.all);
    const entry = this.#emergencies.find((one) => !isEntryRead(one, flags.all, flags.waiting, [...flags.readMarks, ...this.#confirmed]));
    if (sign && (sign.level === 'E' || !entry)) return this.#about(sign);
    if (!entry) return undefined;
    const beside = [CARD, `/log/${entry.id}`, QUESTIONS];
    return { id: entry.id, signs: [{ rule: 'saddle', level: 'E' }], check: null, entry, flag: null, beside };
  }

  #about({ rule, level, check, flag }: Sign<Check>): Unread {
    if (!check) return { id: flag!.id, signs: [{ rule, level }], check, entry: null, flag, beside: [CARD] };
    const signs = this.signs.filter((one) => one.check?.id === check.id);
    const beside = check.id === asking.id ? [CARD, QUESTIONS] : [CARD];
    return { id: check.id, signs, check, entry: null, flag: null, beside };
  }

  /** What to do has been read: of a check that is said in the check itself. */
  async confirm({ entry, flag }: Unread): Promise<void> {
    // A full phone must not hold anybody on this advice.
    this.#confirmed = [...this.#confirmed, entry ? entry.id : versionOf(flag!)];
    if (entry) await flags.seeSign('saddle', entry.occurred_at, entry.id);
    else if (flag) await flags.see(flag.id);
  }

  /** What this phone knows of is over, and nothing that another device has not told it. */
  async settle(rules: readonly string[], reason: Settled['reason']): Promise<() => Promise<void>> {
    const isAbout = ({ rule }: { rule: string }) => rules.includes(rule);
    const checks = this.#answers.all.filter((check) => check.flags.some(isAbout));
    const entries = diary.entries.filter(({ readings }) => evaluate(readings).some(isAbout));
    const noted = flags.all.filter(isAbout).flatMap((flag) => notedIn(flag) ?? []);
    const known = [...checks, ...entries, ...noted].map(({ id }) => id);
    const before = this.#answers.settled.filter(isAbout);
    const once = known.filter((id, index) => known.indexOf(id) === index);
    const takeBack = await flags.settleSigns(rules, reason, once);
    return () => takeBack(before);
  }
}
