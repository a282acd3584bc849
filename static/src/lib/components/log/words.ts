/** How entries read in the person's language. */
import { placeName, ratingName } from '#lib/components/body/words.ts';
import { STREAMS } from '#lib/domain/types.ts';
import type { LogBody, Reading, SelfCare, SelfCareKind } from '#lib/domain/types.ts';
import { m } from '#lib/paraglide/messages.js';

type Message = () => string;

/** The suggestions; stored by these names, so that they can be counted in any language. */
export const TRIGGERS: Record<string, Message> = {
  sitting: m.log_trigger_sitting,
  standing: m.log_trigger_standing,
  walking: m.log_trigger_walking,
  stairs: m.log_trigger_stairs,
  driving: m.log_trigger_driving,
  bending: m.log_trigger_bending,
  lifting: m.log_trigger_lifting,
  lying: m.log_trigger_lying,
  'getting-up': m.log_trigger_getting_up,
  exercise: m.log_trigger_exercise,
  coughing: m.log_trigger_coughing,
  cold: m.log_trigger_cold,
  stress: m.log_trigger_stress
};

/** A suggestion in words, or the person's own words as they are. */
export function triggerName(trigger: string): string {
  return (Object.hasOwn(TRIGGERS, trigger) ? TRIGGERS[trigger]?.() : undefined) ?? trigger;
}

const CARE: Record<SelfCareKind, Message> = {
  rest: m.log_care_rest,
  heat: m.log_care_heat,
  cold: m.log_care_cold,
  medicine: m.log_care_medicine,
  massage: m.log_care_massage,
  walking: m.log_care_walking,
  'sleep-position': m.log_care_sleep_position,
  'long-sitting': m.log_care_long_sitting
};

export function careName(kind: SelfCareKind): string {
  return CARE[kind]();
}

/** "Heat 15 min", "Ibuprofen 400 mg". */
export function careLine(item: SelfCare): string {
  if (item.kind === 'medicine') return [item.name || careName(item.kind), item.dose].filter(Boolean).join(' ');
  const kind = careName(item.kind);
  return item.minutes ? m.log_care_with_minutes({ kind, minutes: item.minutes }) : kind;
}

/** "Left calf: numbness 6, pain 4". What is rated 0 goes without saying, unless all of it is. */
export function readingLine(reading: Reading): string {
  const rated = STREAMS.filter((stream) => reading[stream] !== null);
  const felt = rated.filter((stream) => reading[stream] !== 0);
  const shown = felt.length > 0 ? felt : rated.slice(0, 1);
  const place = placeName(reading.region, reading.side);
  if (shown.length === 0) return place;
  return m.log_reading_line({ place, ratings: shown.map((stream) => ratingName(stream, reading[stream])).join(', ') });
}

/** All that an entry says besides its readings, shortly. */
export function extraLine(body: LogBody): string {
  const sleep = body.sleep_quality === null ? [] : [`${m.log_sleep()} ${body.sleep_quality}`];
  const note = body.note.trim() ? [m.log_note()] : [];
  return [...sleep, ...body.triggers.map(triggerName), ...body.self_care.map(careLine), ...note].join(' · ');
}
