import { describe, expect, it } from 'vitest';
import { inOrder, type SignIn } from './signins.ts';

const signIn = (id: number, seen_at: string, here = false): SignIn => ({
  id,
  device: '',
  network: '',
  signed_in_at: '2026-11-01T08:00:00.000Z',
  seen_at,
  here
});

describe('where a person is signed in', () => {
  it('names this device first, and of the others the one that was used last', () => {
    const all = [signIn(1, '2026-11-22T09:00:00.000Z'), signIn(2, '2026-11-20T09:00:00.000Z', true), signIn(3, '2026-11-22T11:00:00.000Z')];
    expect(inOrder(all).map(({ id }) => id)).toEqual([2, 3, 1]);
    expect(all.map(({ id }) => id)).toEqual([1, 2, 3]);
  });
});
