/**
 * What an entry's readings say at once, before any trend and without a connection. The server asks the same rules
 * (`tracker/redflags.py`); `tests/contracts/redflag_cases.json` holds both to one answer.
 */
import type { Sign } from './signs.ts';
import type { Flag, Reading } from './types.ts';

/** A mark on the saddle area asks for a check of the cauda equina now (S3, GIRFT pathway), however it is rated. */
export function evaluate(readings: readonly Reading[]): Flag[] {
  return readings.some((reading) => reading.region === 'saddle') ? [{ rule: 'saddle', level: 'E' }] : [];
}

export function isEmergency(flags: readonly Flag[]): boolean {
  return flags.some((flag) => flag.level === 'E');
}

/** Emergency now, or to be seen the same day: no exercise until it has been checked (3-clinical, 1 and 3). */
export function stopsExercise(flags: readonly Flag[]): boolean {
  return flags.some((flag) => flag.level === 'E' || flag.level === 'D');
}

/** Days for which a mark stays in sight on Today. */
export const FLAG_DAYS = 14;

interface Flaggable {
  readings: readonly Reading[];
  occurred_at: string;
  /** What the server has raised, of which this phone may not know the rules. */
  flags?: readonly Flag[];
}

/** What the phone works out itself it knows better than an answer from before the last correction. */
const OWN_RULES: readonly string[] = ['saddle'];

function flagsOf({ readings, flags = [] }: Flaggable): Flag[] {
  return [...evaluate(readings), ...flags.filter(({ rule }) => !OWN_RULES.includes(rule))];
}

function openWith<T extends Flaggable>(entries: readonly T[], now: Date, holds: (flags: Flag[]) => boolean): T[] {
  const earliest = now.getTime() - FLAG_DAYS * 86_400_000;
  return entries.filter((entry) => Date.parse(entry.occurred_at) >= earliest && holds(flagsOf(entry)));
}

/** The entries of the last days whose flags are emergencies, in the order given. Correcting an entry takes it out. */
export function openEmergencies<T extends Flaggable>(entries: readonly T[], now: Date): T[] {
  return openWith(entries, now, isEmergency);
}

/**
 * An entry, or a sign that was answered with yes or that the server knows of. `emergency`: now; else the same day.
 * `unknown`: what was written cannot be read, and may say anything.
 */
export type Halt<T> =
  | { entry: T; sign?: never; unknown?: never; emergency: boolean }
  | { entry?: never; sign: Sign; unknown?: never; emergency: boolean }
  | { entry?: never; sign?: never; unknown: true; emergency: boolean };

/**
 * What stands against exercising now: an emergency before what can wait for a doctor today, an answer (it says more)
 * before an entry. `signs` are those that stand, the worst first.
 */
export function haltOf<T extends Flaggable>(entries: readonly T[], now: Date, signs: readonly Sign[] = []): Halt<T> | null {
  const sign = signs.find((one) => stopsExercise([one]));
  const urgent = openEmergencies(entries, now)[0];
  if (sign && (sign.level === 'E' || !urgent)) return { sign, emergency: sign.level === 'E' };
  const entry = urgent ?? openWith(entries, now, stopsExercise)[0];
  return entry ? { entry, emergency: entry === urgent } : null;
}
