/** What the server tells a person of beside their reminders (docs at /api/docs/). */
import type { Channel, Occurrence } from './reminders.ts';

/** Where news come from, and what the person chooses by. */
export const NEWS = ['flag', 'prescription', 'message'] as const;
export type NewsSource = (typeof NEWS)[number];
/** `urgent`: a flag of level E or D that nobody had read. `patients`: a physiotherapist's one of the day, chosen in their practice. */
export type AnnouncementKind = NewsSource | 'urgent' | 'patients';

export interface Announcement {
  id: string;
  kind: AnnouncementKind;
  made_at: string;
  /** Later than `made_at` in quiet hours. */
  send_at: string;
  news: { what: NewsSource | 'patients'; target: string; noted_at: string }[];
  deliveries: Occurrence['deliveries'];
}

/** By which ways each is told, beside the list in the app. */
export type NewsWays = Record<NewsSource, Channel[]> & { urgent_breaks_quiet: boolean };

const PLACES: Record<AnnouncementKind, string> = {
  urgent: '/flags',
  flag: '/flags',
  prescription: '/stretch',
  message: '/messages',
  patients: '/patients'
};

/** The screen with what an announcement is about; undefined of anything else. */
export const placeOf = (kind: string): string | undefined => (Object.hasOwn(PLACES, kind) ? PLACES[kind as AnnouncementKind] : undefined);
