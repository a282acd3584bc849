/** What the player and the routines are called in the person's language. */
import type { View } from '#lib/domain/playerview.ts';
import type { StepKind } from '#lib/domain/playerplan.ts';
import type { Dose, Exercise, SkipReason } from '#lib/domain/types.ts';
import { m } from '#lib/paraglide/messages.js';

export const PHASE_WORDS: Record<StepKind | 'finished', () => string> = {
  ready: m.player_phase_ready,
  hold: m.player_phase_hold,
  move: m.player_phase_move,
  change: m.player_phase_change,
  rest: m.player_phase_rest,
  finished: m.player_phase_finished
};

/** In one or two short words, to be read from afar; walking and the like is gone on with, not held. */
export function phaseWords({ phase, item, way }: View): string {
  if (phase === 'hold' && item?.continuous) return m.player_phase_going();
  if (phase === 'move') return way ? WAY_WORDS[way]() : m.player_phase_move_short();
  return phase === 'change' ? m.player_phase_change_short() : PHASE_WORDS[phase]();
}

/** Where one is within an exercise: what there is only one of is not counted. */
export function detailsOf({ item, round, set, repetition, phase }: View): string[] {
  const dose = item?.dose;
  if (!dose) return [];
  const { sets, repetitions, tempo, hold_seconds } = dose;
  return [
    round ? m.player_round(round) : sets > 1 ? m.player_set({ set, sets }) : '',
    repetitions > 1 && phase !== 'move' ? m.player_repetition({ repetition, repetitions }) : '',
    tempo && hold_seconds === 0 ? paceWords(tempo) : ''
  ].filter(Boolean);
}

/** The ways of a repetition with a tempo. */
export const WAY_WORDS = { out: m.player_way_out, turn: m.player_way_turn, back: m.player_way_back };

export const SIDE_WORDS = { left: m.player_side_left, right: m.player_side_right };

/** What comes after this step: the other side, a rest, another repetition, and only at the end another exercise. */
export function nextWords({ phase, item, next, then }: View): string {
  if (!then) return m.player_last();
  const { kind, side, set, seconds } = then;
  if (kind === 'ready') return m.player_next({ name: next?.name ?? '' });
  if (kind === 'rest') return m.player_next_rest({ seconds });
  if (kind === 'change') return side === 'right' ? m.player_next_right() : m.player_next_left();
  if (phase === 'change' || phase === 'ready') return kind === 'hold' ? m.player_next_hold({ seconds }) : m.player_next_move();
  const both = item?.dose.sides === 'both';
  const words = both && side ? { left: m.player_next_count_left, right: m.player_next_count_right }[side] : m.player_next;
  const again = then.repetition === 1 && set > 1;
  return words({ name: again ? m.player_next_set({ set }) : m.player_next_repetition({ repetition: then.repetition }) });
}

/** What is said to somebody who left an exercise because of it. */
export const LEFT_WORDS: Partial<Record<SkipReason, () => string>> = {
  pain: m.player_left_pain,
  numbness: m.player_left_numbness
};

export const REASON_WORDS: Record<SkipReason, () => string> = {
  pain: m.player_reason_pain,
  numbness: m.player_reason_numbness,
  weakness: m.player_reason_weakness,
  'too-hard': m.player_reason_too_hard,
  'unsure-how': m.player_reason_unsure_how,
  'no-time': m.player_reason_no_time,
  'no-space': m.player_reason_no_space,
  forgot: m.player_reason_forgot,
  tired: m.player_reason_tired,
  'feeling-fine': m.player_reason_feeling_fine,
  other: m.player_reason_other
};

/** What a routine is stopped for at once, and what is said afterwards depends on. */
export const HURTS = ['pain', 'numbness', 'weakness'] as const;
export type Hurt = (typeof HURTS)[number];
export const hurtOf = (reason: SkipReason | null): Hurt | null => HURTS.find((one) => one === reason) ?? null;

export const POSITION_WORDS: Record<Exercise['position'], () => string> = {
  back: m.stretch_position_back,
  front: m.stretch_position_front,
  side: m.stretch_position_side,
  floor: m.stretch_position_floor,
  chair: m.stretch_position_chair,
  standing: m.stretch_position_standing,
  'all-fours': m.stretch_position_all_fours,
  kneeling: m.stretch_position_kneeling
};

const SOURCE_WORDS: Record<string, () => string> = {
  S0: m.stretch_source_s0,
  S1: m.stretch_source_s1,
  S2: m.stretch_source_s2,
  S3: m.stretch_source_s3,
  S4: m.stretch_source_s4,
  G: m.stretch_source_g,
  B: m.stretch_source_b
};
export const sourceWords = (source: string) =>
  m.stretch_exercise_source({ source: SOURCE_WORDS[source]?.() ?? source });

/** "2 sets of 3 × 20 s, each side"; of an `exercise` whose time is spent moving, minutes. */
export function doseWords(
  { sets, repetitions, hold_seconds, sides, tempo }: Dose,
  exercise?: Pick<Exercise, 'continuous'>
): string {
  const counted = m.stretch_dose_move({ repetitions });
  const held = m.stretch_dose_hold({ repetitions, seconds: hold_seconds });
  const moving = exercise?.continuous && repetitions === 1 && hold_seconds >= 60;
  const paced = tempo ? m.plan_dose_tempo({ dose: counted, pace: paceWords(tempo) }) : counted;
  const once = moving ? minutesWords(hold_seconds) : hold_seconds > 0 ? held : paced;
  const dose = sets > 1 ? m.stretch_dose_sets({ sets, dose: once }) : once;
  if (sides === 'none') return dose;
  return { both: m.stretch_dose_both, left: m.stretch_dose_left, right: m.stretch_dose_right }[sides]({ dose });
}

/** "2 s out, 1 s still, 3 s back" of a tempo "2-1-3"; a stay of no time is not named. */
export function paceWords(tempo: string): string {
  const [out = 0, still = 0, back = 0] = tempo.split('-').map(Number);
  return still > 0 ? m.plan_pace_still({ out, still, back }) : m.plan_pace({ out, back });
}

export const minutesWords = (seconds: number) => m.stretch_minutes({ minutes: Math.max(1, Math.round(seconds / 60)) });

/** Said one after the other to a screen reader: what is a sentence has its full stop already. */
export const announced = (parts: readonly (string | null | undefined)[]): string =>
  parts.flatMap((one) => (one ? [/[.!?]$/.test(one) ? one : `${one}.`] : [])).join(' ');
