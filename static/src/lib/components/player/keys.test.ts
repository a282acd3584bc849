import { expect, it } from 'vitest';
import { HELP, actOf } from './keys.ts';

const press = (key: string, patch: object = {}) => ({
  key,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  repeat: false,
  ...patch
});

it('understands the four keys of a presenter remote', () => {
  expect(['PageUp', 'PageDown', 'Enter', '.'].map((key) => actOf(press(key)))).toEqual([
    'back',
    'forward',
    'toggle',
    'hurt'
  ]);
});

it('understands media keys, and letters in either case', () => {
  expect(['MediaPlayPause', 'MediaTrackNext', 'MediaTrackPrevious'].map((key) => actOf(press(key)))).toEqual([
    'toggle',
    'forward',
    'back'
  ]);
  expect([actOf(press('H')), actOf(press('h'))]).toEqual(['hurt', 'hurt']);
});

it('leaves to the browser what is the browser’s', () => {
  for (const patch of [{ ctrlKey: true }, { altKey: true }, { metaKey: true }])
    expect(actOf(press('b', patch))).toBeNull();
  expect(actOf(press('Tab'))).toBeNull();
  expect(actOf(press('ArrowDown'))).toBeNull();
});

it('acts once for a key that is held down', () => {
  expect(actOf(press('PageDown', { repeat: true }))).toBeNull();
});

it('lists every act, with keys that do what is said', () => {
  for (const { act, keys } of HELP) for (const key of keys) expect(actOf(press(key))).toBe(act);
  expect(HELP).toHaveLength(8);
});
