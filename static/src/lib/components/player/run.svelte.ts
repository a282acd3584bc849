import { settle, tick, view, type PlayerState, type View } from '#lib/domain/player.ts';
import type { Cue } from '#lib/domain/playercues.ts';

const TICK_MS = 200;
/** A reload loses at most this much of what was held. */
const SNAPSHOT_MS = 5000;

interface Hooks {
  oncue: (cue: Cue) => void;
  /** At each step, pause and end, and every few seconds: to be kept. */
  onsnapshot: (state: PlayerState) => void;
  onend: (state: PlayerState) => void;
}

/** A player that runs on the wall clock of this device. */
export class Run {
  #state = $state.raw() as PlayerState;
  #now = $state.raw(Date.now());
  readonly view: View = $derived(view(this.#state, this.#now));
  #hooks: Hooks;
  #kept = 0;

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
    this.look();
  }

  /** Moves on to the present; cues that are due are given. */
  look(): void {
    const now = Date.now();
    const { state, cue } = tick(this.#state, now);
    this.#take(state, now);
    if (cue) this.#hooks.oncue(cue);
  }

  /** Looks at the clock regularly, and whenever the page comes back into sight; returns how to stop that. */
  begin(): () => void {
    const look = () => this.look();
    const keep = () => this.#keep(settle(this.#state, Date.now()));
    const timer = setInterval(look, TICK_MS);
    document.addEventListener('visibilitychange', look);
    addEventListener('pagehide', keep);
    look();
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
      removeEventListener('pagehide', keep);
    };
  }

  #take(state: PlayerState, now: number): void {
    const before = this.#state;
    this.#state = state;
    this.#now = now;
    const ended = state.status === 'ended' && before.status !== 'ended';
    const turned = state.status !== before.status || state.step !== before.step;
    // The clock may have been set back: then the last time is no measure.
    const old = Math.abs(now - this.#kept) >= SNAPSHOT_MS && state.status === 'running';
    if (turned || old) this.#keep(state);
    if (ended) this.#hooks.onend(state);
  }

  #keep(state: PlayerState): void {
    this.#kept = Date.now();
    this.#hooks.onsnapshot(state);
  }
}
