import { describe, expect, it } from 'vitest';
import { COUNTRIES, guessCountry } from './countries.ts';
import { callAddress, emergencyNumber, numberOf } from './emergency.ts';

describe('the number to call', () => {
  it.each([
    ['US', '911'],
    ['GB', '999'],
    ['AU', '000'],
    ['NZ', '111'],
    ['JP', '119'],
    ['BR', '192'],
    ['DE', '112'],
    ['IN', '112'],
    ['', '112'],
    ['ZZ', '112']
  ])('in %s is %s', (country, number) => {
    expect(numberOf(country)).toBe(number);
  });

  it('is the one that the person prefers', () => {
    expect(emergencyNumber({ country: 'US', emergency_number: '0800 12' }, 'GB')).toBe('0800 12');
  });

  it('follows the profile before the guess, and the guess before nothing', () => {
    expect(emergencyNumber({ country: 'US', emergency_number: '' }, 'GB')).toBe('911');
    expect(emergencyNumber({ country: '', emergency_number: ' ' }, 'GB')).toBe('999');
    expect(emergencyNumber(null)).toBe('112');
  });

  it('dials digits only', () => {
    expect(callAddress('0800 123-4')).toBe('tel:08001234');
    expect(callAddress('+44 999')).toBe('tel:+44999');
    expect(callAddress('*#06#')).toBe('tel:*%2306%23');
  });
});

describe('the country of a phone', () => {
  it('is where its clock is, whatever it speaks', () => {
    expect(guessCountry('Europe/Berlin', ['en-US'])).toBe('DE');
  });

  it('is the language’s region where no clock says', () => {
    expect(guessCountry('UTC', ['xx', 'pt-BR'])).toBe('BR');
    expect(guessCountry('UTC', ['en'])).toBe('');
  });

  it('is one of the countries there are', () => {
    expect(new Set(COUNTRIES).size).toBe(COUNTRIES.length);
    expect(COUNTRIES.every((code) => /^[A-Z]{2}$/.test(code))).toBe(true);
  });
});
