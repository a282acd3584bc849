import type { Patient, Reason, Report } from '#lib/domain/patients.ts';

/** Where on the patient's page something stands; each can take the focus. */
export const PLACES = {
  flag: (id: string) => `flag-${id}`,
  day: (date: string) => `day-${date}`,
  changes: 'changes',
  chart: 'chart',
  exercises: 'exercises',
  harmed: 'harmed'
} as const;

/** What the report has drawn; before it is read nothing is known to be missing. */
export const hasFigures = (report: Report): boolean => report.sections.includes('symptoms') && report.period.logged > 0;
export const hasExercises = (report: Report): boolean =>
  report.sections.includes('exercises') && (report.exercises.length > 0 || Boolean(report.adherence?.prescribed));
export const hasDay = ({ sections, days, period }: Report, date: string) =>
  sections.includes('diary') && period.logged > 0 && days.some((day) => day.date === date);

function placeOf(reason: Reason, report: Report | null): string | null {
  if (reason.flag) return PLACES.flag(reason.flag);
  if (reason.reason === 'made-worse') return PLACES.harmed;
  if (reason.reason === 'two-missed') return !report || hasExercises(report) ? PLACES.exercises : null;
  if (report && !hasFigures(report)) return null;
  return reason.reason === 'good-news' ? PLACES.changes : PLACES.chart;
}

/** What a reason speaks of: another screen, a place on this one by its fragment, or nothing that is shown. */
export function leadOf(reason: Reason, { link }: Pick<Patient, 'link'>, report: Report | null): string | null {
  if (reason.reason === 'message') return `/messages/${link}`;
  const place = placeOf(reason, report);
  return place && `#${place}`;
}
