import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeSession } from './session.fake.ts';
import { dropToken, tokenOf } from './invited.ts';
import { claimInvitations, dropDrafts } from './log/dropping.ts';

const kept = () => JSON.stringify(sessionStorage);

beforeEach(() => void vi.stubGlobal('sessionStorage', new FakeSession()));
afterEach(() => vi.unstubAllGlobals());

test('an invitation waits for whoever has to sign in first', () => {
  expect(tokenOf('invite', '#secret', null)).toBe('secret');
  // Nobody is signed in: the welcome drops what a person left, and this is nobody's yet.
  dropDrafts();
  expect(tokenOf('invite', '', null)).toBe('secret');
  expect(tokenOf('invite', '', 'alice')).toBe('secret');
  claimInvitations('alice');
  expect(tokenOf('invite', '', 'alice')).toBe('secret');
  expect(tokenOf('clinic', '', 'alice')).toBe('');
});

test.each([
  ['opened while signed in', () => tokenOf('invite', '#secret', 'alice')],
  ['opened before signing in', () => (tokenOf('invite', '#secret', null), claimInvitations('alice'))]
])('an invitation %s goes when the person signs out', (_, open) => {
  open();
  expect(kept()).toContain('secret');
  dropDrafts();
  expect(kept()).not.toContain('secret');
  expect(tokenOf('invite', '', null)).toBe('');
});

test('an invitation is shown to nobody but the person who opened it', () => {
  tokenOf('invite', '#secret', 'alice');
  expect(tokenOf('invite', '', 'bob')).toBe('');
  claimInvitations('bob');
  expect(tokenOf('invite', '', 'bob')).toBe('');
});

test('of two invitations the one that was opened last counts', () => {
  tokenOf('invite', '#first', 'alice');
  expect(tokenOf('invite', '#second', 'alice')).toBe('second');
  tokenOf('invite', '#third', null);
  expect(tokenOf('invite', '', 'alice')).toBe('third');
  claimInvitations('alice');
  expect(tokenOf('invite', '', 'alice')).toBe('third');
});

test('an invitation that is used up or not wanted is dropped, and another kind stays', () => {
  tokenOf('clinic', '#team', 'alice');
  tokenOf('invite', '#secret', null);
  tokenOf('invite', '#secret', 'alice');
  dropToken('invite', 'alice');
  expect(kept()).not.toContain('secret');
  expect(tokenOf('clinic', '', 'alice')).toBe('team');
});

test('where storage is refused, what the address carries still counts', () => {
  vi.stubGlobal('sessionStorage', undefined);
  expect(tokenOf('invite', '#secret', 'alice')).toBe('secret');
  expect(tokenOf('invite', '', 'alice')).toBe('');
  expect(() => (claimInvitations('alice'), dropToken('invite', 'alice'), dropDrafts())).not.toThrow();
});
