/** A ladder with a bridge in its middle, and sessions with it. */
import { DEFAULT_RULE } from './painrule.ts';
import type { Known } from './progress.ts';
import type { Hurt, SessionBody, SessionItem } from './types.ts';

export const dose = { sets: 1, repetitions: 3, hold_seconds: 20, rest_seconds: 10, sides: 'both', tempo: '' } as const;
export const form = (slug: string, rung: number, ladder = 'bridge', retired = false) => ({ slug, ladder, rung, retired });
export const LADDER = [form('squeeze', -1), form('bridge', 0), form('one-leg', 1), form('twist', 0, 'twist')];
export const TODAY = '2026-11-20';

export type Session = Known['sessions'][number];

export const item = (exercise: string, patch: Partial<SessionItem> = {}): SessionItem => ({
  exercise,
  prescribed: dose,
  status: 'done',
  reason: null,
  sets_done: 1,
  repetitions_done: 3,
  seconds_held: 60,
  eased_from: null,
  ...patch
});
export const hurt = (patch: Partial<Hurt> = {}): Hurt => ({
  item: 0,
  at: '2026-11-19T08:05:00Z',
  pain: 5,
  numbness: 0,
  further_down: false,
  weakness: false,
  verdict: 'ease',
  ...patch
});

/** A comfortable session with the bridge, so many days before today. */
export const session = (daysAgo: number, patch: Partial<SessionBody> = {}): Session => ({
  prescription: null,
  prescription_version: null,
  started_at: new Date(Date.parse(`${TODAY}T08:00:00Z`) - daysAgo * 86_400_000).toISOString(),
  items: [item('bridge')],
  hurts: [],
  stop_reason: null,
  pain_before: 2,
  numbness_before: 2,
  pain_after: 3,
  numbness_after: 2,
  pain_next_morning: null,
  numbness_next_morning: null,
  ...patch
});

export const known = (patch: Partial<Known> = {}): Known => ({
  sessions: [],
  exercises: LADDER,
  prescriptions: [],
  declined: [],
  today: TODAY,
  zone: 'Europe/Berlin',
  ...patch
});
export const routine = [{ exercise: 'bridge' }];
export const harder = { exercise: 'bridge', to: 'one-leg', kind: 'harder', tell: null };
export const easier = { exercise: 'bridge', to: 'squeeze', kind: 'easier', tell: null };
export const three = [session(1), session(2), session(3)];
export const prescription = (exercise: string, patch: object = {}) => ({
  id: 'plan',
  version: 1,
  unsent: false,
  pain_rule: DEFAULT_RULE,
  items: [{ ...dose, exercise, superset: null, round_rest_seconds: 0 }],
  starts_on: '2026-11-01',
  ends_on: null,
  prescribed_by: null,
  ...patch
});
