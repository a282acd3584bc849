import { timesWords } from '#lib/components/reminders/words.ts';
import { deviceZone, localDate, withOffset } from '#lib/domain/clock.ts';
import { hasEnded } from '#lib/domain/prescription.ts';
import { newReminder, timesFor, type ReminderBody } from '#lib/domain/reminders.ts';
import { m } from '#lib/paraglide/messages.js';
import { stretching } from '#lib/state/stretching.svelte.ts';

export interface Suggestion {
  name: string;
  text: string;
  body: ReminderBody;
}

/** The diary in the evening, and the exercises: the plan that holds, else one's own routine, else a starter. */
export function suggestions(): Suggestion[] {
  const zone = deviceZone();
  const today = localDate(withOffset(), zone);
  const log = newReminder('log', zone, today);
  const found: Suggestion[] = [{ name: m.reminders_suggest_log(), text: m.reminders_suggest_log_text({ time: timesWords(log.times) }), body: log }];
  const plan = stretching.prescriptions.find((one) => !hasEnded(one, today));
  const routine = stretching.routines.find((one) => !one.starter) ?? stretching.routines[0];
  if (plan) {
    const times = timesFor(plan.times_a_day);
    const body = { ...newReminder('prescription', zone, today), prescription: plan.id, times };
    found.push({ name: plan.name, text: m.reminders_suggest_plan_text({ times: timesWords(times) }), body });
  } else if (routine) {
    const times = timesFor(1);
    const body = { ...newReminder('routine', zone, today), routine: routine.id, times };
    found.push({ name: routine.name, text: m.reminders_suggest_do_text({ times: timesWords(times) }), body });
  }
  return found;
}
