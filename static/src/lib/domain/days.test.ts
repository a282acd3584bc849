import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { addDays, dateOf, dayNumber, isDate } from './dates.ts';
import { DayIndex, trailingMeans, type DatedEntry, type Day } from './days.ts';
import { heatOf, periodBefore, periodOf, readRange, summarise } from './periods.ts';
import type { Reading } from './types.ts';

interface Case {
  name: string;
  entries: DatedEntry[];
  from: string;
  to: string;
  days: Day[];
}

// The server's summary runs the same cases.
const shared = new URL('../../../../tests/contracts/summary_cases.json', import.meta.url);
const cases = JSON.parse(readFileSync(shared, 'utf8')) as Case[];

let made = 0;

function entry(local_date: string, ...readings: Partial<Reading>[]): DatedEntry {
  const blank: Reading = {
    region: 'calf',
    side: 'left',
    numbness: null,
    tingling: null,
    pain: null,
    weakness: null,
    qualities: []
  };
  return {
    id: `entry-${++made}`,
    local_date,
    readings: readings.map((reading) => ({ ...blank, ...reading }))
  };
}

describe('calendar arithmetic', () => {
  it('walks ten years date by date without a skip or a repeat', () => {
    const last = dayNumber('2030-01-01');
    for (let day = dayNumber('2020-01-01'); day < last; day++) expect(dayNumber(dateOf(day))).toBe(day);
    expect(last - dayNumber('2020-01-01')).toBe(3653);
  });

  it('knows leap days, centuries and years before 1970', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2025-02-28', 1)).toBe('2025-03-01');
    expect(addDays('2000-02-28', 1)).toBe('2000-02-29');
    expect(addDays('2100-02-28', 1)).toBe('2100-03-01');
    expect(addDays('1970-01-01', -1)).toBe('1969-12-31');
    expect(addDays('2026-03-29', 1)).toBe('2026-03-30');
    expect(addDays('2026-10-25', 1)).toBe('2026-10-26');
  });

  it('tells a date from what only looks like one', () => {
    expect(['2024-02-29', '1999-12-31'].every(isDate)).toBe(true);
    expect(['2025-02-29', '2025-13-01', '2025-1-1', 'today', '', '2025-01-01x'].some(isDate)).toBe(false);
  });
});

describe('day values', () => {
  it.each(cases)('$name', ({ entries, from, to, days }) => {
    expect(new DayIndex(entries).between(from, to)).toMatchObject(days);
    expect(new DayIndex([...entries].reverse()).between(from, to)).toMatchObject(days);
  });

  it('follows entries that are added, corrected, moved to another day and deleted', () => {
    const morning = entry('2026-01-01', { pain: 3 });
    const evening = entry('2026-01-01', { pain: 6 });
    const index = new DayIndex([morning, evening]);
    expect(index.dayOf('2026-01-01')).toMatchObject({ pain: 6, entries: 2 });

    const corrected = { ...evening, readings: evening.readings.map((reading) => ({ ...reading, pain: 1 })) };
    index.update([morning, corrected]);
    expect(index.dayOf('2026-01-01')).toMatchObject({ pain: 3, entries: 2 });

    const moved = { ...morning, local_date: '2026-01-03' };
    index.update([moved, corrected]);
    expect(index.dayOf('2026-01-01')).toMatchObject({ pain: 1, entries: 1 });
    expect([index.first, index.last]).toEqual(['2026-01-01', '2026-01-03']);

    index.update([moved]);
    expect(index.dayOf('2026-01-01')).toMatchObject({ pain: null, entries: 0 });
    expect([index.first, index.last, index.size]).toEqual(['2026-01-03', '2026-01-03', 1]);
    index.update([]);
    expect([index.first, index.last]).toEqual([null, null]);
  });

  it('finds the logged day before and after, also from outside the diary', () => {
    const index = new DayIndex([entry('2026-01-01'), entry('2026-01-10')]);
    expect(index.neighbour('2026-01-10', -1)).toBe('2026-01-01');
    expect(index.neighbour('2026-01-05', 1)).toBe('2026-01-10');
    expect(index.neighbour('2026-01-10', 1)).toBeNull();
    expect(index.neighbour('2026-01-01', -1)).toBeNull();
    expect(index.neighbour('1990-01-01', 1)).toBe('2026-01-01');
    expect(index.neighbour('2090-01-01', -1)).toBe('2026-01-10');
    expect(new DayIndex().neighbour('2026-01-01', 1)).toBeNull();
  });
});

describe('a marked saddle area', () => {
  const saddle = { region: 'saddle', side: 'midline', numbness: 9 } as const;

  it('has no value, and does not hide behind the 0 of another entry', () => {
    const index = new DayIndex([entry('2026-01-01', saddle), entry('2026-01-02', saddle), entry('2026-01-02')]);
    expect(index.dayOf('2026-01-01')).toMatchObject({ numbness: null, pain: null, saddle: true });
    expect(index.dayOf('2026-01-02')).toMatchObject({ numbness: 0, pain: 0, saddle: true });
    expect(index.series('2026-01-01', '2026-01-03').saddles).toEqual([true, true, false]);
    expect(summarise(index, { from: '2026-01-01', to: '2026-01-03' }).saddleDays).toBe(2);
  });

  it('goes when the entry is corrected', () => {
    const marked = entry('2026-01-01', saddle);
    const index = new DayIndex([marked]);
    expect(index.dayOf('2026-01-01').saddle).toBe(true);
    index.update([{ ...marked, readings: [] }]);
    expect(index.dayOf('2026-01-01').saddle).toBe(false);
  });
});

