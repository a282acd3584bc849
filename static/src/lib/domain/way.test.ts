import { expect, test } from 'vitest';
import { opensPatients, wayOf, type KeptPeople } from './way.ts';

const kept = (parts: Partial<KeptPeople>): KeptPeople => ({ asked_on: '2026-11-21', practises: true, linked: true, opens: null, ...parts });

test('a bar fits whoever treats others, writes for themselves, or both', () => {
  expect(wayOf(kept({ practises: false }), false)).toBe('patient');
  expect(wayOf(kept({ practises: false, opens: 'patients' }), true)).toBe('patient');
  expect(wayOf(kept({}), false)).toBe('physiotherapist');
  expect(wayOf(kept({ opens: 'patients' }), true)).toBe('both');
  expect(wayOf(kept({}), true)).toBe('both');
  // Chose to open with today before writing anything: a diary is about to begin.
  expect(wayOf(kept({ opens: 'today' }), false)).toBe('both');
});

test('whoever treats others and keeps no diary opens with the patients, unless they chose otherwise', () => {
  expect(opensPatients(kept({}), false)).toBe(true);
  expect(opensPatients(kept({}), true)).toBe(false);
  expect(opensPatients(kept({ opens: 'patients' }), true)).toBe(true);
  expect(opensPatients(kept({ opens: 'today' }), false)).toBe(false);
  expect(opensPatients(kept({ practises: false, opens: 'patients' }), false)).toBe(false);
});
