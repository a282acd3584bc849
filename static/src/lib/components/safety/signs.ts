/** The urgent signs in plain words, grouped as people look for them; a tap on one is an answer to a question. */
import { m } from '#lib/paraglide/messages.js';

type Message = () => string;
export interface ListedSign {
  words: Message;
  /** The question, and what a tap answers (`tracker/redflags/rules.json`). */
  rule: string;
  answer: string;
}
export interface SignGroup {
  title: Message;
  signs: ListedSign[];
}

const sign = (rule: string, words: Message, answer = 'new'): ListedSign => ({ words, rule, answer });

/** E: call now. */
export const CALL_NOW: SignGroup[] = [
  {
    title: m.safety_urgent_e_seat,
    signs: [
      sign('saddle', m.safety_e_saddle),
      sign('bladder', m.safety_e_bladder),
      sign('bowel', m.safety_e_bowel),
      sign('sexual', m.safety_e_sexual)
    ]
  },
  {
    title: m.safety_urgent_e_legs,
    signs: [
      sign('both-legs', m.safety_e_both_legs),
      sign('no-movement', m.safety_e_no_movement),
      sign('climbing', m.safety_e_climbing),
      sign('cold-leg', m.safety_e_cold_leg),
      sign('frostbite', m.safety_e_frostbite)
    ]
  },
  {
    title: m.safety_urgent_e_body,
    signs: [
      sign('stroke', m.safety_e_stroke),
      sign('breath', m.safety_e_breath),
      sign('belly-back', m.safety_e_belly_back)
    ]
  },
  {
    title: m.safety_urgent_e_hip,
    signs: [
      sign('fall', m.safety_e_fall),
      sign('minor-knock', m.safety_e_trauma, 'big-accident'),
      sign('hot-hip', m.safety_e_hot_hip),
      sign('implant', m.safety_e_implant, 'out-of-joint')
    ]
  },
  { title: m.safety_urgent_e_self, signs: [sign('self-harm', m.safety_e_self_harm)] }
];

/** D: a doctor the same day. */
export const SAME_DAY: ListedSign[] = [
  sign('swollen-leg', m.safety_d_swollen_leg),
  sign('foot-drop', m.safety_d_foot_drop),
  sign('cord-signs', m.safety_d_cord),
  sign('fever-back', m.safety_d_fever_back),
  sign('cancer', m.safety_d_cancer),
  sign('diabetic-foot', m.safety_d_diabetic_foot),
  sign('rest-pain-foot', m.safety_d_rest_pain),
  sign('shingles', m.safety_d_shingles)
];

/** What "none of these" answers with no: the questions that a sign of the lists asks as a whole. */
export const ASKED_WHOLE = [...CALL_NOW.flatMap(({ signs }) => signs), ...SAME_DAY]
  .filter(({ answer }) => answer === 'new')
  .map(({ rule }) => rule);
