import { describe, expect, it } from 'vitest';
import { formDose } from './formdose.ts';
import type { Dose } from './types.ts';

const dose = (patch: Partial<Dose>): Dose => ({
  sets: 2,
  repetitions: 8,
  hold_seconds: 0,
  rest_seconds: 0,
  sides: 'none',
  tempo: '',
  ...patch
});

describe('another form of an exercise', () => {
  it('is given in the dose that the person has', () => {
    expect(formDose(dose({ repetitions: 6 }), dose({ repetitions: 8 }))).toMatchObject({ sets: 2, repetitions: 6 });
    expect(formDose(dose({ sets: 1, repetitions: 5 }), dose({}))).toMatchObject({ sets: 1, repetitions: 5 });
    const held = formDose(dose({ hold_seconds: 8, repetitions: 2 }), dose({ hold_seconds: 20, repetitions: 3 }));
    expect(held).toMatchObject({ hold_seconds: 8, repetitions: 2 });
  });

  it('is never more than the form itself', () => {
    const planned = dose({ sets: 3, repetitions: 12, hold_seconds: 40 });
    const form = dose({ sets: 2, repetitions: 3, hold_seconds: 20 });
    expect(formDose(planned, form)).toMatchObject({ sets: 2, repetitions: 3, hold_seconds: 20 });
  });

  it('has its own dose where holds take the place of counted repetitions, but no more sets', () => {
    const form = dose({ sets: 3, repetitions: 3, hold_seconds: 20, rest_seconds: 10 });
    expect(formDose(dose({ sets: 1, repetitions: 6, rest_seconds: 60, tempo: '2-0-2' }), form)).toEqual({ ...form, sets: 1 });
    expect(formDose(form, dose({ repetitions: 8 }))).toMatchObject({ repetitions: 8, hold_seconds: 0, sets: 2 });
  });

  it('keeps the leg, the rest and the pace', () => {
    const planned = dose({ sides: 'left', rest_seconds: 60, tempo: '3-1-3' });
    const kept = { sides: 'left', rest_seconds: 60, tempo: '3-1-3' };
    expect(formDose(planned, dose({ sides: 'both', rest_seconds: 20, tempo: '2-0-2' }))).toMatchObject(kept);
    expect(formDose(planned, dose({ sides: 'none' })).sides).toBe('none');
    expect(formDose(dose({}), dose({ sides: 'both' })).sides).toBe('both');
  });
});
