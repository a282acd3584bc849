import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { carryOver } from '#lib/domain/merge.ts';
import type { PatientStop } from '#lib/domain/patients.ts';
import { newPhone, profileOf } from '#lib/storage/fixtures.fake.ts';
import { FakeClinic } from './clinic.fake.ts';

let clinic: FakeClinic;

beforeEach(() => {
  newPhone();
  clinic = new FakeClinic().install();
});

afterEach(() => vi.unstubAllGlobals());

async function opened(plan: string | null = 'daily') {
  vi.resetModules();
  const { who } = await import('./current.svelte.ts');
  const { PatientPlanDesk } = await import('./patientplan.svelte.ts');
  await who.open(profileOf('petra'));
  const desk = new PatientPlanDesk('alice', plan, 'Plan');
  await desk.read();
  return desk;
}

const asked = () => clinic.puts.map(({ despite_open_signs }) => despite_open_signs);

describe('what speaks against an exercise', () => {
  test('is asked for again once the patient could be read', async () => {
    clinic.state = 'offline';
    const desk = await opened();
    expect([desk.opened, desk.conditions]).toEqual([null, null]);
    clinic.state = 'well';
    await desk.read();
    expect(desk.opened?.name).toBe('Daily');
    expect(desk.conditions).toEqual(['osteoporosis', 'pregnancy']);
  });

  test('is asked for again where it alone could not be read, which is said until then', async () => {
    clinic.reportState = 'offline';
    const desk = await opened();
    expect([desk.conditions, desk.one.problem?.code]).toEqual([null, 'offline']);
    clinic.reportState = 'well';
    await desk.read();
    expect([desk.conditions, desk.one.problem]).toEqual([['osteoporosis', 'pregnancy'], null]);
  });
});

describe('what the patient stopped for how it felt', () => {
  const stop: PatientStop = { exercise: 'bridge', date: '2026-11-20', what: 'pain', rating: 7, eased: false };

  test('is there before a plan is written, and as it is when who writes it comes back', async () => {
    clinic.stops = [stop];
    const desk = await opened();
    expect(desk.one.stops).toEqual([stop]);
    clinic.stops = [];
    await desk.read();
    expect(desk.one.stops).toEqual([]);
  });

  test('is asked for again where it alone could not be read, which is said until then', async () => {
    clinic.stops = [stop];
    clinic.stopsState = 'offline';
    const desk = await opened();
    expect([desk.conditions, desk.one.problem?.code]).toEqual([null, 'offline']);
    clinic.stopsState = 'well';
    await desk.read();
    expect([desk.one.stops, desk.conditions?.length, desk.one.problem]).toEqual([[stop], 2, null]);
  });

  test('is not asked for where the patient does not show exercises', async () => {
    clinic.stops = [stop];
    clinic.scopes = ['symptoms', 'prescribe'];
    const desk = await opened();
    expect([desk.one.stops, desk.opened?.name]).toEqual([[], 'Daily']);
    expect(clinic.paths.filter((path) => path.includes('/stops'))).toEqual([]);
  });
});

describe('what a colleague changes meanwhile', () => {
  test.each([false, true])('is a conflict, though the page was left and came back: %s', async (cameBack) => {
    const desk = await opened();
    clinic.change({ items: [] });
    if (cameBack) await desk.read();
    await expect(desk.save({ ...desk.opened!, name: 'Every day' })).rejects.toMatchObject({ status: 409 });
    expect(clinic.puts.map(({ base_version }) => base_version)).toEqual([1]);
  });

  test('is a conflict after a sign held the plan up, too', async () => {
    const desk = await opened();
    clinic.change({ items: [] });
    clinic.raise('saddle');
    await expect(desk.save(desk.opened!)).rejects.toMatchObject({ code: 'open_signs' });
    await expect(desk.save(desk.opened!)).rejects.toMatchObject({ status: 409 });
  });

  test('is a conflict for a draft that was kept from before it', async () => {
    const kept = { ...(await opened()).opened!, name: 'Every day' };
    clinic.change({ items: [] });
    const desk = await opened();
    const draft = carryOver(desk.opened!, kept, desk.opened!);
    await expect(desk.save(draft)).rejects.toMatchObject({ status: 409 });
  });

  test('is no conflict for who opens the plan afterwards', async () => {
    clinic.change({ items: [] });
    const desk = await opened();
    await desk.save({ ...desk.opened!, name: 'Every day' });
    expect(clinic.puts).toMatchObject([{ name: 'Every day', base_version: 2 }]);
  });
});

describe('an emergency sign', () => {
  test('that was on the screen is passed', async () => {
    const { id } = clinic.raise('saddle');
    const desk = await opened();
    await desk.save(desk.opened!);
    expect(asked()).toEqual([[id]]);
  });

  test('that comes up meanwhile holds the plan, though another one was on the screen', async () => {
    const seen = clinic.raise('saddle').id;
    const desk = await opened();
    const later = clinic.raise('bladder').id;
    await expect(desk.save(desk.opened!)).rejects.toMatchObject({ code: 'open_signs' });
    expect(asked()).toEqual([[seen]]);
    expect(desk.signs.map(({ rule }) => rule)).toEqual(['saddle', 'bladder']);
    await desk.save(desk.opened!);
    expect(asked()).toEqual([[seen], [seen, later]]);
  });

  test('was not seen where it stood there as one for the same day', async () => {
    clinic.raise('foot-drop', 'D');
    const desk = await opened();
    clinic.raise('foot-drop', 'E');
    await expect(desk.save(desk.opened!)).rejects.toMatchObject({ code: 'open_signs' });
    expect(asked()).toEqual([[]]);
  });

  test('that never came up: a new plan is sent once, with no version', async () => {
    const desk = await opened(null);
    await desk.save(desk.opened!);
    expect(clinic.puts).toMatchObject([{ name: 'Plan', base_version: null, despite_open_signs: [] }]);
  });
});

describe('a plan that is not there any more', () => {
  test('is said to be gone, and nothing more is asked', async () => {
    clinic.takeBack();
    const desk = await opened();
    expect([desk.lost, desk.opened, desk.conditions]).toEqual([true, null, null]);
  });

  test('stays open where it was opened before, until it is saved', async () => {
    const desk = await opened();
    clinic.takeBack();
    await desk.read();
    expect([desk.lost, desk.opened?.name]).toEqual([false, 'Daily']);
  });

  test('is not said of one that could not be read', async () => {
    clinic.state = 'offline';
    expect((await opened()).lost).toBe(false);
  });

  test('nor of the patient who has ended the link', async () => {
    clinic.state = 'ended';
    const desk = await opened();
    expect([desk.lost, desk.one.closed]).toEqual([false, true]);
  });
});

test('a session that has ended takes nothing of what was opened', async () => {
  const desk = await opened();
  clinic.state = 'signed_out';
  await expect(desk.save(desk.opened!)).rejects.toMatchObject({ status: 401 });
  await desk.read();
  expect([desk.one.closed, desk.one.patient?.name, desk.opened?.name]).toEqual([false, 'Alice', 'Daily']);
});
