import { describe, expect, it } from 'vitest';
import { AHEAD_MS, isBooked, onCard, rebook, wakeIn, type Booking } from './playerbooking.ts';
import { forward, pause, resume, tick, upcoming, type Moment, type PlayerState } from './player.ts';
import { T0, begin, item, random } from './player.fixtures.ts';

const moment = (key: string, at: number): Moment => ({ key, at, cue: { kind: 'tick', seconds: 1 } });
/** The card was switched on 5 s before the routine began. */
const clocks = (wall: number, off = 0) => ({ wall, audio: 5 + (wall - T0) / 1000 + off });
const names = (list: readonly Booking[]) => list.map((one) => `${one.key} ${one.at.toFixed(2)}`);

describe('booking tones', () => {
  const wanted = [moment('a', T0 + 1000), moment('b', T0 + 61_000)];

  it('puts them on the clock of the sound card', () => {
    expect(names(rebook([], wanted, clocks(T0)).book)).toEqual(['a 6.00', 'b 66.00']);
  });

  it('leaves what is booked as it is', () => {
    const { book } = rebook([], wanted, clocks(T0));
    expect(rebook(book, wanted, clocks(T0 + 500))).toEqual({ keep: book, cancel: [], book: [] });
  });

  it('books anew when the clocks have moved apart, but not for a hair', () => {
    const { book } = rebook([], wanted, clocks(T0));
    expect(rebook(book, wanted, clocks(T0 + 500, 0.005)).cancel).toEqual([]);
    const moved = rebook(book, wanted, clocks(T0 + 500, 0.05));
    expect(names(moved.cancel)).toEqual(['a 6.00', 'b 66.00']);
    expect(names(moved.book)).toEqual(['a 6.05', 'b 66.05']);
  });

  it('takes all back when nothing is wanted any more, except what sounds already', () => {
    const { book } = rebook([], wanted, clocks(T0));
    const { keep, cancel } = rebook(book, [], clocks(T0 + 1000));
    expect([names(keep), names(cancel)]).toEqual([['a 6.00'], ['b 66.00']]);
  });

  it('does not ring again what has just rung, nor what is long past', () => {
    const { book } = rebook([], wanted, clocks(T0));
    expect(rebook(book, wanted, clocks(T0 + 1050)).book).toEqual([]);
    expect(rebook([], wanted, clocks(T0 + 1200)).book.map((one) => one.key)).toEqual(['b']);
  });

  it('rings at once what is only a little late', () => {
    expect(names(rebook([], wanted, clocks(T0 + 1050)).book)).toEqual(['a 6.05', 'b 66.00']);
  });

  it('rings again for a step that is begun again', () => {
    const { book } = rebook([], wanted, clocks(T0));
    const again = [moment('a', T0 + 2500)];
    expect(names(rebook(book, again, clocks(T0 + 1500)).book)).toEqual(['a 7.50']);
  });
});

describe('the next awakening', () => {
  it('is aimed at the next cue', () => {
    const wanted = [moment('a', T0 + 1000), moment('b', T0 + 61_000)];
    expect(wakeIn(wanted, T0)).toBe(1000);
    expect(wakeIn(wanted, T0 + 1000)).toBe(60_000);
    expect(wakeIn(wanted, T0 + 61_000)).toBeNull();
    expect(wakeIn([moment('a', T0 + 1000)], T0 + 999.4)).toBe(1);
  });
});

