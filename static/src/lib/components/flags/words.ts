/**
 * How a flag explains itself: what changed, since when, and what to do. Clinical text after the product's clinical facts;
 * `GUIDANCE` says from which sources, and that no clinician has reviewed it yet.
 */
import { placeName } from '#lib/components/body/words.ts';
import { dateInWords, dateWords, numberWords } from '#lib/components/charts/words.ts';
import type { RaisedFlag, Resolution, Snooze } from '#lib/domain/flags.ts';
import {
  shownUsual,
  toldApart,
  wrongPerYear,
  yearsApart,
  zoneOf,
  type Aggravated,
  type Flare,
  type Place,
  type Spreading,
  type Trend,
  type Worsening,
  type Zone
} from '#lib/domain/trendwords.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';

type Message = () => string;

/** What the words need besides the evidence. */
export interface Telling {
  /** The local calendar date. */
  today: string;
  /** The trend is over: what may still come of it is not said. */
  over: boolean;
  /** The month (`YYYY-MM-01`) whose days were as usual, if one can be named. */
  month: string | null;
  exerciseName: (slug: string) => string;
}

export const LEVEL_WORDS: Record<RaisedFlag['level'], Message> = {
  E: m.flags_level_e,
  D: m.flags_level_d,
  W: m.flags_level_w,
  N: m.flags_level_n
};

const WORSE_TITLES = {
  numbness: m.flags_worse_title_numbness,
  tingling: m.flags_worse_title_tingling,
  pain: m.flags_worse_title_pain,
  weakness: m.flags_worse_title_weakness,
  reach: m.flags_worse_title_reach
};
const FLARE_TITLES = {
  numbness: m.flags_flare_title_numbness,
  tingling: m.flags_flare_title_tingling,
  pain: m.flags_flare_title_pain,
  weakness: m.flags_flare_title_weakness,
  reach: m.flags_flare_title_reach
};
const WORSE = {
  numbness: { usual: m.flags_worse_numbness, month: m.flags_worse_month_numbness },
  tingling: { usual: m.flags_worse_tingling, month: m.flags_worse_month_tingling },
  pain: { usual: m.flags_worse_pain, month: m.flags_worse_month_pain },
  weakness: { usual: m.flags_worse_weakness, month: m.flags_worse_month_weakness }
};
const FLARES = {
  numbness: m.flags_flare_numbness,
  tingling: m.flags_flare_tingling,
  pain: m.flags_flare_pain,
  weakness: m.flags_flare_weakness
};
const ZONE_WORDS: Record<Zone, Message> = {
  'low-back': m.flags_zone_low_back,
  hip: m.flags_zone_hip,
  thigh: m.flags_zone_thigh,
  knee: m.flags_zone_knee,
  'lower-leg': m.flags_zone_lower_leg,
  foot: m.flags_zone_foot,
  toes: m.flags_zone_toes
};
export const zoneWords = (zone: Zone) => ZONE_WORDS[zone]();

/** "left calf": as it stands within a sentence. */
function placeWithin({ region, side }: Place): string {
  const name = placeName(region, side);
  return name.charAt(0).toLocaleLowerCase(getLocale()) + name.slice(1);
}

const listed = (words: string[]) => new Intl.ListFormat(getLocale(), { type: 'conjunction' }).format(words);

export function titleOf(trend: Trend | null, exerciseName: Telling['exerciseName']): string {
  switch (trend?.rule) {
    case 'sustained-worsening':
      return WORSE_TITLES[trend.stream]();
    case 'flare':
      return FLARE_TITLES[trend.stream]();
    case 'spreading':
      return trend.how === 'further-down' ? m.flags_down_title() : m.flags_side_title();
    case 'aggravated-by':
      return m.flags_after_title({ names: listed(trend.exercises.map(({ exercise }) => exerciseName(exercise))) });
    default:
      return m.flags_unknown_title();
  }
}

/** What changed, a sentence each. */
export function sentencesOf(trend: Trend, telling: Telling): string[] {
  switch (trend.rule) {
    case 'sustained-worsening':
      return worsening(trend, telling);
    case 'flare':
      return flare(trend, telling);
    case 'spreading':
      return spreading(trend, telling);
    case 'aggravated-by':
      return aggravated(trend, telling);
  }
}

function worsening(trend: Worsening, telling: Telling): string[] {
  const { today } = telling;
  const { above, entries, place } = trend;
  const day = dateInWords(trend.day, today);
  const said = trend.stream === 'reach' ? [reaching(trend, telling)] : [levels(trend, trend.stream, telling)];
  const counted = above >= entries ? m.flags_above_all({ entries, day }) : m.flags_above({ above, entries, day });
  const where = trend.stream === 'reach' ? m.flags_furthest : m.flags_most;
  return [...said, ...(place ? [where({ place: placeWithin(place) })] : []), counted];
}

function levels(trend: Worsening, stream: keyof typeof WORSE, { today, month }: Telling): string {
  const [low, high] = toldApart(trend.baseline, trend.recent);
  const figures = {
    baseline: numberWords(low),
    recent: numberWords(high),
    since: dateInWords(trend.since, today),
    day: dateInWords(trend.day, today)
  };
  // A month of another year would need its year, and is long ago.
  const named = month && month.slice(0, 4) === trend.since.slice(0, 4) ? dateWords(month, 'monthName') : null;
  return named ? WORSE[stream].month({ ...figures, month: named }) : WORSE[stream].usual(figures);
}

