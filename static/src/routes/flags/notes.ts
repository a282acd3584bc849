/** The flags as the screens list them: what each is called, when it was noted, and where it stands. */
import type { ToldChange } from '#lib/components/charts/told.ts';
import { dayWithin } from '#lib/components/ui/dates.ts';
import { reasonWords } from '#lib/components/flags/life.ts';
import { titleOf } from '#lib/components/flags/words.ts';
import { deviceZone, localDate } from '#lib/domain/clock.ts';
import { dayNumber } from '#lib/domain/dates.ts';
import { isRed, type RaisedFlag } from '#lib/domain/flags.ts';
import { inLanguage, RULES } from '#lib/domain/redflagrules.ts';
import { standingOf, trendOf, type Standing } from '#lib/domain/trendwords.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { flags } from '#lib/state/flags.svelte.ts';
import { stretching } from '#lib/state/stretching.svelte.ts';

export const exerciseName = (slug: string) => stretching.exercises.find((one) => one.slug === slug)?.name ?? slug;

export function nameOf(flag: RaisedFlag): string {
  if (!isRed(flag)) return titleOf(trendOf(flag), exerciseName);
  const text = RULES.get(flag.rule)?.text;
  return text ? inLanguage(text, getLocale()).name : m.flags_unknown_title();
}

/** A red flag is read and settled where its advice is. */
export const hrefOf = (flag: RaisedFlag) => (isRed(flag) && flag.state !== 'resolved' ? '/signs' : `/flags/${flag.id}`);

/** The changes that the rules told, the newest first, for a chart to mark. */
export const toldChanges = (): ToldChange[] =>
  flags.all
    .flatMap((flag) => {
      const trend = isRed(flag) ? null : trendOf(flag);
      return trend ? [{ id: flag.id, day: dayNumber(trend.day), name: nameOf(flag), href: hrefOf(flag) }] : [];
    })
    .toSorted((one, other) => other.day - one.day);

/** A calendar date for what the rules found; a moment, in this phone's zone, for what was noted. */
export const notedOn = (flag: RaisedFlag) => trendOf(flag)?.day ?? localDate(flag.opened_at, deviceZone());

const STANDINGS: Record<Exclude<Standing, 'put-off' | 'settled'>, () => string> = {
  new: m.flags_state_new,
  due: m.flags_state_due,
  read: m.flags_state_read
};

export function linesOf(flag: RaisedFlag, standing: Standing, today: string): string[] {
  const noted = m.flags_day({ day: dayWithin(notedOn(flag), today) });
  if (standing === 'settled') return [noted, m.flags_state_settled({ reason: reasonWords(flag.reason) })];
  if (standing !== 'put-off') return [noted, STANDINGS[standing]()];
  const until = localDate(flag.snoozed_until ?? flag.changed_at, deviceZone());
  return [noted, m.flags_state_put_off({ day: dayWithin(until, today) })];
}

export interface Listed {
  flag: RaisedFlag;
  standing: Standing;
}

const ORDER = 'EDWN';

/** Open ones by how soon they need checking; the others newest first. */
export function grouped(all: readonly RaisedFlag[], now: Date): Record<'open' | 'putOff' | 'earlier', Listed[]> {
  const listed = all.map((flag) => ({ flag, standing: standingOf(flag, now) }));
  const isOpen = ({ standing }: Listed) => standing !== 'settled' && standing !== 'put-off';
  return {
    open: listed
      .filter(isOpen)
      .sort((one, other) => ORDER.indexOf(one.flag.level) - ORDER.indexOf(other.flag.level)),
    putOff: listed.filter(({ standing }) => standing === 'put-off'),
    earlier: listed.filter(({ standing }) => standing === 'settled')
  };
}
