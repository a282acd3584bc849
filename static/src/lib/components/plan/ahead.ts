import type { Stop, ToCheck } from '#lib/domain/stops.ts';

/** What is asked before an exercise begins. */
export interface Ahead {
  /** Null: nothing but the questions. */
  what: ToCheck['what'] | null;
  stops: readonly Stop[];
  /** The address of the urgent questions about an entry that nobody has answered yet. */
  questions?: string;
}
