import { beforeAll, describe, expect, it, vi } from 'vitest';
import { trendOf, type Trend } from '#lib/domain/trendwords.ts';
import { betterWords } from './betterWords.ts';
import { isOnesOwnEnd, reasonWords, stepWords } from './life.ts';
import { guidanceOn, sentencesOf, surenessOf, titleOf, type Telling } from './words.ts';

// Figures follow the phone's own language.
beforeAll(() => vi.stubGlobal('navigator', { languages: ['en-GB'] }));

const told = { since: '2026-11-08', day: '2026-11-19', over: null, false_alarms_per_year: 0.5 };
const figures = { ...told, baseline: 3.1, recent: 4.9, above: 9, entries: 11, region: 'calf', side: 'left' };
const trend = (rule: string, evidence: object, stream: string | null = null) =>
  trendOf({ rule, stream, evidence: { ...figures, ...evidence } }) as Trend;
const telling = (more: Partial<Telling> = {}): Telling => ({
  today: '2026-11-21', over: false, month: null, exerciseName: (slug) => ({ bridge: 'Bridge' })[slug] ?? slug, ...more
});

describe('a sustained worsening', () => {
  const numbness = trend('sustained-worsening', {}, 'numbness');

  it('says the level before and since, where most, and on how many days', () => {
    expect(titleOf(numbness, telling().exerciseName)).toBe('Numbness has been worse for a while');
    expect(sentencesOf(numbness, telling({ month: '2026-10-01' }))).toEqual([
      'Numbness was about 3 in October; from 8 November to 19 November it was about 5.',
      'Most of all: left calf.',
      'It was above your usual on 9 of the 11 days that you logged, until 19 November.'
    ]);
  });

  it('names no month that it does not know, nor one of another year', () => {
    const usual = 'Numbness was usually about 3; from 8 November to 19 November it was about 5.';
    expect(sentencesOf(numbness, telling())[0]).toBe(usual);
    const january = trend('sustained-worsening', { since: '2027-01-05', day: '2027-01-20' }, 'numbness');
    expect(sentencesOf(january, telling({ today: '2027-01-21', month: '2026-12-01' }))[0]).toBe(
      'Numbness was usually about 3; from 5 January to 20 January it was about 5.'
    );
  });

  it('names the year where it is not this one', () => {
    expect(sentencesOf(numbness, telling({ today: '2027-01-02' }))[0]).toContain('from 8 November 2026 to 19 November 2026');
  });

  it('says no more of the days after it was told than when it was told', () => {
    expect(sentencesOf(numbness, telling({ over: true, today: '2026-12-19' }))).toEqual(sentencesOf(numbness, telling()));
  });

  it('says nothing of a place where there is none, and counts one day as one', () => {
    const one = trend('sustained-worsening', { region: null, side: null, above: 1, entries: 1 }, 'pain');
    expect(sentencesOf(one, telling()).slice(1)).toEqual(['It was above your usual on the 1 day that you logged, until 19 November.']);
  });

  it('of the reach speaks of places, not of points', () => {
    const reach = (baseline: number, recent: number) =>
      sentencesOf(trend('sustained-worsening', { baseline, recent }, 'reach'), telling())[0];
    expect(reach(4.2, 6.8)).toBe(
      'What you felt used to reach about as far as the thigh; from 8 November to 19 November it reached about as far as the lower leg.'
    );
    expect(reach(4.1, 4.4)).toContain('further down the leg on more days than before');
    expect(reach(0.2, 4)).toContain('mostly nothing to feel');
  });
});

describe('the other rules', () => {
  it('a flare is a few bad days', () => {
    const flare = trend('flare', { last: '2026-11-11', entries: 3, baseline: 2.6 }, 'pain');
    expect(titleOf(flare, telling().exerciseName)).toBe('Pain: a few bad days');
    expect(sentencesOf(flare, telling())[0]).toBe(
      'Pain was clearly above your usual 2.5 for a few days: from 8 November to 11 November.'
    );
    expect(sentencesOf(flare, telling()).at(-1)).toBe(
      'On 19 November it had gone back to about usual. If it rises again and stays, you are told.'
    );
    expect(sentencesOf(flare, telling({ over: true }))).toHaveLength(3);
  });

  it('a spread says what is new, further down or on the other side', () => {
    const places = [{ region: 'calf', side: 'left' }, { region: 'heel', side: 'left' }];
    const down = trend('spreading', { how: 'further-down', places }, 'reach');
    expect(titleOf(down, telling().exerciseName)).toBe('Felt further down the leg');
    expect(sentencesOf(down, telling())[0]).toContain('left calf and left heel');
    const side = trend('spreading', { how: 'other-side', places: [{ region: 'calf', side: 'right' }] }, 'reach');
    expect(titleOf(side, telling().exerciseName)).toBe('Felt on the other side too');
    expect(sentencesOf(side, telling())[0]).toContain('right calf');
  });

  it('an exercise is named, and not blamed', () => {
    const exercises = [{ exercise: 'bridge', stream: 'pain', moment: 'next_morning', rose: 4, of: 5, sessions: [] }];
    const after = trend('aggravated-by', { exercises });
    expect(titleOf(after, telling().exerciseName)).toBe('Worse after: Bridge');
    expect(sentencesOf(after, telling())).toEqual([
      'The morning after Bridge: pain was 2 points or more higher in 4 of the last 5 sessions that you rated, until 19 November.',
      'You rate whole sessions, so it may be another exercise of the same sessions. It does not prove what did it.'
    ]);
  });

  it('what nobody knows has a title all the same', () => {
    expect(titleOf(null, telling().exerciseName)).toBe('Something has changed');
  });
});

