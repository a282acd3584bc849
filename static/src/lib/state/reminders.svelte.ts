import { deviceZone, localDate, withOffset } from '#lib/domain/clock.ts';
import { addDays } from '#lib/domain/dates.ts';
import { Problem } from '#lib/domain/problem.ts';
import {
  reminderBody,
  withAnswers,
  type Due,
  type KeptReminders,
  type Occurrence,
  type PendingAnswer,
  type Reminder,
  type ReminderBody
} from '#lib/domain/reminders.ts';
import { uuid7 } from '#lib/domain/uuid7.ts';
import { previewReminder, readOccurrences, readReminders, removeReminder, saveReminder } from '#lib/api/reminders.ts';
import { onChange } from '#lib/storage/changes.ts';
import { storageProblem } from '#lib/storage/faults.ts';
import { keepReminders, keptReminders, queueReply, waitingReplies } from '#lib/storage/reminders.ts';
import { who, type Current } from './current.svelte.ts';
import { outbox } from './outbox.svelte.ts';
import { person } from './person.svelte.ts';

/** How far back the log of what was due goes. */
export const DAYS_BACK = 14;
/** In ms. */
const NEW = 3_600_000;

const asProblem = (cause: unknown) => (cause instanceof Problem ? cause : storageProblem(cause));

/**
 * Reminders live on the server, which tells them: what is here is its last word, and changing them needs a connection.
 * Answers do not: they are kept and sent like entries.
 */
class Reminders {
  /** Nothing to show yet: neither kept nor answered. */
  loading = $state(true);
  kept = $state.raw<KeptReminders | null>(null);
  /** Why there is no newer answer; null when what is shown is new. */
  problem = $state.raw<Problem | null>(null);
  #replies = $state.raw<PendingAnswer[]>([]);
  #occurrences = $derived(withAnswers(this.kept?.occurrences ?? [], this.#replies));
  #reading: Promise<void> | null = null;
  /** How often the list was changed here. */
  #changes = 0;

  constructor() {
    who.whenOpen((current) => void this.#show(current));
    onChange((change) => {
      if (change.about === 'reminders' && change.person === who.current?.id) void this.#show(who.current);
    });
  }

  async #show({ db }: Current): Promise<void> {
    try {
      const [kept, replies] = await Promise.all([keptReminders(db), waitingReplies(db)]);
      this.kept = kept;
      this.#replies = replies;
      if (kept) this.loading = false;
    } catch (cause) {
      this.problem = storageProblem(cause);
    }
  }

  /** Oldest first: the order in which they were made. */
  get all(): Reminder[] {
    return [...(this.kept?.reminders ?? [])].sort((one, other) => one.id.localeCompare(other.id));
  }

  /** What has come due, the newest first, with the answers that were given here. */
  get occurrences(): readonly Occurrence[] {
    return this.#occurrences;
  }

  /**
   * Shows what is kept, then asks the server. For a screen that opens. `glance`: for one that only mentions them; of
   * somebody who has none they are not asked for again at once.
   */
  async read({ glance = false }: { glance?: boolean } = {}): Promise<void> {
    if (glance) {
      await who.ready().then((current) => this.#show(current)).catch(() => {});
      const { kept } = this;
      if (kept && kept.reminders.length === 0 && Date.now() - Date.parse(kept.read_at) < NEW) return;
    }
    this.#reading ??= this.#read().finally(() => (this.#reading = null));
    await this.#reading;
  }

  async #read(): Promise<void> {
    try {
      const { db, id } = await who.ready();
      const from = addDays(localDate(withOffset(), deviceZone()), -DAYS_BACK);
      const changes = this.#changes;
      const [reminders, occurrences] = await Promise.all([readReminders(id), readOccurrences(id, from)]);
      // Asked before what was changed meanwhile: it would be gone from the list.
      if (changes !== this.#changes) return await this.#read();
      await keepReminders(db, id, { reminders, occurrences, read_at: new Date().toISOString() });
      this.problem = null;
      await this.#show({ db, id });
      await this.#withdraw();
      await this.#followPhone();
    } catch (cause) {
      this.problem = asProblem(cause);
    } finally {
      this.loading = false;
    }
  }

  /** What goes by the phone's clock goes by the profile's time zone on the server: a journey has to be told there. */
  async #followPhone(): Promise<void> {
    const here = deviceZone();
    const follows = this.all.some(({ active, follow_device }) => active && follow_device);
    if (follows && person.profile && person.profile.time_zone !== here) await person.updateProfile({ time_zone: here });
  }

  /** What is answered, here or on another device, needs no notification any more. */
  async #withdraw(): Promise<void> {
    const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
    const shown = (await registration?.getNotifications().catch(() => [])) ?? [];
    const answered = new Set(this.#occurrences.filter(({ state }) => state === 'answered').map(({ id }) => `occurrence-${id}`));
    for (const one of shown) if (answered.has(one.tag)) one.close();
  }

  async #put(changed: Reminder | null, id: string): Promise<void> {
    const { db, id: owner } = await who.ready();
    const kept = this.kept ?? { reminders: [], occurrences: [], read_at: new Date().toISOString() };
    const others = kept.reminders.filter((one) => one.id !== id);
    this.#changes += 1;
    await keepReminders(db, owner, { ...kept, reminders: changed ? [...others, changed] : others });
    await this.#show({ db, id: owner });
  }

  /** Rejects with the Problem that the answer was; nothing is changed then. */
  async save(body: ReminderBody, before: Reminder | null = null): Promise<Reminder> {
    const { id: owner } = await who.ready();
    const id = before?.id ?? uuid7();
    const saved = await saveReminder(owner, id, reminderBody($state.snapshot(body) as ReminderBody), before?.version ?? null);
    await this.#put(saved, id);
    return saved;
  }

  async remove(reminder: Reminder): Promise<void> {
    const { id: owner } = await who.ready();
    await removeReminder(owner, reminder);
    await this.#put(null, reminder.id);
  }

  /** Takes `remove` back: its tombstone is the version after the one that was removed. */
  async restore(reminder: Reminder): Promise<void> {
    await this.save(reminder, { ...reminder, version: reminder.version + 1 });
  }

  async preview(body: ReminderBody): Promise<Due[]> {
    return previewReminder((await who.ready()).id, reminderBody(body));
  }

  /** Shown at once; sent now or as soon as there is a connection. Rejects with a Problem when it cannot be kept. */
  async answer(one: Occurrence, said: Pick<PendingAnswer, 'answer'> & Partial<PendingAnswer>): Promise<void> {
    const { db, id } = await who.ready();
    const reply = { minutes: null, until: null, ...said, occurrence: one.id, answered_at: withOffset() };
    await queueReply(db, id, reply);
    await this.#show({ db, id });
    await this.#withdraw();
    void outbox.saved();
  }
}

export const reminders = new Reminders();
