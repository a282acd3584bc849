import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newPhone, profileOf } from '#lib/storage/fixtures.fake.ts';
import { FakeClinic } from './clinic.fake.ts';

let clinic: FakeClinic;

beforeEach(() => {
  newPhone();
  clinic = new FakeClinic().install();
});

afterEach(() => vi.unstubAllGlobals());

async function opened() {
  vi.resetModules();
  const { who } = await import('./current.svelte.ts');
  const { OnePatient } = await import('./patients.svelte.ts');
  await who.open(profileOf('petra'));
  return new OnePatient('alice');
}

test('what speaks against an exercise is not known before the patient was read', async () => {
  clinic.state = 'offline';
  const one = await opened();
  await one.read();
  expect(await one.conditions()).toBeNull();
  clinic.state = 'well';
  await one.read();
  expect(await one.conditions()).toEqual(['osteoporosis', 'pregnancy']);
});

test('what they stopped is not asked for where no plan is written: it stands in their log', async () => {
  const one = await opened();
  await one.read();
  expect([one.patient?.name, clinic.paths.some((path) => path.includes('/stops'))]).toEqual(['Alice', false]);
});

test.each(['signed_out', 'other_person', 'offline'] as const)('%s is not the end of a link: what was read stays', async (state) => {
  const one = await opened();
  await one.read();
  clinic.state = state;
  await one.read();
  expect(one.problem).not.toBeNull();
  expect([one.closed, one.patient?.name, one.plans.length]).toEqual([false, 'Alice', 1]);
  await expect(one.saveNote('Chair at work.')).rejects.toBeInstanceOf(Error);
  expect([one.closed, one.patient?.name]).toEqual([false, 'Alice']);
});

test.each(['ended', 'not_in_scope'] as const)('%s by the patient: nothing is shown any more', async (state) => {
  const one = await opened();
  await one.read();
  clinic.state = state;
  await expect(one.saveNote('Chair at work.')).rejects.toBeInstanceOf(Error);
  expect([one.closed, one.patient, one.plans]).toEqual([true, null, []]);
});
