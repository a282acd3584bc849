/** The names of regions, sides, places and streams in the person's language, for every screen. */
import { STREAMS } from '#lib/domain/types.ts';
import type { Rating, Reading, Region, Side, Stream } from '#lib/domain/types.ts';
import { m } from '#lib/paraglide/messages.js';

type Message = () => string;

const REGION_NAMES: Record<Region, Message> = {
  'low-back': m.body_region_low_back,
  groin: m.body_region_groin,
  saddle: m.body_region_saddle,
  'outer-hip': m.body_region_outer_hip,
  buttock: m.body_region_buttock,
  'front-thigh': m.body_region_front_thigh,
  'outer-thigh': m.body_region_outer_thigh,
  'inner-thigh': m.body_region_inner_thigh,
  'back-of-thigh': m.body_region_back_of_thigh,
  knee: m.body_region_knee,
  'inner-shin': m.body_region_inner_shin,
  'outer-shin': m.body_region_outer_shin,
  calf: m.body_region_calf,
  'top-of-foot': m.body_region_top_of_foot,
  'big-toe': m.body_region_big_toe,
  'little-toes': m.body_region_little_toes,
  'outer-foot': m.body_region_outer_foot,
  heel: m.body_region_heel,
  sole: m.body_region_sole
};

// Left and right of each region are messages of their own: many languages inflect the side.
const PLACE_NAMES: Partial<Record<Region, Record<'left' | 'right', Message>>> = {
  groin: { left: m.body_left_groin, right: m.body_right_groin },
  'outer-hip': { left: m.body_left_outer_hip, right: m.body_right_outer_hip },
  buttock: { left: m.body_left_buttock, right: m.body_right_buttock },
  'front-thigh': { left: m.body_left_front_thigh, right: m.body_right_front_thigh },
  'outer-thigh': { left: m.body_left_outer_thigh, right: m.body_right_outer_thigh },
  'inner-thigh': { left: m.body_left_inner_thigh, right: m.body_right_inner_thigh },
  'back-of-thigh': { left: m.body_left_back_of_thigh, right: m.body_right_back_of_thigh },
  knee: { left: m.body_left_knee, right: m.body_right_knee },
  'inner-shin': { left: m.body_left_inner_shin, right: m.body_right_inner_shin },
  'outer-shin': { left: m.body_left_outer_shin, right: m.body_right_outer_shin },
  calf: { left: m.body_left_calf, right: m.body_right_calf },
  'top-of-foot': { left: m.body_left_top_of_foot, right: m.body_right_top_of_foot },
  'big-toe': { left: m.body_left_big_toe, right: m.body_right_big_toe },
  'little-toes': { left: m.body_left_little_toes, right: m.body_right_little_toes },
  'outer-foot': { left: m.body_left_outer_foot, right: m.body_right_outer_foot },
  heel: { left: m.body_left_heel, right: m.body_right_heel },
  sole: { left: m.body_left_sole, right: m.body_right_sole }
};

const SIDE_NAMES: Record<Side, Message> = {
  left: m.body_side_left,
  right: m.body_side_right,
  midline: m.body_side_midline
};

const STREAM_NAMES: Record<Stream, Message> = {
  numbness: m.body_stream_numbness,
  tingling: m.body_stream_tingling,
  pain: m.body_stream_pain,
  weakness: m.body_stream_weakness
};

export function regionName(region: Region): string {
  return REGION_NAMES[region]();
}

export function sideName(side: Side): string {
  return SIDE_NAMES[side]();
}

/** "Left calf", "Low back". */
export function placeName(region: Region, side: Side): string {
  return side === 'midline' ? regionName(region) : (PLACE_NAMES[region]?.[side] ?? REGION_NAMES[region])();
}

export function streamName(stream: Stream): string {
  return STREAM_NAMES[stream]();
}

/** The words at both ends of a stream's scale. */
export function anchorsOf(stream: Stream): { low: string; high: string } {
  return stream === 'weakness'
    ? { low: m.body_weakness_low(), high: m.body_weakness_high() }
    : { low: m.body_low(), high: m.body_high() };
}

/** "Left calf, numbness 6, pain 4": a place and all that was rated there. */
export function readingSummary(reading: Reading): string {
  const place = placeName(reading.region, reading.side);
  const rated = STREAMS.filter((stream) => reading[stream] !== null);
  if (rated.length === 0) return m.body_unrated({ place });
  return m.body_marked({ place, rating: rated.map((stream) => ratingName(stream, reading[stream])).join(', ') });
}

/** "numbness 6", as it stands within a sentence. */
export function ratingName(stream: Stream, value: Rating): string {
  return m.body_rated({ stream: RATED_NAMES[stream](), value: value ?? '' });
}

const RATED_NAMES: Record<Stream, Message> = {
  numbness: m.body_rated_numbness,
  tingling: m.body_rated_tingling,
  pain: m.body_rated_pain,
  weakness: m.body_rated_weakness
};
