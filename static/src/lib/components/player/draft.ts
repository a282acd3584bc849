/** A routine while it is being changed: its items carry keys, so that a moved one stays the same one. */
import type { Exercise, RoutineBody, RoutineItem } from '#lib/domain/types.ts';

export interface DraftItem extends RoutineItem {
  key: number;
}
export interface Draft {
  name: string;
  items: DraftItem[];
}

export const LONGEST_NAME = 80;
export const MOST_ITEMS = 30;
/** Well within what the server takes. */
export const RANGES = {
  sets: { min: 1, max: 10 },
  repetitions: { min: 1, max: 30 },
  hold_seconds: { min: 1, max: 120 },
  rest_seconds: { min: 0, max: 300 }
} as const;

function itemOf({ exercise, sets, repetitions, hold_seconds, rest_seconds, sides }: DraftItem): RoutineItem {
  return { exercise, sets, repetitions, hold_seconds, rest_seconds, sides };
}

const nextKey = (items: DraftItem[]) => Math.max(0, ...items.map((item) => item.key)) + 1;

export function draftOf({ name, items }: RoutineBody): Draft {
  return { name, items: items.map((item, key) => ({ ...item, key })) };
}

export function bodyOf({ name, items }: Draft): RoutineBody {
  return { name: name.trim(), items: items.map(itemOf) };
}

export function withExercise(draft: Draft, exercise: Exercise): Draft {
  const { slug, sets, repetitions, hold_seconds, rest_seconds, sides } = exercise;
  const item = { exercise: slug, sets, repetitions, hold_seconds, rest_seconds, sides, key: nextKey(draft.items) };
  return { ...draft, items: [...draft.items, item] };
}

export function without(draft: Draft, key: number): Draft {
  return { ...draft, items: draft.items.filter((item) => item.key !== key) };
}

export function changed(draft: Draft, key: number, patch: Partial<RoutineItem>): Draft {
  return { ...draft, items: draft.items.map((item) => (item.key === key ? { ...item, ...patch } : item)) };
}

/** One place up (-1) or down (1). */
export function moved(draft: Draft, key: number, by: -1 | 1): Draft {
  const from = draft.items.findIndex((item) => item.key === key);
  const items = [...draft.items];
  const [item] = items.splice(from, 1);
  if (!item || from + by < 0 || from + by >= draft.items.length) return draft;
  items.splice(from + by, 0, item);
  return { ...draft, items };
}
