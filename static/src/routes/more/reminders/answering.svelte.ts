import { momentWords, occurrenceHref, occurrenceTitle } from '#lib/components/reminders/words.ts';
import { toaster } from '#lib/components/ui/toaster.svelte.ts';
import { deviceZone } from '#lib/domain/clock.ts';
import { standingOf, type Answer, type Occurrence } from '#lib/domain/reminders.ts';
import { m } from '#lib/paraglide/messages.js';
import { reminders } from '#lib/state/reminders.svelte.ts';
import { names, tellRefusal } from './names.ts';

const SAID: Record<Answer, () => string> = {
  done: m.reminders_said_done,
  skip: m.reminders_said_skip,
  snooze: m.reminders_said_snooze
};

const OPEN: Partial<Record<Occurrence['kind'], () => string>> = {
  log: m.reminders_open_log,
  routine: m.reminders_open_routine,
  prescription: m.reminders_open_prescription,
  weekly: m.reminders_open_weekly,
  morning: m.reminders_open_morning
};

/** Answers, as the list and Today give them. Made by a component. */
export class Answering {
  /** Which one is being put off. */
  snoozing = $state.raw<Occurrence | null>(null);

  async give(one: Occurrence, answer: Answer, length: { minutes: number | null; until: 'evening' | null } = { minutes: null, until: null }) {
    this.snoozing = null;
    try {
      await reminders.answer(one, { answer, ...length });
      toaster.show({ text: SAID[answer](), tone: answer === 'done' ? 'good' : 'info' });
    } catch (cause) {
      tellRefusal(cause);
    }
  }

  /** What its card says and does. */
  card(one: Occurrence, now: number, today: string) {
    const zone = deviceZone();
    const href = occurrenceHref(one);
    const lines = [m.reminders_was_due({ when: momentWords(one.due_at, zone, today) })];
    const later = standingOf(one, now) === 'later';
    if (later) {
      const when = one.snoozed_until && momentWords(one.snoozed_until, zone, today);
      lines.push(when ? m.reminders_until({ when }) : m.reminders_until_evening());
    }
    return {
      title: occurrenceTitle(one, names),
      lines,
      open: href ? { href, label: OPEN[one.kind]!() } : null,
      ondone: () => void this.give(one, 'done'),
      onskip: () => void this.give(one, 'skip'),
      onsnooze: later ? undefined : () => void (this.snoozing = one)
    };
  }
}
