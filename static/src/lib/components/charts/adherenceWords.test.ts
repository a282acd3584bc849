import { describe, expect, it } from 'vitest';
import { BLANK, type DayTally } from '#lib/domain/adherence.ts';
import { circleWords, shareOf } from './adherenceWords.ts';

const day = (counts: Partial<DayTally>): DayTally => ({ ...BLANK, date: '2026-11-22', seconds_held: 0, ...counts });

describe("a day's circle", () => {
  it('without a plan is whole for half of the exercises, and for a session that names none', () => {
    expect(shareOf(day({ sessions: 1, done: 1, partial: 1 }))).toBe(1);
    expect(shareOf(day({ sessions: 1 }))).toBe(1);
  });

  it('without a plan is not whole when all was stopped or left out', () => {
    const stopped = day({ sessions: 1, partial: 1, skipped: 1 });
    expect(shareOf(stopped)).toBe(0.5);
    expect(circleWords([stopped])).toBe('In part on Sunday.');
  });

  it('with a plan shows how much of it was done, and what was done beside it', () => {
    expect(shareOf(day({ sessions: 1, prescribed: 2, prescribed_done: 1 }))).toBe(0.5);
    expect(shareOf(day({ sessions: 1, done: 3, prescribed: 1 }))).toBe(0.5);
    expect(shareOf(day({ prescribed: 1 }))).toBeNull();
  });
});
