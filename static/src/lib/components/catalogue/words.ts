/** What conditions, equipment and the catalogue's texts are called in the person's language. */
import { regionName } from '#lib/components/body/words.ts';
import { POSITION_WORDS } from '#lib/components/player/words.ts';
import type { Texts } from '#lib/domain/catalogue.ts';
import type { Condition, Equipment, Position, Region } from '#lib/domain/types.ts';
import { m } from '#lib/paraglide/messages.js';

export const CONDITION_WORDS: Record<Condition, { name: () => string; about: () => string }> = {
  'hip-replacement': { name: m.catalogue_condition_hip, about: m.catalogue_condition_hip_about },
  osteoporosis: { name: m.catalogue_condition_bones, about: m.catalogue_condition_bones_about },
  pregnancy: { name: m.catalogue_condition_pregnancy, about: m.catalogue_condition_pregnancy_about },
  'high-blood-pressure': { name: m.catalogue_condition_pressure, about: m.catalogue_condition_pressure_about },
  'acute-disc-pain': { name: m.catalogue_condition_disc, about: m.catalogue_condition_disc_about },
  'spinal-stenosis': { name: m.catalogue_condition_stenosis, about: m.catalogue_condition_stenosis_about },
  spondylolisthesis: { name: m.catalogue_condition_slip, about: m.catalogue_condition_slip_about },
  'outer-hip-pain': { name: m.catalogue_condition_outer, about: m.catalogue_condition_outer_about },
  'knee-pain': { name: m.catalogue_condition_knee, about: m.catalogue_condition_knee_about },
  'wrist-pain': { name: m.catalogue_condition_wrist, about: m.catalogue_condition_wrist_about },
  'poor-balance': { name: m.catalogue_condition_balance, about: m.catalogue_condition_balance_about }
};

export const EQUIPMENT_WORDS: Record<Equipment, () => string> = {
  chair: m.catalogue_equipment_chair,
  table: m.catalogue_equipment_table,
  wall: m.catalogue_equipment_wall,
  step: m.catalogue_equipment_step,
  strap: m.catalogue_equipment_strap,
  band: m.catalogue_equipment_band,
  pillow: m.catalogue_equipment_pillow,
  towel: m.catalogue_equipment_towel
};

/** Plain words for a place: what people type who do not know how it is called here. */
const ALSO: Partial<Record<Region, () => string>> = {
  'low-back': m.catalogue_also_low_back,
  buttock: m.catalogue_also_buttock,
  'outer-hip': m.catalogue_also_outer_hip,
  groin: m.catalogue_also_groin,
  'back-of-thigh': m.catalogue_also_back_of_thigh,
  'front-thigh': m.catalogue_also_front_thigh,
  calf: m.catalogue_also_calf
};

const POSITION_ALSO: Record<Position, () => string> = {
  back: m.catalogue_also_lying,
  front: m.catalogue_also_front,
  side: m.catalogue_also_lying,
  floor: m.catalogue_also_sitting,
  chair: m.catalogue_also_sitting,
  standing: m.catalogue_also_standing,
  'all-fours': m.catalogue_also_all_fours,
  kneeling: m.catalogue_also_kneeling
};

/** What a search looks through, the most telling first. */
export const textsOf: Texts = ({ name, muscles, summary, regions, position, equipment, desk }) => [
  name,
  muscles.join(' '),
  summary,
  `${regions.map(regionName).join(' ')} ${POSITION_WORDS[position]()} ${POSITION_ALSO[position]()}`,
  [
    ...regions.map((one) => ALSO[one]?.() ?? ''),
    ...equipment.map((one) => EQUIPMENT_WORDS[one]()),
    desk ? m.catalogue_also_desk() : ''
  ].join(' ')
];

/** Words that say nothing of an exercise. */
export const idleWords = (): string[] => m.catalogue_search_idle().split(' ');
