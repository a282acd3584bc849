import type { PlayerState } from '#lib/domain/player.ts';
import { isOver } from '#lib/domain/playerrecord.ts';
import { Turn } from '#lib/state/turn.ts';
import { stopLeft } from './beforehand.ts';
import { forget, keep } from './routines/[id]/play/recording.ts';
import { keptPlayer } from './unfinished.ts';

const isLeft = (player: PlayerState | null): player is PlayerState => player !== null && isOver(player, Date.now());

/** A routine that was left too long ago to be gone on with is recorded as far as it went, wherever the app is opened next. */
export async function recordLeftOver(): Promise<void> {
  const turn = new Turn(() => Promise.resolve());
  try {
    // It may still stand open in another tab.
    if (!isLeft(await keptPlayer()) || !(await turn.take())) return;
    const player = await keptPlayer();
    if (!isLeft(player)) return;
    await keep(stopLeft(player));
    await forget(player.session);
  } finally {
    turn.close();
  }
}
