/** A figure that moves at the pace of a dose, so that who looks up sees how far a repetition should be by now. */
import type { FigureData, KeyPose } from './figure.ts';

/** How much of its stays a figure keeps where the tempo names none: it turns round softly, but does not wait. */
const PAUSE_LEFT = 0.1;
/** Seconds of the shortest turn and of the shortest way. */
const TURN = 0.1;
const SHORTEST = 0.2;

const seconds = (keys: readonly KeyPose[]): number => keys.reduce((sum, { move, stay }) => sum + move + stay, 0);

/** The same poses in `whole` seconds, most of them spent moving. */
function stretched(keys: readonly KeyPose[], whole: number): KeyPose[] {
  const brisk = keys.map((key) => ({ ...key, stay: key.stay * PAUSE_LEFT }));
  const factor = whole / seconds(brisk);
  return brisk.map((key) => ({ ...key, move: key.move * factor, stay: key.stay * factor }));
}

/**
 * The figure at a tempo ("2-1-3": seconds out, at the turn, and back): its cycle lasts exactly as long as a repetition,
 * and reaches the first hold when the way out is over. Without a tempo, or a hold to turn in, the figure as it is.
 */
export function paced(figure: FigureData, tempo: string): FigureData {
  const turn = figure.keys.findIndex(({ phase }) => phase === 'hold');
  const [out, pause, back] = tempo.split('-').map(Number);
  const [start, hold] = [figure.keys[0], figure.keys[turn]];
  if (turn < 1 || !start || !hold || out === undefined || pause === undefined || back === undefined) return figure;
  const atTurn = Math.max(pause, TURN);
  // The way out begins with the stay in the first pose; that pose's `move` is the end of the way back.
  const going = stretched(
    [{ ...start, move: 0 }, ...figure.keys.slice(1, turn), { ...hold, stay: 0 }],
    Math.max(out, SHORTEST)
  );
  const coming = stretched(
    [...figure.keys.slice(turn + 1), { ...start, stay: 0 }],
    Math.max(back - (atTurn - pause), SHORTEST)
  );
  const first = { ...start, stay: going[0]?.stay ?? 0, move: coming.at(-1)?.move ?? start.move };
  const reached = { ...hold, move: going.at(-1)?.move ?? hold.move, stay: atTurn };
  return { ...figure, keys: [first, ...going.slice(1, -1), reached, ...coming.slice(0, -1)] };
}
