/** What is said aloud, as long as there is time for it. */
import type { Cue } from '#lib/domain/playercues.ts';
import { m } from '#lib/paraglide/messages.js';

type Words = (string | false | null | undefined)[];

/** From the fullest to the shortest. */
function variants(cue: Cue): Words[] {
  switch (cue.kind) {
    case 'ready':
      return ready(cue);
    case 'hold':
      return hold(cue);
    case 'go':
      return [[timed(cue.seconds)], [m.cues_say_go_short()]];
    case 'move':
      return move(cue);
    case 'return':
      return [[m.cues_say_return()]];
    case 'halfway':
      return cue.seconds && cue.seconds >= 60
        ? [[m.cues_say_halfway_minutes({ minutes: Math.round(cue.seconds / 60) })], [m.cues_say_halfway()]]
        : [[m.cues_say_halfway()]];
    case 'tick':
      return [[m.cues_say_tick({ seconds: cue.seconds })]];
    case 'change': {
      const change = { left: m.cues_say_change_left, right: m.cues_say_change_right, none: m.cues_say_change };
      return [[change[cue.side ?? 'none']()], [m.cues_say_change()]];
    }
    case 'rest':
      return rest(cue);
    case 'finished':
      return [[m.cues_say_finished()]];
  }
}

function ready({ name, first_step, side, first, round }: Cue & { kind: 'ready' }): Words[] {
  const again = round !== null && round.round > 1;
  const call = again ? m.cues_say_name({ name }) : first ? m.cues_say_ready_first({ name }) : m.cues_say_ready({ name });
  const begin = side && { left: m.cues_say_begin_left, right: m.cues_say_begin_right }[side]();
  const rounds = round && m.cues_say_round({ round: round.round, rounds: round.rounds });
  const short = m.cues_say_name({ name });
  if (again) return [[rounds, call, begin], [call, begin], [short]];
  return [[call, begin, first_step], [call, begin], [short, begin], [short]];
}

function hold(cue: Cue & { kind: 'hold' }): Words[] {
  const { seconds, side, repetition, repetitions, new_set } = cue;
  const set = new_set && m.cues_say_set(new_set);
  const count = repetitions > 1 && m.cues_say_repetition({ repetition, repetitions });
  const where = side && { left: m.cues_say_left, right: m.cues_say_right }[side]();
  const long = m.cues_say_hold({ seconds });
  const short = m.cues_say_hold_short();
  return [[set, count, where, long], [count, where, short], [where, short], [short]];
}

function timed(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return seconds < 90 ? m.cues_say_go_seconds({ seconds }) : m.cues_say_go({ minutes });
}

function move({ repetition, repetitions, new_set }: Cue & { kind: 'move' }): Words[] {
  const set = new_set && m.cues_say_set(new_set);
  const last = repetitions > 2 && repetition === repetitions;
  const count = m.cues_say_move({ repetition });
  return [[set, last ? m.cues_say_move_last({ repetition }) : count], [count]];
}

function rest({ seconds, name, new_set, last }: Cue & { kind: 'rest' }): Words[] {
  const long = m.cues_say_rest({ seconds });
  const set = new_set && m.cues_say_then_set(new_set);
  const then = name !== null ? m.cues_say_then_exercise({ name }) : (set ?? (last && m.cues_say_then_last()));
  return [[long, then], [m.cues_say_rest_short(), then], [m.cues_say_rest_short()]];
}

/** How long a voice takes, in ms: rather too long than too short. Voices differ; this is a slow one. */
const sayingTakes = (text: string, rate: number) => (250 + 75 * text.length) / rate;

/** The fullest words that are over before the next ones begin; empty when there is no time for any. */
export function spoken(cue: Cue, room = Infinity, rate = 1): string {
  const texts = variants(cue).map((words) => words.filter(Boolean).join(' '));
  return texts.find((text) => sayingTakes(text, rate) <= room) ?? '';
}
