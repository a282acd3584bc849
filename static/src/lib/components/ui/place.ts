/** Where a message may lie: below the screen's title, over nothing that is to be pressed, or read before all. */

type Box = Pick<DOMRectReadOnly, 'top' | 'bottom' | 'left' | 'right'>;
type Message = Pick<DOMRectReadOnly, 'left' | 'right' | 'height'>;

/** In px, around it. */
const AIR = 8;

/**
 * The uppermost place, in px, from `from` down to `to`, that is clear of all of `kept`; where there is none, `from`
 * itself, and null if the message would reach beyond `to` there.
 */
export function placeFor(message: Message, from: number, to: number, kept: readonly Box[]): number | null {
  const room = message.height + 2 * AIR;
  if (from + room > to) return null;
  const beside = kept
    .filter(({ left, right, top, bottom }) => bottom > top && left < message.right && right > message.left)
    .sort((one, other) => one.top - other.top);
  let at = from;
  for (const { top, bottom } of beside) if (top < at + room && bottom > at) at = bottom;
  return at + room > to ? from : at;
}
