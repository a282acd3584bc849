/**
 * The player on the lock screen: which exercise it is, pause and go on, the step before and the next. Systems show, and
 * let run with the screen off, only what plays a real sound, so a sound that nobody hears is played along.
 */
import type { View } from '#lib/domain/playerview.ts';
import { m } from '#lib/paraglide/messages.js';
import type { ActName } from './acts.ts';
import quiet from './quiet.flac?url&no-inline';

/** How the sounds of this page go with those of other apps; only Safari knows it (w3.org/TR/audio-session). */
interface WithAudioSession {
  audioSession?: { type: 'auto' | 'playback' | 'transient' };
}

const HANDLED: Partial<Record<MediaSessionAction, ActName>> = {
  play: 'play',
  pause: 'pause',
  // A television's remote has one of these, or the other.
  stop: 'pause',
  nexttrack: 'next',
  previoustrack: 'previous',
  seekforward: 'next',
  seekbackward: 'previous'
};

const ARTWORK = [192, 512].map((size) => ({
  src: `/icons/icon-${size}.png`,
  sizes: `${size}x${size}`,
  type: 'image/png'
}));

const session = () => (typeof navigator !== 'undefined' && 'mediaSession' in navigator ? navigator.mediaSession : null);

/** Can the routine be shown and steered on the lock screen of this device? */
export const hasLockScreen = () => session() !== null;

export class LockScreen {
  #sound: HTMLAudioElement | null = null;
  #running = false;
  /** The page was put to sleep, and its sound with it. */
  #frozen = false;
  /** What listens to the page, until the player is closed. */
  #listening: AbortController | null = null;
  #command: (name: ActName) => void;

  constructor(command: (name: ActName) => void) {
    this.#command = command;
  }

  /**
   * Within a tap or a key press, as for every sound. With `music` the person's own goes on: what lowers it may not play
   * all the time, and what does not play is not shown.
   */
  open(music: boolean): void {
    const { audioSession } = navigator as Navigator & WithAudioSession;
    // "playback" silences other apps, but goes on with the screen off and with the mute switch on; "transient" only
    // lowers them for as long as something sounds, and stops in the background.
    if (audioSession) audioSession.type = music ? 'transient' : 'playback';
    if (music || !session()) return;
    for (const [action, name] of Object.entries(HANDLED)) handle(action as MediaSessionAction, () => this.#command(name));
    this.#sound ??= this.#make();
    // After a reload the player runs already, and this is the first tap.
    if (this.#running) this.#play();
  }

  #make(): HTMLAudioElement {
    const sound = new Audio(quiet);
    sound.loop = true;
    sound.addEventListener('pause', () => {
      // It comes a task later: paused and resumed in one breath, the sound plays again by then.
      if (!sound.paused || !sound.dataset.wanted || sound !== this.#sound) return;
      // A page that was asleep goes on by the clock; otherwise a call, or another app's sound, has taken over.
      if (this.#frozen) this.#play();
      else this.#command('pause');
    });
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    document.addEventListener('freeze', () => (this.#frozen = true), { signal });
    // What the sound says of its sleep comes just after this.
    document.addEventListener('resume', () => setTimeout(() => (this.#frozen = false), 1000), { signal });
    return sound;
  }

  show(view: View): void {
    this.#running = view.status === 'running';
    const media = session();
    if (!media || !this.#sound) return;
    if (view.status === 'ended') return this.close();
    media.playbackState = this.#running ? 'playing' : 'paused';
    // Anybody may see a lock screen: the exercise and the place in the routine, not what it is for.
    media.metadata = new MediaMetadata({
      title: view.item?.name ?? m.app_name(),
      artist: m.player_exercise_of({ number: view.item_number, total: view.items }),
      album: m.app_name(),
      artwork: ARTWORK
    });
    place(media, view);
    if (this.#running) this.#play();
    else this.#rest();
  }

  close(): void {
    this.#running = false;
    this.#frozen = false;
    this.#rest();
    this.#sound = null;
    this.#listening?.abort();
    const { audioSession } = navigator as Navigator & WithAudioSession;
    if (audioSession) audioSession.type = 'auto';
    const media = session();
    if (!media) return;
    for (const action of Object.keys(HANDLED)) handle(action as MediaSessionAction, null);
    media.metadata = null;
    media.playbackState = 'none';
  }

  #play(): void {
    const sound = this.#sound;
    if (!sound || !sound.paused) return;
    sound.dataset.wanted = 'yes';
    // Refused without a tap (after a reload): the routine goes on without a lock screen until the next one.
    sound.play().catch(() => undefined);
  }

  #rest(): void {
    if (!this.#sound) return;
    delete this.#sound.dataset.wanted;
    this.#sound.pause();
  }
}

function handle(action: MediaSessionAction, handler: (() => void) | null): void {
  try {
    session()?.setActionHandler(action, handler);
  } catch {
    // This browser does not know that one.
  }
}

/** How far the routine is. It cannot be dragged: nobody leaves out half of it by a slip of the thumb. */
function place(media: MediaSession, { overall, routine_seconds_left }: View): void {
  const duration = overall < 1 ? routine_seconds_left / (1 - overall) : 0;
  if (!(duration > 0) || !media.setPositionState) return;
  const position = Math.min(duration, Math.max(0, duration - routine_seconds_left));
  media.setPositionState({ duration, position, playbackRate: 1 });
}
