/** The urgent signs in plain words, grouped as people look for them. */
import { m } from '#lib/paraglide/messages.js';

type Message = () => string;
export interface SignGroup {
  title: Message;
  signs: Message[];
}

/** E: call now. */
export const CALL_NOW: SignGroup[] = [
  {
    title: m.safety_urgent_e_seat,
    signs: [m.safety_e_saddle, m.safety_e_bladder, m.safety_e_bowel, m.safety_e_sexual]
  },
  {
    title: m.safety_urgent_e_legs,
    signs: [
      m.safety_e_both_legs,
      m.safety_e_no_movement,
      m.safety_e_climbing,
      m.safety_e_cold_leg,
      m.safety_e_frostbite
    ]
  },
  { title: m.safety_urgent_e_body, signs: [m.safety_e_stroke, m.safety_e_breath, m.safety_e_belly_back] },
  {
    title: m.safety_urgent_e_hip,
    signs: [m.safety_e_fall, m.safety_e_trauma, m.safety_e_hot_hip, m.safety_e_implant]
  },
  { title: m.safety_urgent_e_self, signs: [m.safety_e_self_harm] }
];

/** D: a doctor the same day. */
export const SAME_DAY: Message[] = [
  m.safety_d_swollen_leg,
  m.safety_d_foot_drop,
  m.safety_d_cord,
  m.safety_d_fever_back,
  m.safety_d_cancer,
  m.safety_d_diabetic_foot,
  m.safety_d_rest_pain,
  m.safety_d_shingles,
  m.safety_d_old_saddle
];
