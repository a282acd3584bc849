import { settle, shown, tick, upcoming, type Moment, type PlayerState } from '#lib/domain/player.ts';
import { AHEAD_MS, wakeIn } from '#lib/domain/playerbooking.ts';
import { cuesOf } from '#lib/domain/playercues.ts';
import { view, type View } from '#lib/domain/playerview.ts';
import { ACTS, type ActName } from './acts.ts';
import { alarm, type Alarm } from './alarm.ts';

/** How often the screen is brought up to date; cues do not wait for it. */
const TICK_MS = 200;
/** A reload loses at most this much of what was held. */
const SNAPSHOT_MS = 5000;
/** How often the clocks of page and sound card are compared. */
const COMPARE_MS = 1000;

interface Hooks {
  /** A cue that is due, and the milliseconds in which it can be said. */
  oncue: (moment: Moment, room: number) => void;
  /** The cues of the next minute and a half, whenever they may have changed; none while nothing runs. */
  onahead: (moments: Moment[]) => void;
  /** A step or a pause, begun or over. */
  onturn: (view: View) => void;
  /** At each step, pause and end, and every few seconds: to be kept. */
  onsnapshot: (state: PlayerState) => void;
  onend: (state: PlayerState) => void;
}

/** A player that runs on the wall clock of this device. */
export class Run {
  #state = $state.raw() as PlayerState;
  #now = $state.raw(Date.now());
  readonly view: View = $derived(view(this.#state, this.#now));
  /** A question is open above the player: what comes from outside the page waits. */
  asking = false;
  #hooks: Hooks;
  #alarm: Alarm | null = null;
  #kept = 0;
  #compared = 0;

  constructor(state: PlayerState, hooks: Hooks) {
    this.#state = state;
    this.#hooks = hooks;
  }

  get state(): PlayerState {
    return this.#state;
  }

  /** One of the acts of domain/player, done now. */
  act(act: (state: PlayerState, now: number) => PlayerState): void {
    const now = Date.now();
    this.#take(act(this.#state, now), now);
    this.#compared = 0;
    this.look();
  }

  /** An act by its name, as a lock screen asks for it; not while the person is being asked something. */
  command(name: ActName): void {
    if (!this.asking) this.act(ACTS[name]);
  }

  /** Moves on to the present; cues that are due are given, and those to come made ready. */
  look(): void {
    const now = Date.now();
    const { state, moment } = tick(this.#state, now);
    // Before anything is drawn, shown on the lock screen or kept: words and vibration are not to wait for that.
    if (moment) this.#hooks.oncue(moment, roomOf(state, moment));
    this.#take(state, now);
    if (!moment && Math.abs(now - this.#compared) < COMPARE_MS) return;
    this.#compared = now;
    const ahead = upcoming(state, now, now + AHEAD_MS);
    this.#hooks.onahead(ahead);
    this.#alarm?.set(wakeIn(ahead, now));
  }

  /** Looks at the clock at each cue, for the screen, and whenever the page comes back to life; returns how to stop. */
  begin(): () => void {
    const look = () => this.look();
    const wake = () => {
      this.#compared = 0;
      this.look();
    };
    const keep = () => this.#keep(settle(this.#state, Date.now()));
    this.#alarm = alarm(wake);
    const timer = setInterval(look, TICK_MS);
    const awakening = ['visibilitychange', 'resume'] as const;
    for (const name of awakening) document.addEventListener(name, wake);
    addEventListener('pageshow', wake);
    addEventListener('pagehide', keep);
    this.#state = shown(this.#state, Date.now());
    this.#hooks.onturn(this.view);
    look();
    return () => {
      this.#alarm?.stop();
      this.#alarm = null;
      clearInterval(timer);
      for (const name of awakening) document.removeEventListener(name, wake);
      removeEventListener('pageshow', wake);
      removeEventListener('pagehide', keep);
    };
  }

  #take(state: PlayerState, now: number): void {
    const before = this.#state;
    this.#state = state;
    this.#now = now;
    const ended = state.status === 'ended' && before.status !== 'ended';
    const turned = state.status !== before.status || state.step !== before.step || state.plan !== before.plan;
    // The clock may have been set back: then the last time is no measure.
    const old = Math.abs(now - this.#kept) >= SNAPSHOT_MS && state.status === 'running';
    if (turned) this.#hooks.onturn(this.view);
    if (turned || old) this.#keep(state);
    if (ended) this.#hooks.onend(state);
  }

  #keep(state: PlayerState): void {
    this.#kept = Date.now();
    this.#hooks.onsnapshot(state);
  }
}

/** How long a cue can be spoken about before the next one. */
function roomOf(state: PlayerState, { cue }: Moment): number {
  const cues = cuesOf(state, state.step, state.elapsed);
  return cues.find((one) => one.cue.kind === cue.kind)?.room ?? Infinity;
}