describe('what to do, and how sure it is', () => {
  const rules = [
    trend('sustained-worsening', {}, 'weakness'),
    trend('sustained-worsening', {}, 'reach'),
    trend('flare', { last: '2026-11-11' }, 'pain'),
    trend('spreading', { how: 'other-side', places: [{ region: 'calf', side: 'right' }] }, 'reach'),
    trend('aggravated-by', { exercises: [{ exercise: 'bridge', stream: 'pain', moment: 'after', rose: 3, of: 5 }] })
  ];

  it('each rule has its own advice, with sources and its review state', () => {
    const advice = rules.map((one) => guidanceOn(one));
    expect(new Set(advice.map(({ todo }) => todo.map((line) => line()).join())).size).toBe(rules.length);
    expect(advice.every(({ sources, review }) => sources.length > 0 && review === 'unreviewed')).toBe(true);
  });

  it('never says what the person has', () => {
    const said = rules.flatMap((one) => [...sentencesOf(one, telling()), ...guidanceOn(one).todo.map((line) => line())]);
    expect(said.filter((line) => /you have (a|an) /i.test(line) || /diagnos/i.test(line))).toEqual([]);
  });

  it('says how often it is wrong, by the rate of then', () => {
    const rated = (rate: number | null) => surenessOf(trend('sustained-worsening', { false_alarms_per_year: rate }, 'pain'));
    expect(rated(0.25)).toContain('about once in 4 years');
    expect(rated(1)).toContain('about once a year');
    expect(rated(null)).toBe('');
    const exercise = (rate: number) => surenessOf({ ...(rules[4] as Trend), rate });
    expect(exercise(1)).toContain('about once in 4 years');
    expect(exercise(0.5)).toContain('about once in 10 years');
    expect(exercise(0.25)).toContain('hardly ever');
    expect(exercise(0.4)).toBe('');
  });
});

describe('the life of a flag', () => {
  const step = (state: 'open' | 'seen' | 'resolved' | 'reopened', by: 'person' | 'physiotherapist' | null, reason: string | null = null) =>
    stepWords({ at: '2026-11-19T12:00:00Z', by, state, level: 'W', reason });

  it('says who did what', () => {
    expect(step('open', null)).toBe('Noted');
    expect(step('seen', 'person')).toBe('Read by you');
    expect(step('seen', 'person', 'appointment')).toBe('Put off by you: I have an appointment');
    expect(step('resolved', 'physiotherapist', 'checked')).toContain('Settled by your physiotherapist');
    expect(step('reopened', 'person')).toBe('Opened again by you');
  });

  it('says what the rules took back themselves', () => {
    expect(step('resolved', null, 'corrected')).toContain('Taken back');
    expect(step('resolved', null, 'sensitivity')).toContain('told less often');
    expect(step('reopened', null)).toContain('stands again');
    expect(reasonWords('something new')).toBe('for another reason');
  });

  it('only an end of one\'s own can be taken back', () => {
    const flag = { state: 'resolved' } as Parameters<typeof isOnesOwnEnd>[0];
    expect(isOnesOwnEnd({ ...flag, reason: 'checked' })).toBe(true);
    expect(isOnesOwnEnd({ ...flag, reason: 'corrected' })).toBe(false);
    expect(isOnesOwnEnd({ ...flag, reason: 'mistake', state: 'seen' })).toBe(false);
  });
});

describe('what got better', () => {
  const better = { since: '2026-11-08', day: '2026-11-19', below: 9, entries: 11 };

  it('is told by its levels, or by how far it reaches', () => {
    expect(betterWords({ ...better, stream: 'pain', baseline: 6.1, recent: 3.9 }, '2026-11-21')).toBe(
      'Pain was usually about 6; since 8 November it is about 4.'
    );
    const reach = (baseline: number, recent: number) => betterWords({ ...better, stream: 'reach', baseline, recent }, '2026-11-21');
    expect(reach(7, 4)).toContain('only about as far as the thigh');
    expect(reach(7, 0.2)).toContain('mostly nothing to feel');
    expect(reach(7.2, 6.9)).toContain('on fewer days');
  });
});
