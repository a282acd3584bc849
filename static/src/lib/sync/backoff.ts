const FIRST = 2_000;
const LONGEST = 5 * 60_000;

/**
 * How long to wait before the next try, in ms, after `failures` in a row (1 or more). Half of it is random, so that the
 * phones of a whole town do not come back in one second; a longer wait that the server asked for is obeyed.
 */
export function backoff(failures: number, asked: number | null, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST, FIRST * 2 ** Math.min(failures - 1, 16));
  return Math.max(asked ?? 0, ceiling / 2 + (random() * ceiling) / 2);
}
