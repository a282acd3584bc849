/** What a key, a remote control or the lock screen can ask of the player, by name. None of them needs an answer. */
import { back, forward, pause, resume, type PlayerState } from '#lib/domain/player.ts';

export const ACTS = {
  play: resume,
  pause,
  toggle: (state: PlayerState, now: number) => (state.status === 'paused' ? resume(state, now) : pause(state, now)),
  next: forward,
  previous: back
} as const satisfies Record<string, (state: PlayerState, now: number) => PlayerState>;
export type ActName = keyof typeof ACTS;
