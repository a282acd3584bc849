/**
 * Which form of an exercise to offer next. The catalogue orders the forms of one exercise as the rungs of a ladder; the
 * person decides, and nothing changes by itself. Three comfortable sessions before a harder form, and nothing past what
 * a physiotherapist has set, are our own careful choice (source B, review: unreviewed).
 */
import { localDate } from './clock.ts';
import { addDays } from './dates.ts';
import { formDose } from './formdose.ts';
import { DEFAULT_RULE, verdictOf } from './painrule.ts';
import { strictest } from './prescription.ts';
import { isFelt } from './stops.ts';
import type {
  Dose,
  Exercise,
  PainRule,
  Rating,
  RoutineItem,
  ServerPrescription,
  SessionBody,
  SessionItem
} from './types.ts';

/** Comfortable sessions in a row that earn the offer of a harder form; as many again after it was turned down. */
export const COMFORTABLE_IN_A_ROW = 3;

/** Pain and numbness may be this much above the rating before, afterwards, in a comfortable session. */
export const COMFORTABLE_RISE = 1;

/** What was comfortable longer ago says nothing about today. */
export const RECENT_DAYS = 42;

type Form = Pick<Exercise, 'slug' | 'ladder' | 'rung' | 'retired'>;

type Session = Pick<
  SessionBody,
  | 'prescription'
  | 'prescription_version'
  | 'started_at'
  | 'items'
  | 'hurts'
  | 'stop_reason'
  | 'pain_before'
  | 'numbness_before'
  | 'pain_after'
  | 'numbness_after'
  | 'pain_next_morning'
  | 'numbness_next_morning'
>;

/** Once it is known by which limits it is judged. */
type Judged = Session & { rule: PainRule };

interface Prescribed
  extends Pick<ServerPrescription, 'id' | 'version' | 'items' | 'starts_on' | 'ends_on' | 'pain_rule' | 'prescribed_by'> {
  /** What it says is no version that the server knows. */
  unsent: boolean;
}

export interface Offer {
  exercise: string;
  /** The form offered in its place. */
  to: string;
  kind: 'easier' | 'harder';
  /** It was set by a physiotherapist (the name): nothing is replaced, the person is asked to tell them. */
  tell: string | null;
}

/** An offer that was turned down. */
export interface Declined {
  exercise: string;
  to: string;
  at: string;
}

/** The nearest form above (1) or below (-1) on the same ladder that is still in the catalogue. */
export function neighbour<T extends Form>(slug: string, by: 1 | -1, exercises: readonly T[]): T | undefined {
  const from = exercises.find((one) => one.slug === slug);
  if (!from) return undefined;
  const further = exercises.filter(
    (one) => one.ladder === from.ladder && !one.retired && (one.rung - from.rung) * by > 0
  );
  return further.sort((one, other) => (one.rung - other.rung) * by || one.slug.localeCompare(other.slug))[0];
}

/** Reasons for leaving an exercise out that say nothing about the exercise. */
const OF_THE_DAY: readonly (string | null)[] = ['no-time', 'no-space', 'forgot', 'feeling-fine'];

function settled(before: Rating, after: Rating): boolean {
  // Without a rating before, none at all is assumed; without one after, it must not have been rated before either.
  return after === null ? before === null : after - (before ?? 0) <= COMFORTABLE_RISE;
}

/**
 * The limits that held: those of the version of the plan that was followed. The phone has a plan's latest version only;
 * for another one, or a plan that it no longer has, the strictest of all that it knows.
 */
function ruleOf({ prescription, prescription_version }: Session, prescriptions: readonly Prescribed[]): PainRule {
  if (prescription === null) return DEFAULT_RULE;
  const followed = prescriptions.find(
    ({ id, version, unsent }) => id === prescription && version === prescription_version && !unsent
  );
  return followed?.pain_rule ?? strictest([DEFAULT_RULE, ...prescriptions.map(({ pain_rule }) => pain_rule)]);
}

function feltWell(session: Judged): boolean {
  if (isFelt(session.stop_reason)) return false;
  // Nobody said how it was: that is not comfort.
  if (session.pain_after === null && session.numbness_after === null) return false;
  const worse = (morning: Rating, before: Rating, after: Rating) =>
    morning !== null && morning > (before ?? after ?? morning);
  const [before, after] = [
    { pain: session.pain_before, numbness: session.numbness_before },
    { pain: session.pain_after, numbness: session.numbness_after }
  ];
  return (
    // As much as would have made it easier in its middle is not comfortable at its end, be it no more than before.
    verdictOf(before, { ...after, further_down: false, weakness: false }, session.rule) === 'go' &&
    settled(session.pain_before, session.pain_after) &&
    settled(session.numbness_before, session.numbness_after) &&
    !worse(session.pain_next_morning, session.pain_before, session.pain_after) &&
    !worse(session.numbness_next_morning, session.numbness_before, session.numbness_after)
  );
}

type Says = 'comfortable' | 'uncomfortable' | 'nothing';

const isAbout = (item: SessionItem, slug: string) => item.exercise === slug || item.eased_from === slug;

/** What one session says of one form. */
function saysOf(session: Judged, slug: string): Says {
  const about = session.items.flatMap((item, index) => (isAbout(item, slug) ? [{ item, index }] : []));
  const hurt = session.hurts.some((one) => about.some(({ index }) => index === one.item));
  const tried = about.filter(({ item }) => item.status !== 'skipped' || !OF_THE_DAY.includes(item.reason));
  if (tried.length === 0 && !hurt) return 'nothing';
  const done = tried.every(({ item }) => item.status === 'done' && item.eased_from !== slug);
  return done && !hurt && feltWell(session) ? 'comfortable' : 'uncomfortable';
}

