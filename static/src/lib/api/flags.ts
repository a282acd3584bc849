import type { FlagAct, RaisedFlag } from '#lib/domain/flags.ts';
import { API, send, type Answer } from './client.ts';

const VERB = { see: 'seen', resolve: 'resolve', reopen: 'reopen', snooze: 'snooze' } as const;

const PAGE = 100;

/** The first page of what has changed since, oldest change first. */
export const readFlags = (person: string, since: string): Promise<Answer> =>
  send(`${API}flags?page_size=${PAGE}&changed_since=${encodeURIComponent(since)}`, { person });

export const readFlag = (person: string, id: string): Promise<Answer> => send(`${API}flags/${id}`, { person });

function bodyOf({ act, flag, rules, at, reason, until }: FlagAct): object {
  if (act === 'snooze') return { until, reason };
  // By it the server knows a clock that runs fast or slow.
  const sent_at = new Date().toISOString();
  return { at, sent_at, ...(flag === null ? { rules } : {}), ...(act === 'resolve' ? { reason } : {}) };
}

/** Answered with the flag; for an act on rules with a list of those that it is about. */
export const sendAct = (person: string, act: FlagAct): Promise<Answer> =>
  send(`${API}flags/${act.flag === null ? '' : `${act.flag}/`}${VERB[act.act]}`, { method: 'POST', person, body: bodyOf(act) });

const isFlag = (value: unknown): value is RaisedFlag =>
  typeof value === 'object' && value !== null && typeof (value as RaisedFlag).id === 'string' && 'state' in value;

/** The flags that an answer is about; null when it is not about any flag, whoever sent it. */
export function flagsIn(body: unknown, act: FlagAct): RaisedFlag[] | null {
  if (act.flag !== null) return isFlag(body) && body.id === act.flag ? [body] : null;
  const { results } = (body ?? {}) as { results?: unknown };
  return Array.isArray(results) && results.every(isFlag) ? results : null;
}
