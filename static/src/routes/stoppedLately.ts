/** What was stopped in the last days and not put right since, to be said where an exercise is chosen, before it begins. */
import { deviceZone, localDate } from '#lib/domain/clock.ts';
import { standingStops, type Stop } from '#lib/domain/stops.ts';
import { stretching } from '#lib/state/stretching.svelte.ts';

export const stoppedLately = (now: Date): Stop[] => standingStops(stretching.sessions, localDate(now.toISOString(), deviceZone()));

/** Those of a routine's or plan's exercises, after what has to be checked whichever exercise it happened with. */
export function stopsWith(items: readonly { exercise: string }[], checked: readonly Stop[], now: Date): Stop[] {
  const here = stoppedLately(now).filter(({ exercise }) => items.some((item) => item.exercise === exercise));
  return [...checked, ...here.filter(({ exercise }) => !checked.some((one) => one.exercise === exercise))];
}

export const namesOf = (stops: readonly Stop[]): string[] =>
  stops.map(({ exercise }) => stretching.exercises.find(({ slug }) => slug === exercise)?.name ?? exercise);
