/** Where somebody is signed in, in words. */
import { dayAndTime } from '#lib/components/ui/dates.ts';
import { placeOf } from '#lib/domain/sharing.ts';
import type { SignIn } from '#lib/domain/signins.ts';
import { m } from '#lib/paraglide/messages.js';

const AN_HOUR = 60 * 60 * 1000;

export const nameOf = ({ device }: SignIn): string => device || m.account_devices_unnamed();

/** What tells one device from another of its kind. */
export function linesOf({ signed_in_at, seen_at, network }: SignIn, zone: string, today: string): string[] {
  const place = placeOf(network);
  const where = place && (place.inner ? m.account_devices_inner() : m.account_devices_from({ start: place.start }));
  // Of one that was never opened again there is nothing newer to say.
  const opened = Date.parse(seen_at) - Date.parse(signed_in_at) > AN_HOUR;
  return [
    ...(opened ? [m.account_devices_seen({ when: dayAndTime(seen_at, zone, today) })] : []),
    m.account_devices_since({ when: dayAndTime(signed_in_at, zone, today) }),
    ...(where ? [where] : [])
  ];
}
