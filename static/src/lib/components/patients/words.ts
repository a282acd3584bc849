import { streamName } from '#lib/components/body/words.ts';
import { dateWords } from '#lib/components/plan/words.ts';
import { timeOf } from '#lib/components/ui/dates.ts';
import { otherProblem } from '#lib/components/ui/problems.ts';
import { localDate } from '#lib/domain/clock.ts';
import type { Change, Group, NotedBy, Patient, PatientFlag, PatientStop, Reason, ReportedFlag, Signal } from '#lib/domain/patients.ts';
import { Problem } from '#lib/domain/problem.ts';
import { inLanguage, RULES } from '#lib/domain/redflagrules.ts';
import { STREAMS, type Stream } from '#lib/domain/types.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';

type Words = () => string;

export const GROUP_WORDS: Record<Group, Words> = {
  attention: m.patients_group_attention,
  acknowledged: m.patients_group_acknowledged,
  'good-news': m['patients_group_good-news'],
  quiet: m.patients_group_quiet
};

export const SIGNAL_WORDS: Record<Signal, Words> = {
  'red-flag': m['patients_signal_red-flag'],
  worsening: m.patients_signal_worsening,
  'made-worse': m['patients_signal_made-worse'],
  'two-missed': m['patients_signal_two-missed'],
  'silent-week': m['patients_signal_silent-week'],
  message: m.patients_signal_message,
  'good-news': m['patients_signal_good-news']
};

export const CHANGE_WORDS: Record<string, Words> = {
  numbness: m.patients_change_numbness,
  tingling: m.patients_change_tingling,
  pain: m.patients_change_pain,
  weakness: m.patients_change_weakness,
  function: m.patients_change_function,
  sleep: m.patients_change_sleep
};

export const MEANING_WORDS: Record<Change['meaning'], Words> = {
  better: m.patients_change_better,
  worse: m.patients_change_worse,
  same: m.patients_change_same,
  unknown: m.patients_change_unknown
};

/** Of a sign, to the physiotherapist: what the patient was told to do is the patient's. */
const SIGN_LEVELS: Record<NonNullable<Reason['level']>, Words> = {
  E: m.patients_level_e,
  D: m.patients_level_d,
  W: m.patients_level_w,
  N: m.patients_level_n
};

/** The same, beside a sign's own title. */
export const MARK_WORDS: Record<PatientFlag['level'], Words> = {
  E: m.patients_mark_e,
  D: m.patients_mark_d,
  W: m.patients_mark_w,
  N: m.patients_mark_n
};

/** The same, of one that is over. */
export const OVER_WORDS: Record<PatientFlag['level'], Words> = {
  E: m.patients_over_e,
  D: m.patients_over_d,
  W: m.patients_over_w,
  N: m.patients_over_n
};

const isStream = (name: string | null): name is Stream => STREAMS.some((stream) => stream === name);

/** As the server rounded it: one decimal, always. */
export const figure = (value: number | null): string =>
  value === null ? '–' : new Intl.NumberFormat(getLocale(), { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);

export const nameWords = ({ name }: { name: string }): string => name || m.patients_unnamed();

function streamWords(name: string | null): string {
  if (isStream(name)) return streamName(name);
  return name === 'reach' ? m.patients_reach() : '';
}

export function signName(rule: string): string {
  const text = RULES.get(rule)?.text;
  return text ? inLanguage(text, getLocale()).name : rule;
}

function bareWords(reason: Reason, today: string): string {
  const date = dateWords(reason.since, today);
  const count = reason.count ?? 0;
  const stream = streamWords(reason.stream);
  switch (reason.reason) {
    case 'red-flag':
      return m.patients_reason_red({ name: signName(reason.rule ?? ''), level: reason.level ? SIGN_LEVELS[reason.level]() : '' });
    case 'worsening':
      return stream ? m.patients_reason_worsening({ stream, date }) : m.patients_reason_worsening_any({ date });
    case 'made-worse':
      return count ? m.patients_reason_made_worse({ count, date }) : m.patients_reason_made_worse_any({ date });
    case 'two-missed':
      return m.patients_reason_two_missed({ count, date });
    case 'silent-week':
      return m.patients_reason_silent({ date });
    case 'message':
      return m.patients_reason_message({ count });
    default:
      return m.patients_reason_good({ stream, start: figure(reason.start), now: figure(reason.now) });
  }
}

function notedWords(words: string, { at, by, by_you }: NotedBy, today: string, zone: string): string {
  const said = { words, date: dateWords(localDate(at, zone), today), time: timeOf(at, zone) };
  if (by_you) return m.patients_reason_noted_you(said);
  return by ? m.patients_reason_noted_by({ ...said, name: by }) : m.patients_reason_noted({ words });
}

/** Why a patient stands where they stand, one sentence a reason. `today` is the patient's date, `zone` the reader's. */
export function reasonWords(reason: Reason, today: string, zone: string): string {
  const words = bareWords(reason, today);
  return reason.noted ? notedWords(words, reason.noted, today, zone) : words;
}

const STOP_WORDS: Record<PatientStop['what'], (said: { date: string }) => string> = {
  pain: m.patients_stop_pain,
  numbness: m.patients_stop_numbness,
  weakness: m.patients_stop_weakness,
  further: m.patients_stop_further,
  limits: m.patients_stop_limits
};

/** That an exercise was stopped lately, said to who prescribes it. */
export function stopWords({ what, date, rating, eased }: PatientStop, today: string): string {
  const words = STOP_WORDS[what]({ date: dateWords(date, today) });
  const rated = rating === null ? words : m.patients_stop_rated({ words, rating });
  return eased ? m.patients_stop_eased({ words: rated }) : rated;
}

export function lastWords({ last_entry, sees_from, today }: Pick<Patient, 'last_entry' | 'sees_from' | 'today'>): string {
  if (last_entry) return m.patients_last_entry({ date: dateWords(last_entry, today) });
  return sees_from ? m.patients_no_entry_seen({ date: dateWords(sees_from, today) }) : m.patients_no_entry();
}

const END_WORDS: Record<string, Words> = {
  checked: m.patients_over_checked,
  recovered: m.patients_over_recovered,
  mistake: m.patients_over_mistake,
  corrected: m.patients_over_corrected,
  known: m.patients_over_known,
  replaced: m.patients_over_replaced,
  sensitivity: m.patients_over_sensitivity
};

/** From when until when a flag that is over stood, and how it ended. */
export function endWords({ opened_on, resolved_on, reason }: Omit<ReportedFlag, 'id'>, today: string): string {
  const why = (END_WORDS[reason ?? ''] ?? m.patients_over_other)();
  return m.patients_over_span({ from: dateWords(opened_on, today), until: dateWords(resolved_on ?? opened_on, today), why });
}

/** Why something that needs the server was not done. */
export function refusalWords(cause: unknown): string {
  const problem = cause instanceof Problem ? cause : null;
  if (!problem) console.error(cause);
  if (problem?.code === 'offline') return m.patients_offline();
  if (problem?.status === 401) return m.common_problem_signed_out();
  if (problem?.status === 404) return m.patients_refused();
  if (problem?.code === 'open_signs') return m.patients_plan_signs_new();
  if (problem?.code === 'not_in_scope') return m.patients_closed();
  if (problem?.code === 'deleted') return m.patients_plan_deleted();
  if (problem?.status === 409) return m.patients_plan_conflict();
  if (problem?.code === 'still_linked') return m.practice_still_linked();
  return m.patients_failed({ reason: otherProblem(problem) || m.common_error_text() });
}
