/** Who is linked with whom, and what they write to each other (docs at /api/docs/). */
import type { Named } from './patients.ts';
import { SECTIONS } from './sharing.ts';
import type { Flag } from './types.ts';

export const SCOPES = [...SECTIONS, 'prescribe'] as const;
export type Scope = (typeof SCOPES)[number];
export type Role = 'patient' | 'physiotherapist';

export interface StandIn {
  id: string;
  colleague: Named;
  first_day: string;
  last_day: string;
}

export interface CareLink {
  id: string;
  /** What this person is in it. */
  role: Role;
  other: Named;
  scopes: Scope[];
  /** Null: all days. */
  sees_from: string | null;
  accepted_at: string | null;
  ended_at: string | null;
  ended_by: Role | null;
  stand_ins: StandIn[];
}

/** What a patient opens. */
export interface Consent {
  scopes: Scope[];
  sees_from: string | null;
}

export interface Invitation {
  id: string;
  /** What the person who invites will be. */
  role: Role;
  scopes: Scope[] | null;
  sees_from: string | null;
  expires_at: string;
}

export interface NewInvitation extends Invitation {
  url: string;
  /** SVG. */
  qr: string;
}

export interface Look extends Omit<Invitation, 'id'> {
  name: string;
  yours: boolean;
}

export interface Message {
  id: string;
  link: string;
  from_you: boolean;
  sender: Role | 'stand-in' | null;
  text: string;
  created_at: string;
  read_at: string | null;
  /** Which of the patient's flags it answers; told to the patient alone. */
  flag: string | null;
}

/** A physiotherapist has read a flag, and perhaps answered. */
export interface Acknowledgement {
  flag: string;
  /** The flag's when it was read. */
  level: Flag['level'];
  at: string;
  /** Null: that account is erased. */
  by: string | null;
  message: string | null;
  text: string;
}

export interface Conversation {
  link: string;
  role: Role;
  other: Named;
  /** For whom this person stands in; null: the link is theirs. */
  in_place_of: string | null;
  ended_at: string | null;
  unread: number;
  last: Message | null;
}

/** `messages` newest first. What the patient wrote after the last word of those who treat them, the oldest first. */
export function unanswered(messages: readonly Message[]): Message[] {
  const answer = messages.findIndex(({ sender }) => sender !== 'patient');
  return (answer < 0 ? messages : messages.slice(0, answer)).toReversed();
}

/** A person's former patients, the last ended first; not those who have let them in again. */
export function formerPatients(links: readonly CareLink[]): CareLink[] {
  const own = links.filter(({ role }) => role === 'physiotherapist');
  const living = new Set(own.filter(({ ended_at }) => !ended_at).map(({ other }) => other.id));
  const ended = own.filter(({ ended_at, other }) => ended_at && !living.has(other.id));
  return ended.toSorted((a, b) => (b.ended_at ?? '').localeCompare(a.ended_at ?? ''));
}

/** Whether nobody of that name treats this patient any more: who set a plan is known by name alone, and the server decides. */
export function hasLeft(links: readonly CareLink[], name: string): boolean {
  const asked = linksOf(links, name);
  return asked.length > 0 && asked.every(({ ended_at }) => ended_at);
}

/** The same of who may set plans for this patient no more, linked or not: theirs are the patient's to end. */
export function setsPlansNoMore(links: readonly CareLink[], name: string): boolean {
  const asked = linksOf(links, name);
  return asked.length > 0 && asked.every(({ ended_at, scopes }) => ended_at || !scopes.includes('prescribe'));
}

function linksOf(links: readonly CareLink[], name: string): CareLink[] {
  const treated = links.filter(({ role }) => role === 'patient');
  const theirs = treated.filter(
    ({ other, stand_ins }) => other.name === name || stand_ins.some(({ colleague }) => colleague.name === name)
  );
  // Who once stood in, and is not named any more, leaves with the last of those that let them.
  return theirs.length ? theirs : treated;
}

/** Everything but the patient's own words, which they share only when they say so. */
export const USUAL: Scope[] = SCOPES.filter((scope) => scope !== 'notes');

export const inOrder = (scopes: readonly Scope[]): Scope[] => SCOPES.filter((scope) => scopes.includes(scope));
