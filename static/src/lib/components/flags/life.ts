/** What has happened to a flag, in words: who did it, and what the rules did by themselves. */
import type { FlagStep, RaisedFlag, Resolution, Snooze } from '#lib/domain/flags.ts';
import { m } from '#lib/paraglide/messages.js';
import { RESOLUTION_WORDS, SNOOZE_WORDS } from './words.ts';

/** Why the rules themselves closed it. */
const CLOSED: Record<string, () => string> = {
  recovered: m.flags_life_recovered,
  corrected: m.flags_life_corrected,
  replaced: m.flags_life_replaced,
  sensitivity: m.flags_life_sensitivity,
  known: m.flags_life_known
};

const SHORT: Record<string, () => string> = {
  recovered: m.flags_reason_recovered,
  corrected: m.flags_reason_corrected,
  replaced: m.flags_reason_replaced,
  sensitivity: m.flags_reason_sensitivity,
  known: m.flags_reason_known,
  checked: m.flags_reason_checked,
  mistake: m.flags_reason_mistake,
  other: m.flags_reason_other
};

/** Why it is over, within "Over: ...". */
export const reasonWords = (reason: string | null) => (SHORT[reason ?? ''] ?? m.flags_reason_other)();

const resolution = (reason: string | null) => (RESOLUTION_WORDS[reason as Resolution] ?? m.flags_settle_other)();
const snooze = (reason: string | null) => (SNOOZE_WORDS[reason as Snooze] ?? m.flags_why_other)();

export function stepWords({ by, state, reason }: FlagStep): string {
  if (by === null) {
    if (state === 'resolved') return (CLOSED[reason ?? ''] ?? m.flags_life_known)();
    return state === 'reopened' ? m.flags_life_stands() : m.flags_life_told();
  }
  const physio = by === 'physiotherapist';
  switch (state) {
    case 'resolved':
      return (physio ? m.flags_life_settled_physio : m.flags_life_settled)({ reason: resolution(reason) });
    case 'reopened':
      return physio ? m.flags_life_reopened_physio() : m.flags_life_reopened();
    case 'seen':
      if (reason) return (physio ? m.flags_life_put_off_physio : m.flags_life_put_off)({ reason: snooze(reason) });
      return physio ? m.flags_life_read_physio() : m.flags_life_read();
    case 'open':
      return m.flags_life_told();
  }
}

/** Whether the person, and not the rules, ended it: only that can be taken back. */
export const isOnesOwnEnd = ({ state, reason }: RaisedFlag) =>
  state === 'resolved' && reason !== null && reason in RESOLUTION_WORDS;
