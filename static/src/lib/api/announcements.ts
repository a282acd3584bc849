import type { Announcement, NewsWays } from '#lib/domain/announcements.ts';
import { API, request } from './client.ts';

/** The newest first. Throws the Problem that the answer was, as all of these do. */
export async function readAnnouncements(person: string): Promise<Announcement[]> {
  return (await request<{ results: Announcement[] }>(`${API}announcements?page_size=30`, { person })).results;
}

export const readNewsWays = (person: string): Promise<NewsWays> => request(`${API}announcement-ways`, { person });

/** What is left out stays. */
export const chooseNewsWays = (person: string, body: Partial<NewsWays>): Promise<NewsWays> =>
  request(`${API}announcement-ways`, { method: 'PATCH', person, body });
