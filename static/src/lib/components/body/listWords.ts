/** What qualities, and the parts of the list of places, are called: not for the first screen. */
import type { RegionGroup } from '#lib/domain/anatomy.ts';
import type { Quality } from '#lib/domain/types.ts';
import { m } from '#lib/paraglide/messages.js';

type Message = () => string;

const QUALITY_NAMES: Record<Quality, Message> = {
  aching: m.body_quality_aching,
  burning: m.body_quality_burning,
  cold: m.body_quality_cold,
  cramping: m.body_quality_cramping,
  dull: m.body_quality_dull,
  electric: m.body_quality_electric,
  heavy: m.body_quality_heavy,
  itching: m.body_quality_itching,
  'pins-and-needles': m.body_quality_pins_and_needles,
  sharp: m.body_quality_sharp,
  shooting: m.body_quality_shooting,
  stabbing: m.body_quality_stabbing,
  stiff: m.body_quality_stiff,
  throbbing: m.body_quality_throbbing,
  tight: m.body_quality_tight
};

const GROUP_NAMES: Record<RegionGroup, Message> = {
  'back-and-hip': m.body_group_back_and_hip,
  thigh: m.body_group_thigh,
  'knee-and-shin': m.body_group_knee_and_shin,
  foot: m.body_group_foot
};

export const qualityName = (quality: Quality): string => QUALITY_NAMES[quality]();
export const groupName = (group: RegionGroup): string => GROUP_NAMES[group]();
