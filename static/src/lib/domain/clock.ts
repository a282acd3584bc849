const pad = (value: number, length = 2) => String(Math.abs(value)).padStart(length, '0');

/** The zone that the device believes it is in, as an IANA name. */
export function deviceZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

/** A moment as ISO 8601 with the device's own offset, to the second: what an entry keeps for ever. */
export function withOffset(moment: Date = new Date()): string {
  const date = `${pad(moment.getFullYear(), 4)}-${pad(moment.getMonth() + 1)}-${pad(moment.getDate())}`;
  const time = `${pad(moment.getHours())}:${pad(moment.getMinutes())}:${pad(moment.getSeconds())}`;
  return `${date}T${time}${offsetText(-moment.getTimezoneOffset())}`;
}

/** Minutes ahead of UTC as ISO 8601 writes them: `+05:30`. */
export function offsetText(minutes: number): string {
  return `${minutes < 0 ? '-' : '+'}${pad(Math.trunc(minutes / 60))}:${pad(minutes % 60)}`;
}

const calendars = new Map<string, Intl.DateTimeFormat | null>();

function calendar(zone: string): Intl.DateTimeFormat | null {
  if (!calendars.has(zone)) {
    try {
      const shape = { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' } as const;
      calendars.set(zone, new Intl.DateTimeFormat('en-CA', { ...shape, calendar: 'gregory', numberingSystem: 'latn' }));
    } catch {
      // A zone that this device has never heard of.
      calendars.set(zone, null);
    }
  }
  return calendars.get(zone) ?? null;
}

/** The calendar date, `YYYY-MM-DD`, that people in `zone` had at that moment. */
export function localDate(moment: string, zone: string): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return moment.slice(0, 10);
  const parts = calendar(zone)?.formatToParts(date) ?? [];
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return parts.length ? `${part('year')}-${part('month')}-${part('day')}` : moment.slice(0, 10);
}
