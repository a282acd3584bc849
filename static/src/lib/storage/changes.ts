import type { Kind } from '#lib/domain/documents.ts';
import type { FlagAct } from '#lib/domain/flags.ts';
import type { ProblemShape } from '#lib/domain/problem.ts';

/** The server will not have what the person did with a flag; `flag` null: with several. */
export interface RefusedAct {
  flag: string | null;
  act: FlagAct['act'];
  problem: ProblemShape;
}

/**
 * What has changed on this phone, told to every tab and to the service worker, so that all of them show the same.
 * `ids: null` means "read it all again".
 */
export type Change =
  | { about: 'documents'; person: string; kind: Kind; ids: string[] | null }
  | { about: 'exercises'; person: string }
  | { about: 'flags'; person: string; refused?: RefusedAct }
  | { about: 'reminders'; person: string }
  | { about: 'person'; person: string | null }
  | { about: 'superseded' };

type Listener = (change: Change, elsewhere: boolean) => void;

const listeners = new Set<Listener>();
let channel: BroadcastChannel | null = null;

function open(): BroadcastChannel | null {
  if (channel || typeof BroadcastChannel === 'undefined') return channel;
  channel = new BroadcastChannel('unpinch');
  channel.onmessage = (event: MessageEvent<Change>) => listeners.forEach((listener) => listener(event.data, true));
  return channel;
}

/** Tells this tab and all others. */
export function announce(change: Change): void {
  listeners.forEach((listener) => listener(change, false));
  open()?.postMessage(change);
}

/** Tells this tab alone. */
export function announceHere(change: Change): void {
  listeners.forEach((listener) => listener(change, false));
}

export function onChange(listener: Listener): () => void {
  open();
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    channel?.close();
    channel = null;
  };
}