describe('7-day means', () => {
  it('need three values, divide by the values there are, and end when the window empties', () => {
    const values = [4, null, 5, 6, null, null, null, null, null, null, 9];
    const mean = 5;
    expect(trailingMeans(values)).toEqual([null, null, null, mean, mean, mean, mean, null, null, null, null]);
  });

  it('forget the eighth day back', () => {
    const means = trailingMeans([10, 0, 0, 0, 0, 0, 0, 0]);
    expect(means[6]).toBeCloseTo(10 / 7, 12);
    expect(means[7]).toBe(0);
  });

  it('look back before the range and never fill a missing day', () => {
    const index = new DayIndex([
      entry('2026-01-01', { pain: 2 }),
      entry('2026-01-02', { pain: 4 }),
      entry('2026-01-04', { pain: 6 })
    ]);
    const series = index.series('2026-01-04', '2026-01-06');
    expect(series.values.pain).toEqual([6, null, null]);
    expect(series.means.pain).toEqual([4, 4, 4]);
    expect(series.means.numbness).toEqual([null, null, null]);
  });

  it('agree with the plain definition on a long diary with gaps', () => {
    const values = Array.from({ length: 400 }, (_, n) => ((n * 7919) % 11 > 8 ? null : (n * 31) % 11));
    const plain = values.map((_, n) => {
      const known = values.slice(Math.max(0, n - 6), n + 1).filter((value) => value !== null);
      return known.length < 3 ? null : known.reduce((a, b) => a + b, 0) / known.length;
    });
    expect(trailingMeans(values)).toEqual(plain);
  });
});

describe('periods', () => {
  const diary = new DayIndex([
    entry('2026-01-01', { pain: 8, numbness: 2 }),
    entry('2026-02-20', { pain: 2 }),
    entry('2026-02-20', { pain: 4 }),
    entry('2026-02-28')
  ]);

  it('end today and count today', () => {
    expect(periodOf(30, diary, '2026-03-01')).toEqual({ from: '2026-01-31', to: '2026-03-01' });
    expect(periodOf('all', diary, '2026-03-01')).toEqual({ from: '2026-01-01', to: '2026-03-01' });
    expect(periodOf('all', new DayIndex(), '2026-03-01')).toEqual({ from: '2026-03-01', to: '2026-03-01' });
    expect(periodOf(30, diary, '2026-02-27').to).toBe('2026-02-28');
  });

  it('come from the address, and a strange address is 30 days', () => {
    expect(['90', '365', 'all', '7', '', 'x', null].map(readRange)).toEqual([90, 365, 'all', 30, 30, 30, 30]);
  });

  it('sum up what was logged, of the days since the diary began', () => {
    expect(summarise(diary, { from: '2026-02-19', to: '2026-02-28' })).toMatchObject({
      daysPossible: 10,
      daysLogged: 2,
      entries: 3,
      means: { pain: 2, numbness: 0, tingling: 0 }
    });
    expect(summarise(diary, { from: '2025-12-01', to: '2026-01-02' })).toMatchObject({ daysPossible: 2, daysLogged: 1 });
    expect(summarise(new DayIndex(), { from: '2026-01-01', to: '2026-01-30' })).toMatchObject({ daysPossible: 0 });
  });

  it('know the one before, where the diary reaches', () => {
    const now = { from: '2026-02-01', to: '2026-02-28' };
    expect(periodBefore(now, diary)).toEqual({ from: '2026-01-04', to: '2026-01-31' });
    expect(periodBefore({ from: '2026-01-01', to: '2026-02-28' }, diary)).toBeNull();
  });
});

describe('heat on the body', () => {
  it('is the mean of the day values of each region and side, over the days it was rated', () => {
    const index = new DayIndex([
      entry('2026-01-01', { pain: 2 }, { region: 'sole', side: 'right', pain: 7, numbness: 1 }),
      entry('2026-01-01', { pain: 6 }),
      entry('2026-01-02', { pain: 1 }, { region: 'saddle', side: 'midline', pain: 10 }),
      entry('2026-01-03'),
      entry('2026-02-01', { pain: 10 })
    ]);
    const january = { from: '2026-01-01', to: '2026-01-31' };
    expect([...heatOf(index, 'pain', january)]).toEqual([
      ['calf:left', 3.5],
      ['sole:right', 7]
    ]);
    expect([...heatOf(index, 'numbness', january)]).toEqual([['sole:right', 1]]);
  });
});

describe('ten years of three entries a day', () => {
  const regions = ['buttock', 'calf', 'sole'] as const;
  const entries = Array.from({ length: 3653 * 3 }, (_, n) =>
    entry(
      addDays('2016-01-01', Math.floor(n / 3)),
      ...regions.map((region, k) => ({ region, pain: (n + k) % 11, numbness: n % 10, tingling: n % 7, weakness: n % 4 }))
    )
  );

  it('index at once, and take one more entry without going through them again', () => {
    const started = performance.now();
    const index = new DayIndex(entries);
    index.series('2016-01-01', '2025-12-31');
    const built = performance.now();
    index.put(entry('2025-12-31', { pain: 10 }));
    index.series('2016-01-01', '2025-12-31');
    const updated = performance.now();
    // Loose bounds for a busy machine: building takes some 25 ms, one more entry and its series 2 ms.
    expect(built - started).toBeLessThan(1000);
    expect(updated - built).toBeLessThan(250);
  });
});
