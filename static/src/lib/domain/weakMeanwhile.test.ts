import { expect, test } from 'vitest';
import { weakMeanwhile } from './weakMeanwhile.ts';

const player = { started_at: Date.parse('2026-05-01T10:00:00Z') };
const check = (answered_at: string, answers: Record<string, string>) => ({ answered_at, answers });

test('a leg that feels nothing, said while the routine was under way, is what it was left for', () => {
  expect(weakMeanwhile(player, [check('2026-05-01T12:05:00+02:00', { 'no-movement': 'new' })])).toBe(true);
  expect(weakMeanwhile(player, [check('2026-05-01T12:05:00+02:00', { 'foot-drop': 'unsure' })])).toBe(true);
});

test('an answer in the very second of the start counts', () => {
  const begun = { started_at: player.started_at + 700 };
  expect(weakMeanwhile(begun, [check('2026-05-01T10:00:00Z', { 'no-movement': 'new' })])).toBe(true);
});

test('what was said before it, was tapped by mistake, or is no weak leg is not', () => {
  const before = check('2026-05-01T09:59:00Z', { 'no-movement': 'new' });
  const mistaken = check('2026-05-01T10:05:00Z', { 'no-movement': 'no' });
  const other = check('2026-05-01T10:05:00Z', { breath: 'new' });
  expect(weakMeanwhile(player, [before, mistaken, other])).toBe(false);
});

test('a routine that was never begun was left for nothing', () => {
  expect(weakMeanwhile({ started_at: null }, [check('2026-05-01T10:05:00Z', { 'no-movement': 'new' })])).toBe(false);
});
