import { expect, it } from 'vitest';
import { countReasons, isNotToday, tallyDays } from './adherence.ts';
import { OFF_REASONS, notToday } from './notToday.ts';
import { SKIP_REASONS, WEEKDAYS } from './types.ts';

const item = {
  exercise: 'bridge',
  sets: 1,
  repetitions: 3,
  hold_seconds: 20,
  rest_seconds: 10,
  sides: 'none' as const,
  tempo: '',
  superset: 1,
  round_rest_seconds: 30
};
const plan = { id: 'p', name: 'Twice a day', version: 3, items: [item, item] };

it('is a session that was not begun, with its reason once', () => {
  const body = notToday(plan, 'no-time', '2026-03-02T09:00:00+01:00', 'Europe/Berlin');
  const session = { ...body, local_date: '2026-03-02' };
  expect(isNotToday(session)).toBe(true);
  expect(body.items[0]!.prescribed).not.toHaveProperty('superset');
  expect(body).toMatchObject({ prescription: 'p', prescription_version: 3, ended: 'stopped', routine_name: 'Twice a day' });
  const open = { from: null, to: null };
  expect(countReasons([session], open)).toEqual({ 'no-time': 1 });
  const version = { version: 1, since: '2026-03-02', times_a_day: 1, weekdays: [...WEEKDAYS], starts_on: '2026-03-02', ends_on: null };
  const [day] = tallyDays([session], [{ id: 'p', versions: [version] }], open, '2026-03-02');
  expect(day).toMatchObject({ sessions: 0, skipped: 2, prescribed: 1, prescribed_done: 0, prescribed_begun: 0 });
});

it('offers every reason that there is', () => {
  expect([...OFF_REASONS].sort()).toEqual([...SKIP_REASONS].sort());
});
