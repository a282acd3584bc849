import type { Plan } from '#lib/domain/playerplan.ts';
import type { PlayerState } from '#lib/domain/player.ts';
import { isOver, restore } from '#lib/domain/playerrecord.ts';
import { snapshot } from '#lib/state/snapshot.svelte.ts';
import { stretching } from '#lib/state/stretching.svelte.ts';

/** What is played: the id of the plan that was set or written down, else of the routine. */
export const playedId = (plan: Pick<Plan, 'prescription' | 'routine'>) => plan.prescription?.id ?? plan.routine;

/**
 * The player as it was kept. Null when what it did is recorded already: then a tab that had slept while another one went
 * on has kept it once more.
 */
export async function keptPlayer(): Promise<PlayerState | null> {
  const player = restore(await snapshot.get().catch(() => null), Date.now());
  const recorded = player?.status !== 'ended' && stretching.sessions.some(({ id }) => id === player?.session);
  return recorded ? null : player;
}

/** The routine that was left in the middle, while it can still be gone on with. */
export async function unfinished(): Promise<PlayerState | null> {
  const player = await keptPlayer();
  return player && player.status !== 'ended' && !isOver(player, Date.now()) ? player : null;
}
