/** A figure that moves at the pace of a dose, so that who looks up sees how far a repetition should be by now. */
import { corner, type FigureData, type KeyPose } from './figure.ts';

/** How much of its stays a figure keeps where the tempo names none: it turns round softly, but does not wait. */
const PAUSE_LEFT = 0.1;
/** Seconds of the shortest turn and of the shortest way. */
const TURN = 0.1;
const SHORTEST = 0.2;

/** A pose is passed on the same curve at any tempo: its corner must not be worked out anew from the new times. */
type Cornered = KeyPose & { corner: number };

const seconds = (keys: readonly KeyPose[]): number => keys.reduce((sum, { move, stay }) => sum + move + stay, 0);

/** The same poses in `whole` seconds, most of them spent moving; corners are cut as they were, in their share of it. */
function stretched(keys: readonly Cornered[], whole: number): Cornered[] {
  const brisk = keys.map((key) => ({ ...key, stay: key.stay * PAUSE_LEFT }));
  const factor = whole / seconds(brisk);
  return brisk.map((key) => ({
    ...key,
    move: key.move * factor,
    stay: key.stay * factor,
    corner: key.corner * factor
  }));
}

/**
 * The figure at a tempo ("2-1-3": seconds out, at the turn, and back): its cycle lasts exactly as long as a repetition,
 * and reaches the first hold when the way out is over. Without a tempo, or a hold to turn in, the figure as it is.
 */
export function paced(figure: FigureData, tempo: string): FigureData {
  const keys = figure.keys.map((key, index) => ({ ...key, corner: corner(figure, index) }));
  const turn = keys.findIndex(({ phase }) => phase === 'hold');
  const [out, pause, back] = tempo.split('-').map(Number);
  const [start, hold] = [keys[0], keys[turn]];
  if (turn < 1 || !start || !hold || out === undefined || pause === undefined || back === undefined) return figure;
  const atTurn = Math.max(pause, TURN);
  // The way out begins with the stay in the first pose; that pose's `move` is the end of the way back.
  const going = stretched(
    [{ ...start, move: 0 }, ...keys.slice(1, turn), { ...hold, stay: 0 }],
    Math.max(out, SHORTEST)
  );
  const coming = stretched(
    [...keys.slice(turn + 1), { ...start, stay: 0 }],
    Math.max(back - (atTurn - pause), SHORTEST)
  );
  const first = { ...start, stay: going[0]?.stay ?? 0, move: coming.at(-1)?.move ?? start.move };
  const reached = { ...hold, move: going.at(-1)?.move ?? hold.move, stay: atTurn };
  return { ...figure, keys: [first, ...going.slice(1, -1), reached, ...coming.slice(0, -1)] };
}
