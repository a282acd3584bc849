import { clearMeta, getMeta, setMeta } from '#lib/storage/meta.ts';
import { who } from './current.svelte.ts';

/** Where the player stood, kept over a reload or a phone call. What is in it is the player's own business. */
export const snapshot = {
  async get(): Promise<unknown> {
    return getMeta((await who.ready()).db, 'player');
  },
  async save(value: unknown): Promise<void> {
    await setMeta((await who.ready()).db, 'player', $state.snapshot(value));
  },
  async clear(): Promise<void> {
    await clearMeta((await who.ready()).db, 'player');
  }
};
