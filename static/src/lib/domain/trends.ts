/** How readily a person is told of a change, and what has become better, as the server answers. */
import type { Followed } from './trendwords.ts';

export const SENSITIVITIES = ['fewer', 'standard', 'more'] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];

export interface Improvement {
  stream: Followed;
  since: string;
  /** When it could first be told. */
  day: string;
  /** Points of 0-10, before and since. */
  baseline: number;
  recent: number;
  below: number;
  entries: number;
}

export interface Trends {
  sensitivity: Sensitivity;
  /** How often all flags about trends together may be wrong, by sensitivity. */
  false_alarms_per_year: Record<string, number>;
  improvements: Improvement[];
}

/** The server's last answer, when it came, and which improvements the person has been told. */
export interface KeptTrends extends Trends {
  read_at: string;
  told: string[];
}

export const nameOf = ({ stream, since }: Improvement) => `${stream} ${since}`;
