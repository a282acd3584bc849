import type { PlayerState } from '#lib/domain/player.ts';
import { isOver, restore } from '#lib/domain/playerrecord.ts';
import { stretching } from '#lib/state/stretching.svelte.ts';

/** The routine that was left in the middle, while it can still be gone on with. */
export async function unfinished(): Promise<PlayerState | null> {
  const player = restore(await stretching.snapshot.get().catch(() => null), Date.now());
  return player && player.status !== 'ended' && !isOver(player, Date.now()) ? player : null;
}
