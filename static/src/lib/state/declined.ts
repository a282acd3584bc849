import type { Declined } from '#lib/domain/progress.ts';
import { getMeta, setMeta } from '#lib/storage/meta.ts';
import { who } from './current.svelte.ts';

/** As many as are worth remembering: of each rung only the last time counts. */
const MOST = 200;

/** Offers of another form that the person turned down, on this phone. */
export async function declinedOffers(): Promise<Declined[]> {
  return (await getMeta((await who.ready()).db, 'declined')) ?? [];
}

export async function declineOffer({ exercise, to }: Pick<Declined, 'exercise' | 'to'>): Promise<Declined[]> {
  const { db } = await who.ready();
  const others = ((await getMeta(db, 'declined')) ?? []).filter((one) => one.exercise !== exercise || one.to !== to);
  const all = [...others, { exercise, to, at: new Date().toISOString() }].slice(-MOST);
  await setMeta(db, 'declined', all);
  return all;
}
