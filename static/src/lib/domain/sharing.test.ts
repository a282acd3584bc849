import { describe, expect, it } from 'vitest';
import { expiry, period, placeOf, sixDigits, stateOf, visitsOf, type Access } from './sharing.ts';

const now = new Date('2026-11-21T12:00:00Z');
const share = { revoked_at: null, expires_at: '2026-12-21T12:00:00Z', has_passcode: true, attempts_left: 10 };

describe('a period', () => {
  it('counts today, and as many days as it says', () => {
    expect(period('weeks4', '2026-11-21')).toEqual({ from: '2026-10-25', to: '2026-11-21' });
    expect(period('year', '2026-03-01')).toEqual({ from: '2025-03-02', to: '2026-03-01' });
  });
});

describe('the state of a link', () => {
  it('is open until it ends', () => {
    expect(stateOf(share, now)).toBe('open');
    expect(stateOf(share, new Date(share.expires_at))).toBe('expired');
  });

  it('is closed once all guesses are used up, where there is something to guess', () => {
    expect(stateOf({ ...share, attempts_left: 0 }, now)).toBe('locked');
    expect(stateOf({ ...share, attempts_left: 0, has_passcode: false }, now)).toBe('open');
  });

  it('says first that the person closed it', () => {
    expect(stateOf({ ...share, revoked_at: '2026-11-20T00:00:00Z', attempts_left: 0 }, new Date('2027-01-01'))).toBe('revoked');
  });
});

describe('a passcode', () => {
  it('has six digits, whatever chance brings', () => {
    const chance = (values: Uint32Array<ArrayBuffer>) => values.map((_, place) => (place % 2 ? 4_294_967_295 : 10));
    expect(sixDigits(chance)).toBe('050505');
  });
});

describe('an expiry', () => {
  it('is a moment, so many days of 24 hours away', () => {
    expect(expiry(7, now)).toBe('2026-11-28T12:00:00.000Z');
  });
});

describe('visits', () => {
  let id = 0;
  const line = (clock: string, what: string, rest: Partial<Access> = {}): Access => ({
    ...{ id: ++id, at: `2026-11-21T${clock}:00Z`, last_at: `2026-11-21T${clock}:00Z`, times: 1, what, outcome: 'opened' },
    ...{ share: 's', share_label: '', link: null, reader_name: '', network: '192.0.2.0/24', device: 'Firefox on Windows' },
    ...rest
  });
  /** As the server lists them. */
  const of = (...lines: Access[]) => visitsOf(lines.toReversed()).map(({ whats, times, access }) => [access.outcome, whats, times]);

  it('are one where a page and its file are opened in one go, and two a quarter of an hour later', () => {
    expect(of(line('09:00', 'page'), line('09:14', 'pdf'), line('09:15', 'page'))).toEqual([
      ['opened', ['page'], 1],
      ['opened', ['page', 'pdf'], 2]
    ]);
  });

  it('are of one reader each', () => {
    expect(of(line('09:00', 'page'), line('09:00', 'page', { device: 'Safari on iPhone' }), line('09:01', 'page', { share: 't' }))).toHaveLength(3);
  });

  it('take in the question for the passcode, tell of wrong ones apart, and stand by their last reading', () => {
    const asked = line('09:00', 'page', { outcome: 'no-passcode' });
    const wrong = line('09:01', 'page', { outcome: 'wrong-passcode', times: 3 });
    expect(of(asked, wrong, line('09:02', 'page'))).toEqual([
      ['opened', ['page'], 2],
      ['wrong-passcode', [], 3]
    ]);
    expect(of(asked)).toEqual([['no-passcode', [], 1]]);
  });

  it('count a health app and the files that it fetches once', () => {
    expect(of(line('09:00', 'manifest', { reader_name: 'Clinic' }), line('09:00', 'file', { times: 2 }))).toEqual([['opened', ['manifest'], 3]]);
  });

  it('tell of nobody under the name that a health app gave, but of what that app fetched', () => {
    const named = (...lines: Access[]) => visitsOf(lines.toReversed()).map(({ whats, access }) => [access.reader_name, whats]);
    const app = line('09:00', 'manifest', { reader_name: 'Clinic' });
    expect(named(app, line('09:10', 'pdf'), line('09:11', 'file'), line('09:12', 'page'))).toEqual([
      ['', ['pdf', 'page']],
      ['Clinic', ['manifest']]
    ]);
    expect(named(line('09:00', 'page'), app, line('09:01', 'file'))).toEqual([
      ['Clinic', ['manifest']],
      ['', ['page']]
    ]);
    const wrong = { outcome: 'wrong-passcode' };
    expect(named({ ...app, ...wrong }, line('09:01', 'page', wrong)).map(([name]) => name)).toEqual(['', 'Clinic']);
  });

  it('tell of a file by itself where no health app came before it, or long before', () => {
    expect(of(line('09:00', 'file'), line('09:01', 'file'))).toEqual([['opened', ['file'], 2]]);
    expect(of(line('09:00', 'manifest', { reader_name: 'Clinic' }), line('09:15', 'file'))).toEqual([
      ['opened', ['file'], 1],
      ['opened', ['manifest'], 1]
    ]);
  });
});

describe('a place', () => {
  it('is the beginning of an address', () => {
    expect(placeOf('198.51.100.0/24')).toEqual({ inner: false, start: '198.51.100' });
    expect(placeOf('2001:db8:7::/48')).toEqual({ inner: false, start: '2001:db8:7' });
  });

  it('is a local network where the address is of no place on the internet', () => {
    for (const network of ['192.168.7.0/24', '10.1.2.0/24', '172.31.0.0/24', '127.0.0.0/24', '::/48', 'fd12:3456:789a::/48', 'fe80::/48']) {
      expect(placeOf(network)?.inner, network).toBe(true);
    }
    for (const network of ['172.32.0.0/24', '192.169.0.0/24', '100.128.0.0/24', '2001:db8::/48']) expect(placeOf(network)?.inner, network).toBe(false);
  });

  it('is not known without one, or where a carrier shares one among people anywhere', () => {
    for (const network of ['', '100.64.0.0/24', '100.99.3.0/24', '100.127.255.0/24']) expect(placeOf(network), network).toBeNull();
    for (const network of ['100.63.0.0/24', '100.128.0.0/24']) expect(placeOf(network)?.inner, network).toBe(false);
  });
});
