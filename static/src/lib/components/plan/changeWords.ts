/** What a version of a plan has changed, in words: what it is now, and what it was before. */
import { doseWords } from '#lib/components/player/words.ts';
import { sameValue } from '#lib/domain/merge.ts';
import { itemChanges } from '#lib/domain/planchanges.ts';
import { changes, type Part } from '#lib/domain/prescription.ts';
import type { Exercise, PainRule, PrescriptionBody, RoutineItem } from '#lib/domain/types.ts';
import { m } from '#lib/paraglide/messages.js';
import { LIMIT_WORDS, PART_WORDS, spanWords, whenWords } from './words.ts';

type Known = readonly Pick<Exercise, 'slug' | 'name' | 'continuous'>[];
const known = (slug: string, exercises: Known) => exercises.find((one) => one.slug === slug);

function itemLines(before: readonly RoutineItem[], after: readonly RoutineItem[], exercises: Known): string[] {
  const nameOf = ({ exercise }: RoutineItem) => known(exercise, exercises)?.name ?? exercise;
  const { added, taken_out, dosed, rearranged } = itemChanges(before, after);
  const doseOf = (item: RoutineItem, other: RoutineItem) => {
    const dose = doseWords(item, known(item.exercise, exercises));
    return item.rest_seconds === other.rest_seconds ? dose : m.plan_change_rest({ dose, seconds: item.rest_seconds });
  };
  return [
    ...(added.length ? [m.plan_change_added({ names: added.map(nameOf).join(', ') })] : []),
    ...(taken_out.length ? [m.plan_change_taken_out({ names: taken_out.map(nameOf).join(', ') })] : []),
    ...dosed.map((pair) =>
      m.plan_change({
        what: nameOf(pair.after),
        after: doseOf(pair.after, pair.before),
        before: doseOf(pair.before, pair.after)
      })
    ),
    ...(rearranged ? [m.plan_change_order()] : [])
  ];
}

function limitLines(before: PainRule, after: PainRule): string[] {
  const fields = Object.keys(LIMIT_WORDS) as (keyof PainRule)[];
  return fields
    .filter((field) => before[field] !== after[field])
    .map((field) => m.plan_change({ what: LIMIT_WORDS[field](), after: after[field], before: before[field] }));
}

const noteLine = (note: string) => (note ? m.plan_change_note({ note }) : m.plan_change_note_gone());

/** One line for each thing that changed; none when nothing did. */
export function changeLines(
  before: PrescriptionBody,
  after: PrescriptionBody,
  exercises: Known,
  today: string
): string[] {
  const said = (part: keyof typeof PART_WORDS, words: (of: PrescriptionBody) => string) =>
    m.plan_change({ what: PART_WORDS[part](), after: words(after), before: words(before) });
  const lines: Record<Part, () => string[]> = {
    name: () => [said('name', ({ name }) => name)],
    items: () => itemLines(before.items, after.items, exercises),
    when: () => [said('when', whenWords)],
    span: () => [said('span', (of) => spanWords(of, today))],
    pain_rule: () => limitLines(before.pain_rule, after.pain_rule),
    note: () => [noteLine(after.note)]
  };
  return changes(before, after, sameValue).flatMap((part) => lines[part]());
}
