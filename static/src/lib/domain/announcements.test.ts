import { expect, test } from 'vitest';
import { placeOf } from './announcements.ts';

test('each kind of news leads to its screen, and nothing else leads anywhere', () => {
  expect(['urgent', 'flag', 'prescription', 'message', 'patients'].map(placeOf)).toEqual([
    '/flags',
    '/flags',
    '/stretch',
    '/messages',
    '/patients'
  ]);
  expect(['occurrence', 'digest', 'test', '', 'constructor', '/elsewhere'].map(placeOf)).toEqual(Array(6).fill(undefined));
});
