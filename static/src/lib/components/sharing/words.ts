import { dateWords } from '#lib/components/plan/words.ts';
import { dateLocale, dayName, timeOf } from '#lib/components/ui/dates.ts';
import { otherProblem } from '#lib/components/ui/problems.ts';
import { localDate } from '#lib/domain/clock.ts';
import { Problem } from '#lib/domain/problem.ts';
import { placeOf, stateOf, type Access, type OwnReport, type Scope, type Section, type Share, type Visit } from '#lib/domain/sharing.ts';
import { m } from '#lib/paraglide/messages.js';

export const SECTION_WORDS: Record<Section, () => string> = {
  symptoms: m.sharing_section_symptoms,
  flags: m.sharing_section_flags,
  exercises: m.sharing_section_exercises,
  body: m.sharing_section_body,
  diary: m.sharing_section_diary,
  notes: m.sharing_section_notes
};

const READ_WORDS: Record<string, () => string> = {
  page: m.sharing_log_what_page,
  pdf: m.sharing_log_what_pdf,
  csv: m.sharing_log_what_csv,
  fhir: m.sharing_log_what_fhir,
  json: m.sharing_log_what_json,
  manifest: m.sharing_log_what_manifest,
  file: m.sharing_log_what_file,
  triage: m.sharing_log_what_triage,
  report: m.sharing_log_what_report,
  flags: m.sharing_log_what_flags,
  prescriptions: m.sharing_log_what_prescriptions,
  messages: m.sharing_log_what_messages,
  stops: m.sharing_log_what_stops
};

/** What the link is called, or else which days it shows. */
export function nameOf(share: Share, today: string): string {
  return share.label || periodWords(share, today);
}

export function periodWords({ scope }: Share, today: string): string {
  return spanWords(scope, today);
}

export function spanWords({ from, to }: Pick<Scope, 'from' | 'to'>, today: string): string {
  return m.sharing_row_period({ from: dateWords(from, today), to: dateWords(to, today) });
}

/** Who may have it, and whether anybody has. */
export function reportWords({ open_links, times_opened }: OwnReport): string {
  const opened = times_opened ? m.reports_opened({ count: times_opened }) : m.reports_unopened();
  return open_links ? `${opened}. ${m.reports_open({ count: open_links })}` : `${opened}. ${m.reports_shut()}`;
}

export function stateWords(share: Share, zone: string, now: Date): string {
  const today = localDate(now.toISOString(), zone);
  const on = (moment: string) => ({ date: dateWords(localDate(moment, zone), today) });
  const state = stateOf(share, now);
  if (state === 'revoked') return m.sharing_row_revoked(on(share.revoked_at ?? ''));
  if (state === 'expired') return m.sharing_row_expired(on(share.expires_at));
  return state === 'locked' ? m.sharing_row_locked() : m.sharing_row_open(on(share.expires_at));
}

export const openedWords = ({ times_opened: opened }: Share): string =>
  opened ? m.sharing_row_opened({ count: opened }) : m.sharing_row_unopened();

const TRIED_WORDS: Record<string, (inputs: { who: string }) => string> = {
  'wrong-passcode': m.sharing_log_tried_passcode,
  'no-passcode': m.sharing_log_tried_asked,
  locked: m.sharing_log_tried_locked,
  expired: m.sharing_log_tried_expired,
  revoked: m.sharing_log_tried_revoked,
  ended: m.sharing_log_tried_ended,
  previewed: m.sharing_log_previewed
};

/** Whoever is linked has an account, and its name. Whoever holds a link says what name they like. */
function readerWords({ link, reader_name: name }: Access): string {
  if (link) return name || m.sharing_log_linked();
  return name ? m.sharing_log_calling({ name }) : m.sharing_log_anyone();
}

/** What is read one after the other is said in one sentence. */
export function visitWords({ access, whats }: Visit): string {
  const who = readerWords(access);
  if (access.outcome !== 'opened') return (TRIED_WORDS[access.outcome] ?? m.sharing_log_tried)({ who });
  const said = [...new Set(whats.map((what) => (READ_WORDS[what] ?? m.sharing_log_what_other)()))];
  return m.sharing_log_line({ who, what: new Intl.ListFormat(dateLocale(), { type: 'conjunction' }).format(said) });
}

/** "at 00:17": an hour of one digit looks like a length of time. */
function clockOf(moment: string, zone: string): string {
  const time = timeOf(moment, zone);
  return /^\d:\d\d$/.test(time) ? `0${time}` : time;
}

/** Of what was read, when; of what was refused, how often as well. */
export function whenWords({ access, last_at, times }: Visit, zone: string, today: string): string {
  const day = dayName(localDate(access.at, zone), today);
  const [first, last] = [clockOf(access.at, zone), clockOf(last_at, zone)];
  const when = first === last ? m.sharing_log_at({ day, time: first }) : m.sharing_log_between({ day, first, last });
  return access.outcome === 'opened' || times === 1 ? when : m.sharing_log_times({ when, count: times });
}

export function whereWords({ access: { device, network } }: Visit): string {
  const place = placeOf(network);
  const where = !place ? m.sharing_log_where_unknown() : place.inner ? m.sharing_log_where_inner() : m.sharing_log_where_start({ start: place.start });
  return device ? m.sharing_log_where({ device, where }) : where;
}

/** Why something that needs the server was not done. */
export function refusalWords(cause: unknown): string {
  const problem = cause instanceof Problem ? cause : null;
  if (!problem) console.error(cause);
  if (problem?.code === 'offline') return m.sharing_needs_connection();
  return m.sharing_failed({ reason: otherProblem(problem) || m.common_error_text() });
}
