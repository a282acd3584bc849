import { describe, expect, it } from 'vitest';
import { COUNTRIES } from './countries.ts';
import { CRISIS_LINES, crisisLineOf } from './crisislines.ts';
import { callAddress } from './emergency.ts';

describe('a crisis line', () => {
  it.each([
    ['DE', '0800 111 0 111'],
    ['IE', '116 123'],
    ['gb', '116 123'],
    ['US', '988'],
    ['LI', '143']
  ])('in %s is %s', (country, number) => {
    expect(crisisLineOf(country)?.number).toBe(number);
  });

  it('is named nowhere that it is not known for sure', () => {
    expect(crisisLineOf('FR')).toBeNull();
    expect(crisisLineOf('')).toBeNull();
    expect(crisisLineOf('ZZ')).toBeNull();
  });

  it('has a number that dials, a name, a source and the state of its review', () => {
    for (const { name, number, source, review } of CRISIS_LINES) {
      expect(callAddress(number)).toBe(`tel:${number.replaceAll(' ', '')}`);
      expect(number).toMatch(/^[0-9]+( [0-9]+)*$/);
      expect(name.trim()).not.toBe('');
      expect(source).toMatch(/^[a-z0-9]+(\.[a-z0-9]+)+$/);
      expect(review).toBe('unreviewed');
    }
  });

  it('is one for each country, of the countries there are', () => {
    const countries = CRISIS_LINES.flatMap((one) => one.countries);
    expect(new Set(countries).size).toBe(countries.length);
    expect(countries.filter((one) => !COUNTRIES.includes(one))).toEqual([]);
  });
});
