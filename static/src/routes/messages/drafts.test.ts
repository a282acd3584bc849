import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeSession } from '../session.fake.ts';
import { afterSending, keepMessage, keptMessage, trying, type Draft } from './drafts.ts';

const written = (draft: Draft, text: string): Draft => ({ ...draft, text });

beforeEach(() => void vi.stubGlobal('sessionStorage', new FakeSession()));
afterEach(() => vi.unstubAllGlobals());

test('a message tried again after a lost answer is the same message, after a reload too', () => {
  const tried = trying(written(keptMessage('alice', 'link'), 'Thanks!'), 'Thanks!');
  expect(trying(tried, 'Thanks!').id).toBe(tried.id);
  keepMessage('alice', 'link', tried);
  expect(trying(keptMessage('alice', 'link'), 'Thanks!').id).toBe(tried.id);
});

test('another text is another message', () => {
  const tried = trying(written(keptMessage('alice', 'link'), 'Thanks!'), 'Thanks!');
  expect(trying(written(tried, 'Thank you!'), 'Thank you!').id).not.toBe(tried.id);
});

test('the same words written again after they were sent are a second message', () => {
  const first = trying(written(keptMessage('alice', 'link'), 'Yes'), 'Yes');
  const sent = afterSending(first, 'Yes');
  expect(sent.text).toBe('');
  expect(trying(written(sent, 'Yes'), 'Yes').id).not.toBe(first.id);
});

test('what was written on while a message was sent stays, and is a message of its own', () => {
  const first = trying(written(keptMessage('alice', 'link'), 'Yes'), 'Yes');
  const sent = afterSending(written(first, 'Yes, and'), 'Yes');
  expect(sent.text).toBe('Yes, and');
  keepMessage('alice', 'link', sent);
  expect(trying(keptMessage('alice', 'link'), 'Yes').id).not.toBe(first.id);
});
