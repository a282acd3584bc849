/** What a version of a plan has changed in its exercises. */
import type { RoutineItem } from './types.ts';

export interface ItemChanges {
  added: RoutineItem[];
  taken_out: RoutineItem[];
  /** The same exercise in another dose. */
  dosed: { before: RoutineItem; after: RoutineItem }[];
  /** Another order, or others are done in turn. */
  rearranged: boolean;
}

const DOSE = ['sets', 'repetitions', 'hold_seconds', 'rest_seconds', 'sides', 'tempo'] as const;
const sameDose = (one: RoutineItem, other: RoutineItem) => DOSE.every((field) => one[field] === other[field]);

/** What is done in turn, as its neighbours show it: the number of a superset says nothing by itself. */
const turns = (items: readonly RoutineItem[]) =>
  items.map(({ exercise, superset, round_rest_seconds }, index) => {
    const joined = superset !== null && items[index - 1]?.superset === superset;
    return `${exercise} ${joined} ${round_rest_seconds}`;
  });

/** Of an exercise that comes twice, the first is the first of before. */
export function itemChanges(before: readonly RoutineItem[], after: readonly RoutineItem[]): ItemChanges {
  const left = [...before];
  const pairs: { before: RoutineItem; after: RoutineItem }[] = [];
  const added = after.filter((item) => {
    const at = left.findIndex(({ exercise }) => exercise === item.exercise);
    if (at >= 0) pairs.push({ before: left.splice(at, 1)[0]!, after: item });
    return at < 0;
  });
  const kept = (side: 'before' | 'after', items: readonly RoutineItem[]) =>
    turns(items.filter((item) => pairs.some((pair) => pair[side] === item))).join();
  return {
    added,
    taken_out: left,
    dosed: pairs.filter((pair) => !sameDose(pair.before, pair.after)),
    rearranged: kept('before', before) !== kept('after', after)
  };
}
