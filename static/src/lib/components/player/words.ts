/** What the player and the routines are called in the person's language. */
import type { Cue } from '#lib/domain/playercues.ts';
import type { View } from '#lib/domain/player.ts';
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
  'no-time': m.player_reason_no_time,
  'no-space': m.player_reason_no_space,
  tired: m.player_reason_tired,
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
  'all-fours': m.stretch_position_all_fours
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

/** "2 sets of 3 × 20 s, each side" */
export function doseWords({ sets, repetitions, hold_seconds, sides }: Dose): string {
  const once =
    hold_seconds > 0
      ? m.stretch_dose_hold({ repetitions, seconds: hold_seconds })
      : m.stretch_dose_move({ repetitions });
  const dose = sets > 1 ? m.stretch_dose_sets({ sets, dose: once }) : once;
  if (sides === 'none') return dose;
  return { both: m.stretch_dose_both, left: m.stretch_dose_left, right: m.stretch_dose_right }[sides]({ dose });
}

export const minutesWords = (seconds: number) => m.stretch_minutes({ minutes: Math.max(1, Math.round(seconds / 60)) });

/** What is said aloud. */
export function spoken(cue: Cue): string {
  switch (cue.kind) {
    case 'ready': {
      const announced = cue.first ? m.player_say_ready_first : m.player_say_ready;
      const begin = { left: m.player_say_begin_left, right: m.player_say_begin_right };
      return [announced({ name: cue.name }), cue.side && begin[cue.side](), cue.first_step].filter(Boolean).join(' ');
    }
    case 'hold': {
      const hold = { left: m.player_say_hold_left, right: m.player_say_hold_right, none: m.player_say_hold };
      return hold[cue.side ?? 'none']({ seconds: cue.seconds });
    }
    case 'change': {
      const change = { left: m.player_say_change_left, right: m.player_say_change_right, none: m.player_say_change };
      return change[cue.side ?? 'none']();
    }
    case 'move':
      return m.player_say_move({ repetition: cue.repetition });
    case 'halfway':
      return m.player_say_halfway();
    case 'tick':
      return m.player_say_tick({ seconds: cue.seconds });
    case 'rest':
      return m.player_say_rest({ seconds: cue.seconds });
    case 'finished':
      return m.player_say_finished();
  }
}
