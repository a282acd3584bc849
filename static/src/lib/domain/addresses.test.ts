import { expect, test } from 'vitest';
import { isOnlyHere } from './addresses.ts';

test.each(['http://localhost:8000/invite#x', 'http://unpinch.localhost/r/x', 'http://127.0.0.1:8000/', 'http://127.1.2.3/', 'http://[::1]:8000/', 'http://0.0.0.0/'])(
  '%s is reached from no other machine',
  (url) => expect(isOnlyHere(url)).toBe(true)
);

test.each(['https://unpinch.example.org/', 'http://192.168.1.4:8000/', 'http://clinic.local/', 'https://localhost.example.org/', 'https://notlocalhost/'])(
  '%s may be',
  (url) => expect(isOnlyHere(url)).toBe(false)
);
