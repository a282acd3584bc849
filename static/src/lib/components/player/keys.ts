/**
 * What the keys of a keyboard and of a presenter's remote do in the player. Such a remote sends PageUp and PageDown, an
 * Enter, a full stop or a B for its black screen, and F5 and Escape.
 */
import { m } from '#lib/paraglide/messages.js';

export type KeyAct = 'toggle' | 'back' | 'forward' | 'skip' | 'hurt' | 'leave' | 'voice' | 'help';

const KEYS: Record<KeyAct, string[]> = {
  toggle: [' ', 'Enter', 'k', 'MediaPlayPause', 'MediaPlay', 'MediaPause'],
  forward: ['ArrowRight', 'PageDown', 'MediaTrackNext'],
  back: ['ArrowLeft', 'PageUp', 'MediaTrackPrevious'],
  skip: ['s'],
  hurt: ['h', '.', 'b'],
  leave: ['Escape'],
  voice: ['v'],
  help: ['?']
};

const ACT_OF = new Map(
  Object.entries(KEYS).flatMap(([act, keys]) => keys.map((key): [string, KeyAct] => [key, act as KeyAct]))
);

type Press = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'repeat'>;

/** Null: not one of the player's, or meant for the browser; a key that is held down acts once. */
export function actOf({ key, altKey, ctrlKey, metaKey, repeat }: Press): KeyAct | null {
  if (altKey || ctrlKey || metaKey || repeat) return null;
  return ACT_OF.get(key.length === 1 ? key.toLowerCase() : key) ?? null;
}

/** These work a button that has the focus; there they do not work the player as well. */
export const pressesButtons = (key: string) => key === ' ' || key === 'Enter';

export const KEY_NAMES: Record<string, () => string> = {
  ' ': m.player_key_space,
  Enter: m.player_key_enter,
  Escape: m.player_key_escape,
  ArrowLeft: m.player_key_left,
  ArrowRight: m.player_key_right,
  PageUp: m.player_key_page_up,
  PageDown: m.player_key_page_down
};

/** What the help lists: the keys that have a name on them; media keys are known by their pictures. */
export const HELP: { act: KeyAct; keys: string[]; words: () => string }[] = [
  { act: 'toggle', keys: [' ', 'Enter', 'k'], words: m.player_keys_toggle },
  { act: 'forward', keys: ['ArrowRight', 'PageDown'], words: m.player_keys_forward },
  { act: 'back', keys: ['ArrowLeft', 'PageUp'], words: m.player_keys_back },
  { act: 'hurt', keys: ['h', '.', 'b'], words: m.player_keys_hurt },
  { act: 'skip', keys: ['s'], words: m.player_keys_skip },
  { act: 'voice', keys: ['v'], words: m.player_keys_voice },
  { act: 'leave', keys: ['Escape'], words: m.player_keys_leave },
  { act: 'help', keys: ['?'], words: m.player_keys_help }
];

const FOCUSABLE = 'button:not(:disabled), a[href], input:not(:disabled), textarea, select, summary';

/** In a question, a remote's two keys go from answer to answer; Enter takes one. */
export function walk(within: Element, key: string): boolean {
  const by = { PageDown: 1, PageUp: -1 }[key];
  if (!by) return false;
  const all = [...within.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const at = all.findIndex((one) => one === document.activeElement);
  const next = at < 0 && by < 0 ? all.length - 1 : (at + by + all.length) % all.length;
  all[next]?.focus();
  all[next]?.scrollIntoView({ block: 'nearest' });
  return all.length > 0;
}

const SHOWN = 'unpinch-player-keys';

/** Are the keys still to be shown on this device? Asked once. */
export function firstTime(): boolean {
  try {
    if (localStorage.getItem(SHOWN)) return false;
    localStorage.setItem(SHOWN, 'shown');
    return true;
  } catch {
    // Without a store they would be shown every time: rather never.
    return false;
  }
}

/** A mouse or a touchpad comes with a keyboard, mostly. */
export const hasKeyboard = () => matchMedia('(hover: hover) and (pointer: fine)').matches;
