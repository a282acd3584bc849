/**
 * How pain and numbness changed around the sessions that had an exercise in them, as the server works it out (docs at
 * /api/docs/): the ratings belong to whole sessions, so their exercises share the credit.
 */
export const RESPONSE_VERDICTS = ['too-few', 'better', 'no-change', 'unclear', 'worse'] as const;
export type ResponseVerdict = (typeof RESPONSE_VERDICTS)[number];

/** Against before, in points of the 0-10 scale; negative is less. `low` and `high`: the 95 % interval of the mean. */
export interface ResponseChange {
  n: number;
  mean: number;
  low: number;
  high: number;
  verdict: ResponseVerdict;
}

export const MOMENTS = ['after', 'next_morning'] as const;
export type Moment = (typeof MOMENTS)[number];
export const RATED = ['pain', 'numbness'] as const;
export type Rated = (typeof RATED)[number];

export type ExerciseResponse = {
  exercise: string;
  sessions: number;
} & Record<Rated, Record<Moment, ResponseChange | null>>;

/** How far back it looks, today included: what an exercise did last year says little about this one. */
export const DAYS_BACK = 90;

/** The server's last answer, and when it came. `days`: what it covers; what an older app has kept covers everything. */
export interface KeptResponses {
  days?: number;
  results: ExerciseResponse[];
  read_at: string;
}

/** Fewer sessions than this say nothing (exercises/response.py). */
export const FEWEST = 5;

export interface Row {
  rated: Rated;
  moment: Moment;
  change: ResponseChange;
}

/** What there is to show of an exercise. */
export function rowsOf(response: ExerciseResponse): Row[] {
  return RATED.flatMap((rated) =>
    MOMENTS.flatMap((moment) => {
      const change = response[rated][moment];
      return change ? [{ rated, moment, change }] : [];
    })
  );
}

/**
 * Which way it leans where the server's verdict is neither better nor worse, from the interval in the tenths that are
 * shown: all of it on one side of no change. Null when it does not lean.
 */
export function leaningOf({ low, high, verdict }: ResponseChange): 'higher' | 'lower' | null {
  if (verdict !== 'no-change' && verdict !== 'unclear') return null;
  const [least, most] = [Math.round(low * 10), Math.round(high * 10)];
  if (least >= 0 && most > 0) return 'higher';
  return most <= 0 && least < 0 ? 'lower' : null;
}

const WEIGHT: Record<ResponseVerdict, number> = { worse: 0, better: 1, 'no-change': 3, unclear: 4, 'too-few': 5 };
const LEANS_HIGHER = 2;

const weightOf = (change: ResponseChange) => (leaningOf(change) === 'higher' ? LEANS_HIGHER : WEIGHT[change.verdict]);

/** The row that says most: a turn for the worse before all, then what helps, then what leans higher. Null while all are too few. */
export function leadOf(response: ExerciseResponse): Row | null {
  const said = rowsOf(response).filter(({ change }) => change.verdict !== 'too-few');
  return said.sort((one, other) => weightOf(one.change) - weightOf(other.change))[0] ?? null;
}

/** Those with something to say first, the worse before the better; then by how often they were done. */
export function sorted(responses: readonly ExerciseResponse[]): ExerciseResponse[] {
  const weight = (one: ExerciseResponse) => {
    const lead = leadOf(one);
    return lead ? weightOf(lead.change) : WEIGHT['too-few'];
  };
  return [...responses].sort((one, other) => weight(one) - weight(other) || other.sessions - one.sessions);
}

/** To the nearest half point: more would look surer than it is. */
export const halves = (points: number): number => Math.round(Math.abs(points) * 2) / 2;
