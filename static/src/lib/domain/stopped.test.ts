import { describe, expect, it } from 'vitest';
import { stoppedFor } from './stopped.ts';
import type { Hurt, SessionBody } from './types.ts';

const hurt = (item: number, patch: Partial<Hurt> = {}): Hurt => ({
  ...{ item, at: '2026-11-20T08:00:00Z', pain: 6, numbness: null, further_down: false, weakness: false, verdict: 'stop' },
  ...patch
});
type Item = Pick<SessionBody['items'][number], 'status' | 'reason'>;
const session = (items: Item[], more: Partial<Pick<SessionBody, 'ended' | 'stop_reason' | 'hurts'>> = {}) => ({
  ...{ ended: 'completed' as const, stop_reason: null, hurts: [] },
  ...more,
  items
});

describe('an exercise was stopped for how it felt', () => {
  it.each(['pain', 'numbness', 'weakness'] as const)('when it was begun and left for %s', (reason) => {
    expect(stoppedFor(session([{ status: 'partial', reason }]), 0)).toBe(reason);
  });

  it('when it was said to hurt, though nothing of it is counted yet', () => {
    expect(stoppedFor(session([{ status: 'skipped', reason: 'pain' }], { hurts: [hurt(0)] }), 0)).toBe('pain');
  });

  it('when the whole session ended with it, and not those that were passed over before', () => {
    const skipped: Item = { status: 'skipped', reason: 'pain' };
    const ended = session([skipped, skipped, { status: 'skipped', reason: null }], { ended: 'stopped', stop_reason: 'pain' });
    expect([0, 1, 2].map((index) => stoppedFor(ended, index))).toEqual([null, 'pain', null]);
  });

  it('for symptoms further down the leg, which say more than pain but not more than a weak leg', () => {
    const hurts = [hurt(0, { further_down: true })];
    expect(stoppedFor(session([{ status: 'partial', reason: 'pain' }], { hurts }), 0)).toBe('further');
    expect(stoppedFor(session([{ status: 'partial', reason: 'weakness' }], { hurts }), 0)).toBe('weakness');
  });
});

it('what was done, left for another reason, or passed over before it began was not stopped', () => {
  expect(stoppedFor(session([{ status: 'done', reason: null }], { hurts: [hurt(0, { verdict: 'go' })] }), 0)).toBeNull();
  expect(stoppedFor(session([{ status: 'partial', reason: 'no-time' }]), 0)).toBeNull();
  expect(stoppedFor(session([{ status: 'skipped', reason: 'pain' }]), 0)).toBeNull();
});
