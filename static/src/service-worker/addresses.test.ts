import { expect, test } from 'vitest';
import { isNeverCopied, isScreen } from './addresses.ts';

test.each(['/api/v1/logs', '/_allauth/browser/v1/auth/session', '/admin/', '/r/abc', '/r', '/healthz', '/service-worker.js'])(
  '%s always comes from the server',
  (path) => {
    expect(isNeverCopied(path)).toBe(true);
    expect(isScreen(path)).toBe(false);
  }
);

test.each(['/', '/routines/1/play', '/reset-password/a-b', '/log', '/history/2026-11-20', '/apiary'])(
  '%s is a screen of the app',
  (path) => expect(isScreen(path)).toBe(true)
);

test('a missing file is not answered with a screen', () => {
  expect(isScreen('/icons/gone.png')).toBe(false);
});
