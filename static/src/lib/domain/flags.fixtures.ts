import type { NotedSign, RaisedFlag } from './flags.ts';

export const noted = (id: string, at: string, more: Partial<NotedSign> = {}): NotedSign => ({
  source: 'check',
  id,
  answer: 'new',
  level: 'E',
  at,
  withdrawn: false,
  ...more
});

/** A red flag that stands on these signs. */
export function redFlag(rule: string, signs: NotedSign[], more: Partial<RaisedFlag> = {}): RaisedFlag {
  const opened_at = signs[0]?.at ?? '2026-11-20T07:00:00Z';
  return {
    id: `flag-${rule}`,
    rule,
    stream: null,
    level: 'E',
    state: 'open',
    reason: null,
    evidence: { signs },
    opened_at,
    raised_at: opened_at,
    changed_at: opened_at,
    seen_at: null,
    resolved_at: null,
    snoozed_until: null,
    changes: [{ at: opened_at, by: null, state: 'open', level: 'E', reason: null }],
    ...more
  };
}

export const trendFlag = (more: Partial<RaisedFlag> = {}): RaisedFlag =>
  redFlag('sustained-worsening', [], { level: 'W', stream: 'pain', evidence: { since: '2026-11-08', over: null }, ...more });
