/** The catalogue as it is looked through: ladders of forms, filters, and a search that forgives. */
import type { Exercise, Position, Region } from './types.ts';

/** The usual exercise and all its forms, the easiest first. */
export interface Ladder {
  slug: string;
  forms: Exercise[];
}

export interface Filters {
  positions: Position[];
  regions: Region[];
  /** Can be done at a desk. */
  desk: boolean;
  /** Not lying down. */
  upright: boolean;
  /** Nothing needed but the floor. */
  nothing: boolean;
}

export const NO_FILTERS: Filters = { positions: [], regions: [], desk: false, upright: false, nothing: false };

/** What is found of one ladder: `exercise` is the form nearest to the usual one, `others` are the rest of what fits. */
export interface Found {
  exercise: Exercise;
  ladder: Ladder;
  others: Exercise[];
}

const LYING: readonly Position[] = ['back', 'front', 'side'];

/** Whoever takes an exercise up may choose from these: what has left the catalogue is only named. */
export const offered = (exercises: readonly Exercise[]) => exercises.filter((one) => !one.retired);

export function laddersOf(exercises: readonly Exercise[]): Ladder[] {
  const byLadder = new Map<string, Exercise[]>();
  for (const one of offered(exercises)) byLadder.set(one.ladder, [...(byLadder.get(one.ladder) ?? []), one]);
  return [...byLadder].map(([slug, forms]) => ({ slug, forms: forms.sort((one, other) => one.rung - other.rung) }));
}

/** The ladder on which an exercise stands, with itself on it though it be retired; the easiest form first. */
export function ladderAround(exercises: readonly Exercise[], slug: string): Exercise[] {
  const own = exercises.find((one) => one.slug === slug);
  return exercises
    .filter((one) => one.ladder === own?.ladder && (!one.retired || one === own))
    .sort((one, other) => one.rung - other.rung);
}

export function fits(exercise: Exercise, { positions, regions, desk, upright, nothing }: Filters): boolean {
  return (
    (positions.length === 0 || positions.includes(exercise.position)) &&
    (regions.length === 0 || exercise.regions.some((one) => regions.includes(one))) &&
    (!desk || exercise.desk) &&
    (!upright || !LYING.includes(exercise.position)) &&
    (!nothing || exercise.equipment.length === 0)
  );
}

/** Lower case, without accents, in words. */
export function wordsOf(text: string): string[] {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

/** At most `limit` letters to change, leave out, put in or swap with the next; `Infinity` when there are more. */
function distance(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) > limit) return Infinity;
  let [older, old] = [[] as number[], Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      let best = Math.min(old[j]! + 1, row[j - 1]! + 1, old[j - 1]! + same);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        best = Math.min(best, older[j - 2]! + 1);
      }
      row.push(best);
    }
    [older, old] = [old, row];
  }
  return old[other.length]! <= limit ? old[other.length]! : Infinity;
}

/** How far `typed` is from a word: 0 it begins so, more with each slip; `Infinity` when it is another word. */
function misses(typed: string, word: string): number {
  if (word.startsWith(typed)) return 0;
  if (typed.length >= 4 && word.includes(typed)) return 1;
  const slips = typed.length >= 8 ? 2 : typed.length >= 4 ? 1 : 0;
  if (slips === 0) return Infinity;
  // Half typed, and with a slip: the beginning of the word is what counts.
  const [whole, begun] = [distance(typed, word, slips), distance(typed, word.slice(0, typed.length), slips)];
  return 1 + Math.min(whole, begun);
}

/** What can be found of an exercise, the most telling first, in the person's language. */
export type Texts = (exercise: Exercise) => string[];

/** 0 is best; null when one of the typed words is nowhere. Every field further down counts a little worse. */
function rank(typed: string[], texts: string[]): number | null {
  let sum = 0;
  for (const word of typed) {
    let best = Infinity;
    for (const [place, text] of texts.entries()) {
      for (const known of wordsOf(text)) best = Math.min(best, misses(word, known) * texts.length + place);
    }
    if (best === Infinity) return null;
    sum += best;
  }
  return sum;
}

/**
 * The ladders of which a form fits, the best answer to the query first; without a query by name. The words of `idle` say
 * nothing of an exercise ("pain in my back"), and are passed over unless nothing else was typed.
 */
export function find(
  exercises: readonly Exercise[],
  query: string,
  filters: Filters,
  texts: Texts,
  idle: readonly string[] = []
): Found[] {
  const all = wordsOf(query);
  const telling = all.filter((word) => !idle.includes(word));
  const typed = telling.length > 0 ? telling : all;
  const found: (Found & { rank: number })[] = [];
  for (const ladder of laddersOf(exercises)) {
    const fitting = ladder.forms
      .filter((one) => fits(one, filters))
      .map((exercise) => ({ exercise, rank: rank(typed, texts(exercise)) }))
      .filter((one): one is { exercise: Exercise; rank: number } => one.rank !== null)
      .sort((one, other) => one.rank - other.rank || Math.abs(one.exercise.rung) - Math.abs(other.exercise.rung));
    const first = fitting[0];
    if (first) found.push({ ...first, ladder, others: fitting.slice(1).map((one) => one.exercise) });
  }
  return found.sort((one, other) => one.rank - other.rank || one.exercise.name.localeCompare(other.exercise.name));
}
