/**
 * A routine while it is being changed: its items carry keys, so that a moved one stays the same one. Every change leaves
 * supersets whole: neighbours, at least two, with one rest after each round.
 */
import type { Exercise, RoutineBody, RoutineItem } from '#lib/domain/types.ts';

export interface DraftItem extends RoutineItem {
  key: number;
}

export const LONGEST_NAME = 80;
export const MOST_ITEMS = 30;
const MOST_SUPERSETS = 15;
const ROUND_REST = 30;
/** Well within what the server takes. */
export const RANGES = {
  sets: { min: 1, max: 10 },
  repetitions: { min: 1, max: 30 },
  hold_seconds: { min: 1, max: 300 },
  minutes: { min: 1, max: 10 },
  rest_seconds: { min: 0, max: 300 },
  round_rest_seconds: { min: 0, max: 300 }
} as const;

function itemOf(draft: DraftItem): RoutineItem {
  const { exercise, sets, repetitions, hold_seconds, rest_seconds, sides, tempo, superset, round_rest_seconds } = draft;
  return { exercise, sets, repetitions, hold_seconds, rest_seconds, sides, tempo, superset, round_rest_seconds };
}

const nextKey = (items: readonly DraftItem[]) => Math.max(-1, ...items.map((item) => item.key)) + 1;

/** What an older app has stored says nothing of tempo and supersets. */
const PLAIN = { tempo: '', superset: null, round_rest_seconds: 0 };

export const draftOf = (items: readonly RoutineItem[]): DraftItem[] =>
  whole(items.map((item, key) => ({ ...PLAIN, ...item, key })));

export const itemsOf = (draft: readonly DraftItem[]): RoutineItem[] => draft.map(itemOf);

/** A dose out of the catalogue, or of the same exercise in another form. */
export function doseOf({ sets, repetitions, hold_seconds, rest_seconds, sides, tempo }: Exercise) {
  return { sets, repetitions, hold_seconds, rest_seconds, sides, tempo };
}

/** Runs of neighbours with one number: each run of two or more is a superset, numbered anew from 1; others are none. */
function whole(items: DraftItem[]): DraftItem[] {
  const result: DraftItem[] = [];
  let count = 0;
  for (let from = 0; from < items.length; ) {
    let to = from + 1;
    const { superset, round_rest_seconds } = items[from]!;
    while (superset !== null && items[to]?.superset === superset) to += 1;
    const together = to - from > 1 && count < MOST_SUPERSETS;
    if (together) count += 1;
    const group = together ? { superset: count, round_rest_seconds } : { superset: null, round_rest_seconds: 0 };
    result.push(...items.slice(from, to).map((item) => ({ ...item, ...group })));
    from = to;
  }
  return result;
}

export function withExercise(draft: DraftItem[], exercise: Exercise): DraftItem[] {
  const item = { exercise: exercise.slug, ...doseOf(exercise), superset: null, round_rest_seconds: 0 };
  return [...draft, { ...item, key: nextKey(draft) }];
}

export const without = (draft: DraftItem[], key: number): DraftItem[] => whole(draft.filter((item) => item.key !== key));

/** Takes back `withExercise`, whatever else has been changed since: there were `before` of that exercise until then. */
export function withoutAdded(draft: DraftItem[], exercise: string, before: number): DraftItem[] {
  const same = draft.filter((item) => item.exercise === exercise);
  return same.length > before ? without(draft, same.at(-1)!.key) : draft;
}

export function changed(draft: DraftItem[], key: number, patch: Partial<RoutineItem>): DraftItem[] {
  const group = draft.find((item) => item.key === key)?.superset ?? null;
  const round = patch.round_rest_seconds;
  return draft.map((item) => {
    if (item.key === key) return { ...item, ...patch };
    return round !== undefined && group !== null && item.superset === group ? { ...item, round_rest_seconds: round } : item;
  });
}

/** To another place, counted in the list without it. Between two of one superset it becomes one of them. */
export function placed(draft: DraftItem[], key: number, to: number): DraftItem[] {
  const item = draft.find((one) => one.key === key);
  if (!item) return draft;
  const rest = draft.filter((one) => one.key !== key);
  const at = Math.min(rest.length, Math.max(0, to));
  const [above, below] = [rest[at - 1], rest[at]];
  const joins = above && below && above.superset !== null && above.superset === below.superset ? above : null;
  // At the edge of the superset that it came from it stays in; anywhere else it stands alone.
  const stays = item.superset !== null && (above?.superset === item.superset || below?.superset === item.superset);
  const group = joins ?? (stays ? item : PLAIN);
  rest.splice(at, 0, { ...item, superset: group.superset, round_rest_seconds: group.round_rest_seconds });
  return whole(rest);
}

/** One step up (-1) or down (1): within a superset past its neighbour, otherwise past the whole next superset. */
export function moved(draft: DraftItem[], key: number, by: -1 | 1): DraftItem[] {
  const from = draft.findIndex((item) => item.key === key);
  const item = draft[from];
  const next = draft[from + by];
  if (!item || !next) return draft;
  if (next.superset === null || next.superset === item.superset) return placed(draft, key, from + by);
  let past = from + by;
  while (draft[past + by]?.superset === next.superset) past += by;
  const result = [...draft];
  result.splice(from, 1);
  result.splice(past, 0, { ...item, ...PLAIN, tempo: item.tempo });
  return whole(result);
}

/** Makes a superset of it and the one below, or takes it into the one that either is in. */
export function grouped(draft: DraftItem[], key: number): DraftItem[] {
  const at = draft.findIndex((item) => item.key === key);
  const [one, below] = [draft[at], draft[at + 1]];
  if (!one || !below) return draft;
  const joined = [one.superset, below.superset].filter((group) => group !== null);
  const free = Math.max(0, ...draft.map((item) => item.superset ?? 0)) + 1;
  const round_rest_seconds = [one, below].find((item) => item.superset !== null)?.round_rest_seconds ?? ROUND_REST;
  return whole(
    draft.map((item, index) =>
      index === at || index === at + 1 || (item.superset !== null && joined.includes(item.superset))
        ? { ...item, superset: free, round_rest_seconds }
        : item
    )
  );
}

/** Out of its superset, below it: the others stay together. */
export function ungrouped(draft: DraftItem[], key: number): DraftItem[] {
  const item = draft.find((one) => one.key === key);
  if (!item || item.superset === null) return draft;
  const rest = draft.filter((one) => one.key !== key);
  const last = rest.findLastIndex((one) => one.superset === item.superset);
  rest.splice(last + 1, 0, { ...item, superset: null, round_rest_seconds: 0 });
  return whole(rest);
}

/** Takes a removal back, unless the list has become too long meanwhile. Where it comes into a superset, it is in it. */
export function putBack(draft: DraftItem[], removed: DraftItem, at: number): DraftItem[] {
  if (draft.length >= MOST_ITEMS) return draft;
  const key = nextKey([...draft, removed]);
  return placed([...draft, { ...removed, key, superset: null, round_rest_seconds: 0 }], key, at);
}

export const bodyOf = (name: string, draft: readonly DraftItem[]): RoutineBody => ({
  name: name.trim(),
  items: itemsOf(draft)
});
