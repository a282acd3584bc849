import { expect, it } from 'vitest';
import { conditionsOf, sorted, unagreed, withAgreed } from './agreed.ts';
import { warned } from './conditions.ts';
import type { Caution, Exercise } from './types.ts';

const caution = (condition: Caution['condition']): Caution => ({ text: `about ${condition}`, source: 'S2', condition });
const bones = caution('osteoporosis');
const baby = caution('pregnancy');
const twist = { slug: 'twist', cautions: [bones, baby] } as Exercise;
const bridge = { slug: 'bridge', cautions: [bones] } as Exercise;
const ON = '2026-11-21T12:00:00Z';
const list = withAgreed([], 'twist', ['osteoporosis'], ON);

it('no longer asks what was agreed, but a condition newly noted warns anew', () => {
  expect(unagreed(twist, [bones], list)).toEqual([]);
  expect(unagreed(twist, [bones, baby], list)).toEqual([baby]);
});

it('takes a yes for one exercise as none for another, unless that one takes its place', () => {
  expect(unagreed(bridge, [bones], list)).toEqual([bones]);
  expect(unagreed(bridge, [bones], list, 'twist')).toEqual([]);
  expect(unagreed(bridge, [bones, baby], list, 'twist')).toEqual([baby]);
});

it('tells those that are settled from those to ask about', () => {
  const items = [{ exercise: 'twist' }, { exercise: 'bridge' }];
  const { open, settled } = sorted(warned(items, [twist, bridge], ['osteoporosis']), list);
  expect(open).toEqual([{ exercise: bridge, cautions: [bones] }]);
  expect(settled).toEqual([twist]);
});

it('keeps each exercise and condition once', () => {
  const again = withAgreed(list, 'twist', conditionsOf([bones, bones, baby, caution(null)]), ON);
  expect(again.map(({ condition }) => condition)).toEqual(['osteoporosis', 'pregnancy']);
});