function reaching({ baseline, recent, since, day }: Worsening, { today }: Telling): string {
  const [before, after] = [zoneOf(baseline), zoneOf(recent)];
  const days = { since: dateInWords(since, today), day: dateInWords(day, today) };
  const to = after ? zoneWords(after) : zoneWords('low-back');
  if (!before) return m.flags_reach_new({ ...days, after: to });
  if (before === after) return m.flags_reach_more({ ...days, after: to });
  return m.flags_reach_worse({ ...days, before: zoneWords(before), after: to });
}

function flare(trend: Flare, { today, over }: Telling): string[] {
  const { stream, since, last, day, place } = trend;
  const days = { since: dateInWords(since, today), last: dateInWords(last, today) };
  const usual = numberWords(shownUsual(trend));
  const said = stream === 'reach' ? m.flags_reach_flare(days) : FLARES[stream]({ ...days, baseline: usual });
  const where = stream === 'reach' ? m.flags_furthest : m.flags_most;
  return [
    said,
    ...(place ? [where({ place: placeWithin(place) })] : []),
    m.flags_flare_common(),
    ...(over ? [] : [m.flags_flare_gone({ day: dateInWords(day, today) })])
  ];
}

function spreading({ how, places, since }: Spreading, { today }: Telling): string[] {
  const say = how === 'further-down' ? m.flags_down : m.flags_side;
  return [say({ since: dateInWords(since, today), places: listed(places.map(placeWithin)) }), m.flags_spread_twice()];
}

const AFTER = {
  pain: { after: m.flags_after_pain_after, next_morning: m.flags_after_pain_next_morning },
  numbness: { after: m.flags_after_numbness_after, next_morning: m.flags_after_numbness_next_morning }
};

function aggravated({ exercises, day }: Aggravated, { exerciseName, today }: Telling): string[] {
  const said = exercises.map(({ exercise, stream, moment, rose, of }) =>
    AFTER[stream][moment]({ name: exerciseName(exercise), rose, of, day: dateInWords(day, today) })
  );
  return [...said, m.flags_after_shared()];
}

interface Guidance {
  todo: Message[];
  /** Tags of the sources in the product's clinical facts. */
  sources: string[];
  review: 'unreviewed' | 'clinician-reviewed';
}

const worseGuidance = (also: Message[] = []): Guidance => ({
  todo: [m.flags_do_tell_days, m.flags_do_show, m.flags_do_smaller, ...also],
  sources: ['S1', 'S2', 'G'],
  review: 'unreviewed'
});
const FURTHER: Guidance = {
  todo: [m.flags_do_tell_days, m.flags_do_show, m.flags_do_further],
  sources: ['G', 'B'],
  review: 'unreviewed'
};
const OTHER_SIDE: Guidance = {
  todo: [m.flags_do_side_first, m.flags_do_tell_days, m.flags_do_show],
  sources: ['S3', 'G'],
  review: 'unreviewed'
};
const FLARED: Guidance = {
  todo: [m.flags_do_gently, m.flags_do_week, m.flags_do_mention],
  sources: ['B'],
  review: 'unreviewed'
};
const AFTER_EXERCISE: Guidance = {
  todo: [m.flags_do_leave_out, m.flags_do_tell_physio],
  sources: ['B'],
  review: 'unreviewed'
};

export function guidanceOn(trend: Trend): Guidance {
  switch (trend.rule) {
    case 'sustained-worsening':
      if (trend.stream === 'reach') return FURTHER;
      return worseGuidance(trend.stream === 'weakness' ? [m.flags_do_weak] : []);
    case 'flare':
      return FLARED;
    case 'spreading':
      return trend.how === 'further-down' ? FURTHER : OTHER_SIDE;
    case 'aggravated-by':
      return AFTER_EXERCISE;
  }
}

/** When not to wait for any visit. */
export const SOONER: Message[] = [
  m.flags_sooner_saddle,
  m.flags_sooner_bladder,
  m.flags_sooner_weak,
  m.flags_sooner_sudden
];

/** So rare that years say nothing any more. */
const HARDLY_EVER = 20;

/** How often such a flag is wrong; empty where it was not said. */
export function surenessOf(trend: Trend): string {
  const years = yearsApart(wrongPerYear(trend));
  if (years === null) return '';
  if (trend.rule !== 'aggravated-by') return m.flags_sure_years({ years });
  return years > HARDLY_EVER ? m.flags_sure_after_rare() : m.flags_sure_after({ years });
}

export const RESOLUTION_WORDS: Record<Resolution, Message> = {
  checked: m.flags_settle_checked,
  recovered: m.flags_settle_recovered,
  mistake: m.flags_settle_mistake,
  other: m.flags_settle_other
};
export const SNOOZE_WORDS: Record<Snooze, Message> = {
  'known-cause': m.flags_why_known_cause,
  appointment: m.flags_why_appointment,
  waiting: m.flags_why_waiting,
  other: m.flags_why_other
};