const newestFirst = (one: Session, other: Session) => Date.parse(other.started_at) - Date.parse(one.started_at);

/** How many sessions in a row, up to the latest, were comfortable with this form; `sessions` newest first. */
function comfortableInARow(sessions: readonly Judged[], slug: string): number {
  let count = 0;
  for (const session of sessions) {
    const says = saysOf(session, slug);
    if (says === 'uncomfortable') break;
    if (says === 'comfortable') count += 1;
  }
  return count;
}

/**
 * Did the pain rule say ease or stop on this form in the latest session with it? A leg that turned weak, or symptoms
 * that moved further down it, are not answered with an exercise, be it an easier one.
 */
function calledForEasier(sessions: readonly Judged[], slug: string): boolean {
  const latest = sessions.find((session) => saysOf(session, slug) !== 'nothing');
  const hurts = latest?.hurts.filter(({ item }) => {
    const found = latest.items[item];
    return found !== undefined && isAbout(found, slug);
  });
  if (!hurts || latest?.stop_reason === 'weakness' || hurts.some((one) => one.weakness || one.further_down)) return false;
  return hurts.some(({ verdict }) => verdict !== 'go');
}

/** Sessions since it was turned down; all of them if it never was. */
function sinceDeclined(
  sessions: readonly Judged[],
  declined: readonly Declined[],
  exercise: string,
  to: string
): { sessions: readonly Judged[]; was: boolean } {
  const times = declined.filter((one) => one.exercise === exercise && one.to === to).map(({ at }) => Date.parse(at));
  if (times.length === 0) return { sessions, was: false };
  const latest = Math.max(...times);
  return { sessions: sessions.filter(({ started_at }) => Date.parse(started_at) > latest), was: true };
}

export interface Known {
  sessions: readonly Session[];
  exercises: readonly Form[];
  /** Of any time: sessions followed those that are over, too. Only those in force on `today` set a limit to what is offered. */
  prescriptions: readonly Prescribed[];
  declined: readonly Declined[];
  /** The local calendar date, and its zone. */
  today: string;
  zone: string;
}

type Recent = Known & { sessions: readonly Judged[] };

const isActive = ({ starts_on, ends_on }: Prescribed, today: string) =>
  starts_on <= today && (ends_on === null || today <= ends_on);

function harder(slug: string, known: Recent): Offer | null {
  const next = neighbour(slug, 1, known.exercises);
  if (!next) return null;
  // What is prescribed, in whichever form, is not gone past.
  const past = known.prescriptions
    .filter((one) => isActive(one, known.today))
    .flatMap(({ items }) => items.map(({ exercise }) => known.exercises.find((form) => form.slug === exercise)))
    .some((form) => form !== undefined && form.ladder === next.ladder && form.rung < next.rung);
  if (past) return null;
  const { sessions } = sinceDeclined(known.sessions, known.declined, slug, next.slug);
  if (comfortableInARow(sessions, slug) < COMFORTABLE_IN_A_ROW) return null;
  return { exercise: slug, to: next.slug, kind: 'harder', tell: null };
}

function easier(slug: string, known: Recent): Offer | null {
  const next = neighbour(slug, -1, known.exercises);
  if (!next || !calledForEasier(known.sessions, slug)) return null;
  const { sessions, was } = sinceDeclined(known.sessions, known.declined, slug, next.slug);
  const tried = sessions.filter((session) => saysOf(session, slug) !== 'nothing').length;
  if (was && tried < COMFORTABLE_IN_A_ROW) return null;
  const setBy = known.prescriptions.find(
    (one) =>
      one.prescribed_by !== null &&
      isActive(one, known.today) &&
      one.items.some(({ exercise }) => exercise === slug)
  );
  return { exercise: slug, to: next.slug, kind: 'easier', tell: setBy?.prescribed_by ?? null };
}

/** What to offer for a routine, at most one for each of its exercises, in its order. */
export function offersFor(items: readonly Pick<RoutineItem, 'exercise'>[], known: Known): Offer[] {
  const earliest = addDays(known.today, -RECENT_DAYS);
  const sessions = known.sessions
    .filter(({ started_at }) => localDate(started_at, known.zone) >= earliest)
    .map((session) => ({ ...session, rule: ruleOf(session, known.prescriptions) }))
    .sort(newestFirst);
  const recent = { ...known, sessions };
  const slugs = [...new Set(items.map(({ exercise }) => exercise))];
  // A routine that has the offered form already needs no second one.
  return slugs
    .map((slug) => easier(slug, recent) ?? harder(slug, recent))
    .filter((offer): offer is Offer => offer !== null && !slugs.includes(offer.to));
}

/** The items with the offered form in place, in the dose that was planned (formdose.ts); a superset stays a superset. */
export function taken(
  items: readonly RoutineItem[],
  offer: Pick<Offer, 'exercise' | 'to'>,
  exercises: readonly (Pick<Exercise, 'slug'> & Dose)[]
): RoutineItem[] {
  const form = exercises.find(({ slug }) => slug === offer.to);
  if (!form) return [...items];
  const taking = (item: RoutineItem) => ({ ...item, ...formDose(item, form), exercise: form.slug });
  return items.map((item) => (item.exercise === offer.exercise ? taking(item) : item));
}
