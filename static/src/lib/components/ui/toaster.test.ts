import { beforeEach, expect, test, vi } from 'vitest';
import { toaster } from './toaster.svelte.ts';

const undo = { label: 'Undo', run: () => undefined };

beforeEach(() => {
  vi.useFakeTimers();
  toaster.dismiss();
});

test('what is said just before the screen changes comes along', () => {
  toaster.show({ text: 'Saved' });
  toaster.leave();
  vi.advanceTimersByTime(5_000);
  expect(toaster.current?.text).toBe('Saved');
});

test('what belongs to the screen before goes with it', () => {
  toaster.show({ text: 'Saved' });
  vi.advanceTimersByTime(2_500);
  toaster.leave();
  vi.advanceTimersByTime(1);
  expect(toaster.current).toBeNull();
});

test('an undo stays in reach for five seconds and more after a change of screen, then goes', () => {
  toaster.show({ text: 'Removed', action: undo });
  vi.advanceTimersByTime(1_900);
  toaster.leave();
  vi.advanceTimersByTime(5_000);
  expect(toaster.current?.text).toBe('Removed');
  toaster.leave();
  vi.advanceTimersByTime(200);
  expect(toaster.current).toBeNull();
});

test('an undo that has been there long goes with its screen', () => {
  toaster.show({ text: 'Removed', action: undo });
  vi.advanceTimersByTime(8_000);
  toaster.leave();
  vi.advanceTimersByTime(1);
  expect(toaster.current).toBeNull();
});
