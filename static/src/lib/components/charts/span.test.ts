import { describe, expect, it } from 'vitest';
import { dateOf, dayNumber } from '#lib/domain/dates.ts';
import { panned, spanOf, within, zoomed } from './span.ts';
import { stepFor, ticks } from './axis.ts';

const limits = { min: 0, max: 3650 };

describe('the span in sight', () => {
  it('stops at both ends of the diary, as wide as it was', () => {
    expect(panned({ min: 10, max: 40 }, -50, limits)).toEqual({ min: 0, max: 30 });
    expect(panned({ min: 3600, max: 3640 }, 500, limits)).toEqual({ min: 3610, max: 3650 });
  });

  it('zooms around the day under the finger', () => {
    const before = { min: 100, max: 200 };
    const after = zoomed(before, 2, 125, limits);
    expect(after).toEqual({ min: 112.5, max: 162.5 });
    expect((125 - after.min) / (after.max - after.min)).toBe(0.25);
  });

  it('comes no closer than some days and goes no farther than the diary', () => {
    const close = zoomed({ min: 100, max: 110 }, 100, 105, limits);
    expect(close.max - close.min).toBe(6);
    expect(zoomed({ min: 100, max: 200 }, 0.001, 150, limits)).toEqual(limits);
  });

  it('is the whole diary where that is shorter than the range', () => {
    const short = { min: 20, max: 23 };
    expect(within({ min: 0, max: 365 }, short)).toEqual(short);
    expect(within(spanOf('1970-01-22', '1970-01-22'), short)).toEqual(short);
  });
});

describe('ticks of the time axis', () => {
  const between = (from: string, to: string, apart: number) =>
    ticks(dayNumber(from), dayNumber(to), stepFor(apart)).map(dateOf);

  it('stand on the first of each month', () => {
    expect(between('2023-12-15', '2024-04-02', 25)).toEqual(['2024-01-01', '2024-02-01', '2024-03-01', '2024-04-01']);
  });

  it('keep to quarters and years from afar', () => {
    expect(between('2023-11-30', '2024-08-01', 70)).toEqual(['2024-01-01', '2024-04-01', '2024-07-01']);
    expect(between('2016-05-01', '2019-02-01', 200)).toEqual(['2017-01-01', '2018-01-01', '2019-01-01']);
  });

  it('stay on the same days while the chart is dragged', () => {
    const one = between('2024-02-20', '2024-03-20', 5);
    const other = between('2024-02-23', '2024-03-23', 5);
    expect(other.filter((date) => one.includes(date)).length).toBeGreaterThan(2);
  });
});
