import { expect, test } from 'vitest';
import { colleaguesOf, daysAreRight, type Clinic } from './clinics.ts';

const member = (id: string) => ({ id, name: id, manages: false });
const clinic = (...ids: string[]): Clinic => ({ id: ids.join(), name: 'Spine', manages: true, members: ids.map(member) });

test('a colleague of two clinics is one colleague, and nobody is their own', () => {
  const found = colleaguesOf([clinic('petra', 'quinn'), clinic('quinn', 'petra', 'rosa')], 'petra');
  expect(found.map(({ id }) => id)).toEqual(['quinn', 'rosa']);
});

test.each([
  ['2026-11-21', '2026-11-21', true],
  ['2026-11-01', '2026-11-21', true],
  ['2026-11-21', '2027-02-20', true],
  ['2026-11-21', '2027-02-21', false],
  ['2026-11-22', '2026-11-21', false],
  ['2026-11-01', '2026-11-20', false],
  ['', '2026-11-21', false],
  ['2026-11-21', '', false]
])('from %s to %s a colleague can stand in: %s', (first, last, right) => {
  expect(daysAreRight(first, last, '2026-11-21')).toBe(right);
});
