import { wayOf, type Way } from '#lib/domain/way.ts';
import { checks } from './checks.svelte.ts';
import { diary } from './diary.svelte.ts';
import { home } from './home.svelte.ts';

/** Whether anything of their own lies here: a sign that needs checking counts as much as a diary. */
export const writes = (): boolean => diary.entries.length > 0 || checks.signs.length > 0;

/** What the person at this device comes for, as far as the device knows. */
export const way = (): Way => wayOf(home.kept, writes());
