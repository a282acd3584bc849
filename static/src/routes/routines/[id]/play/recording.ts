import { hurtOf } from '#lib/components/player/words.ts';
import { deviceZone, withOffset } from '#lib/domain/clock.ts';
import { bodyOf } from '#lib/domain/documents.ts';
import { anyWork, type PlayerState } from '#lib/domain/player.ts';
import { result } from '#lib/domain/playerrecord.ts';
import type { SessionBody } from '#lib/domain/types.ts';
import { snapshot } from '#lib/state/snapshot.svelte.ts';
import { stretching } from '#lib/state/stretching.svelte.ts';

export const bodyNow = (player: PlayerState): SessionBody => result(player, Date.now(), withOffset, deviceZone());

/** Stopped before anything had begun, and nothing hurt: there is nothing to say. */
export const worthKeeping = (player: PlayerState): boolean =>
  hurtOf(player.stop_reason) !== null || player.hurts.length > 0 || player.ended === 'completed' || anyWork(player);

/** Records it once; what has been recorded already may know more by now than the snapshot. */
export async function keep(player: PlayerState): Promise<SessionBody> {
  const known = stretching.sessions.find((one) => one.id === player.session);
  if (known) return bodyOf('session', known);
  const body = bodyNow(player);
  if (worthKeeping(player)) await stretching.recordSession(body, player.session);
  return body;
}

/** Nothing more will be said of this session. What another tab has begun meanwhile is not this one's to forget. */
export async function forget(session: string): Promise<void> {
  const stored = (await snapshot.get()) as Partial<PlayerState> | null | undefined;
  if (stored?.session === session) await snapshot.clear();
}