/** A sound card that plays what it was given, and whose clock may be off, and may stop while the page is frozen. */
class Card {
  booked: (Booking & { cue: Moment['cue'] })[] = [];
  rung: { key: string; at: number }[] = [];
  constructor(
    readonly rate = 1,
    public off = 0
  ) {}
  clocks = (wall: number) => ({ wall, audio: 5 + ((wall - T0) / 1000) * this.rate + this.off });
  /** As the page does: what is due now rings now, unless it was booked; the rest is booked. */
  look(state: PlayerState, wall: number): PlayerState {
    this.play(wall);
    const { state: now, moment } = tick(state, wall);
    const clocks = this.clocks(wall);
    if (moment && !isBooked(this.booked, moment.key, onCard(moment.at, clocks)))
      this.booked.push({ key: moment.key, cue: moment.cue, at: clocks.audio });
    const { keep, book } = rebook(this.booked, upcoming(now, wall, wall + AHEAD_MS), clocks);
    this.booked = [...keep, ...book];
    this.play(wall);
    return now;
  }
  /** What has begun by then has been heard: with the moment of the wall clock at which it was. */
  play(wall: number): void {
    const { audio } = this.clocks(wall);
    for (const { key, at } of this.booked)
      if (at <= audio && !this.rung.some((one) => one.key === key && Math.abs(one.at - at) < 1e-9)) this.rung.push({ key, at });
  }
  wallOf = (at: number) => T0 + ((at - 5 - this.off) / this.rate) * 1000;
}

function play(card: Card, from: PlayerState, looks: (next: () => number) => number, seconds: number, seed = 1) {
  const next = random(seed);
  let state = from;
  const planned = upcoming(state, T0, T0 + seconds * 1000);
  for (let now = T0; now <= T0 + seconds * 1000 + 1000; now += looks(next)) state = card.look(state, now);
  card.play(T0 + seconds * 1000 + 1000);
  return planned;
}

const ROUTINE = [
  item('bridge', { repetitions: 6, sides: 'both', rest_seconds: 10 }),
  item('clamshell', { repetitions: 12, hold_seconds: 0, tempo: '2-0-2', sets: 2 })
];
const TEN_MINUTES = 600;

describe('a routine on the sound card', () => {
  it.each([
    ['looked at five times a second', () => 200],
    ['looked at once a second', () => 1000],
    ['looked at once a minute', () => 60_000],
    ['looked at now and then', (next: () => number) => 50 + next() * 70_000]
  ])('rings every cue once and on time, %s', (_, looks) => {
    // A card whose clock is 100 millionths fast.
    const card = new Card(1.0001);
    const planned = play(card, begin(...ROUTINE), looks, TEN_MINUTES);
    expect(card.rung.map((one) => one.key)).toEqual(planned.map((one) => one.key));
    card.rung.forEach(({ at }, place) => expect(Math.abs(card.wallOf(at) - planned[place]!.at)).toBeLessThanOrEqual(22));
  });

  it('rings nothing while paused or skipped, and all of the rest afterwards', () => {
    const card = new Card();
    let state = begin(...ROUTINE);
    const at = (second: number, act?: (one: PlayerState, now: number) => PlayerState) => {
      const now = T0 + second * 1000;
      state = card.look(act ? act(state, now) : state, now);
    };
    at(0);
    at(10, pause);
    expect(card.rung.map((one) => one.key)).toEqual(['0.0']);
    at(60, resume);
    at(61, forward);
    at(62);
    // Announced again after the pause.
    expect(card.rung.map((one) => one.key)).toEqual(['0.0', '0.0', '1.0']);
    const ahead = card.booked.filter((one) => one.at > card.clocks(T0 + 62_000).audio);
    expect(ahead.every((one) => !one.key.startsWith('0.'))).toBe(true);
  });

  it('comes right again when the card stood still while the page was frozen', () => {
    const card = new Card();
    let state = begin(...ROUTINE);
    for (let now = T0; now < T0 + 20_000; now += 200) state = card.look(state, now);
    card.off = -30;
    const rungBefore = card.rung.length;
    for (let now = T0 + 50_000; now < T0 + 90_000; now += 200) state = card.look(state, now);
    const expected = upcoming(begin(...ROUTINE), T0, T0 + 89_800).filter((one) => one.at > T0 + 50_000);
    // The step that goes on is announced anew, late.
    const [announced, ...late] = card.rung.slice(rungBefore);
    expect(announced?.key).toBe('3.0');
    expect(late.map((one) => one.key)).toEqual(expected.map((one) => one.key));
    late.forEach(({ at }, place) => expect(Math.abs(card.wallOf(at) - expected[place]!.at)).toBeLessThanOrEqual(22));
  });

  it('knows a moment on both clocks', () => {
    expect(onCard(T0 + 2000, clocks(T0))).toBe(7);
  });
});
