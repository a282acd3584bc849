/** The time on the wall of the place where an entry was made, as a `datetime-local` field holds it. */
import { offsetText } from './clock.ts';

export function wallTime(moment: string): string {
  return moment.slice(0, 16);
}

/** By how many minutes the clocks of `zone` are ahead of UTC at that moment. */
function aheadAt(moment: Date, zone: string): number {
  try {
    const shape = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
    const name = shape.formatToParts(moment).find((part) => part.type === 'timeZoneName')?.value ?? '';
    const [, sign, hours, minutes] = /([+-])(\d+):(\d+)/.exec(name) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
  } catch {
    // A zone that this device has never heard of.
    return -moment.getTimezoneOffset();
  }
}

/** What the field holds, as the time that people in `zone` meant by it; null when it holds none. */
export function fromWallTime(value: string, zone: string): string | null {
  const asUtc = Date.parse(`${value}Z`);
  if (Number.isNaN(asUtc)) return null;
  // Close to a change of the clocks the first guess may lie on its other side.
  const guess = aheadAt(new Date(asUtc), zone);
  const ahead = aheadAt(new Date(asUtc - guess * 60_000), zone);
  return `${value.slice(0, 16)}:00${offsetText(ahead)}`;
}
