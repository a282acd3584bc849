/**
 * Makes cues heard and felt, with whatever the browser has. Sound may begin only after a tap: call `unlock` in one.
 * Tones are booked ahead on the sound card's clock (domain/playerbooking), words and vibration begin when they are due.
 */
import type { Moment } from '#lib/domain/player.ts';
import { isBooked, onCard, rebook, type Booking, type Clocks } from '#lib/domain/playerbooking.ts';
import type { Cue, CueSettings } from '#lib/domain/playercues.ts';
import { VIBRATIONS, melodyOf, type Note } from '#lib/domain/playertones.ts';
import type { ActName } from './acts.ts';
import { LockScreen } from './lockscreen.ts';
import { preferences } from './preferences.svelte.ts';
import { spoken } from './spoken.ts';
import { voices } from './voices.svelte.ts';

/** Can this browser speak, and has it a voice to speak with? */
export const canSpeak = () => voices.any;
export const canVibrate = () => typeof navigator !== 'undefined' && typeof navigator.vibrate === 'function';
/** After a reload nothing has been touched yet: the browser would refuse, and say so. */
const mayVibrate = () => canVibrate() && navigator.userActivation?.hasBeenActive !== false;

const LOUDNESS = 0.3;
/** What is said at these is said only to those who have no tones for it, and never in the middle of other words. */
const MINOR: Cue['kind'][] = ['tick', 'return'];

interface Ringing extends Booking {
  oscillators: OscillatorNode[];
}

/** Whoever wants the voice where there is none is guided by tones. */
const wantsTones = (settings: CueSettings) => settings.tones || (settings.voice && !canSpeak());

export class Sounding {
  #audio: AudioContext | null = null;
  #booked: Ringing[] = [];
  #spoken = false;

  /** The routine on the lock screen, and what is asked of it there. */
  readonly lockScreen = new LockScreen((name) => this.oncommand?.(name));
  oncommand: ((name: ActName) => void) | null = null;

  /** Within a tap or a key press: from then on the browser lets sounds through, and shows the routine. */
  unlock(): void {
    this.#unlock();
    this.lockScreen.open(preferences.cues.music);
  }

  #unlock(): void {
    if (typeof AudioContext !== 'undefined') {
      this.#audio ??= new AudioContext();
      // Refused without a tap; the next tap tries again.
      this.#audio.resume().catch(() => undefined);
    }
    // iOS speaks later only if it has spoken within a tap, be it nothing.
    if (typeof speechSynthesis !== 'undefined' && !this.#spoken)
      speechSynthesis.speak(new SpeechSynthesisUtterance(''));
    this.#spoken = true;
  }

  /** A cue that is due now. Its tone may have been booked before. */
  give({ key, at, cue }: Moment, settings: CueSettings, room?: number): void {
    if (settings.vibration && mayVibrate()) navigator.vibrate(VIBRATIONS[cue.kind]);
    const clocks = this.#clocks();
    if (wantsTones(settings) && clocks && !isBooked(this.#booked, key, onCard(at, clocks)))
      this.#booked.push({ key, at: clocks.audio, oscillators: this.#ring(cue, clocks.audio) });
    if (settings.voice && !(MINOR.includes(cue.kind) && wantsTones(settings))) this.#say(cue, settings.voice_speed, room);
  }

  /** One cue by itself, to hear what it is like; in a tap, too. */
  tryOut(cue: Cue, settings: CueSettings): void {
    this.#unlock();
    this.give({ key: `try ${Date.now()}`, at: Date.now(), cue }, settings);
  }

  /** All the cues of the time to come; what was booked and is not among them is taken back. */
  book(wanted: readonly Moment[], settings: CueSettings): void {
    const clocks = this.#clocks();
    if (!clocks) {
      // The sound card was put to sleep, by a call: what it has booked would ring when it wakes, after the end, too.
      if (!wanted.length) this.#unbook();
      return;
    }
    const { keep, cancel, book } = rebook(this.#booked, wantsTones(settings) ? wanted : [], clocks);
    cancel.forEach(silence);
    this.#booked = [...keep, ...book.map(({ key, at, cue }) => ({ key, at, oscillators: this.#ring(cue, at) }))];
  }

  #unbook(): void {
    this.#booked.forEach(silence);
    this.#booked = [];
  }

  hush(): void {
    this.#unbook();
    if (typeof speechSynthesis !== 'undefined') speechSynthesis.cancel();
    if (mayVibrate()) navigator.vibrate(0);
  }

  close(): void {
    this.hush();
    this.lockScreen.close();
    void this.#audio?.close();
    this.#audio = null;
  }

  /** Null while nothing can sound: then nothing is booked, or it would all ring together later. */
  #clocks(): Clocks | null {
    const audio = this.#audio;
    if (!audio || audio.state !== 'running') return null;
    return { wall: Date.now(), audio: heardNow(audio) };
  }

  #say(cue: Cue, rate: number, room?: number): void {
    if (!canSpeak()) return;
    const minor = MINOR.includes(cue.kind) || cue.kind === 'halfway';
    if (minor && speechSynthesis.speaking) return;
    const text = spoken(cue, room, rate);
    if (!text) return;
    const words = new SpeechSynthesisUtterance(text);
    words.lang = document.documentElement.lang || 'en';
    words.rate = rate;
    // What is still being said belongs to the step before.
    speechSynthesis.cancel();
    speechSynthesis.speak(words);
  }

  #ring(cue: Cue, at: number): OscillatorNode[] {
    const audio = this.#audio!;
    return melodyOf(cue).map((note) => tone(audio, note, Math.max(at + note.after / 1000, audio.currentTime)));
  }
}

/**
 * What is heard at this instant, in seconds of the card's clock. It lies behind `currentTime`, by a fifth of a second with
 * wireless headphones; and `currentTime` itself moves on in jumps.
 */
function heardNow(audio: AudioContext): number {
  const roughly = audio.currentTime - Math.min(audio.outputLatency || 0, 0.5);
  const { contextTime = 0, performanceTime = 0 } = audio.getOutputTimestamp?.() ?? {};
  const exactly = contextTime + (performance.now() - performanceTime) / 1000;
  // Some browsers answer with zeros, or with a time from before they were put to sleep.
  return contextTime > 0 && Math.abs(exactly - roughly) < 0.25 ? exactly : roughly;
}

function tone(audio: AudioContext, { pitch, to, length, timbre }: Note, at: number): OscillatorNode {
  const ends = at + length / 1000;
  const oscillator = new OscillatorNode(audio, { frequency: pitch, type: timbre === 'bell' ? 'triangle' : 'sine' });
  const { frequency } = oscillator;
  frequency.setValueAtTime(pitch, at);
  if (to) frequency.exponentialRampToValueAtTime(to, ends);
  const gain = new GainNode(audio, { gain: 0 });
  // Soft edges: a tone that starts at once clicks.
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02);
  if (timbre === 'bell') gain.gain.setTargetAtTime(0, at + 0.03, length / 4000);
  else gain.gain.setValueAtTime(LOUDNESS, Math.max(at + 0.02, ends - 0.04));
  gain.gain.linearRampToValueAtTime(0, ends);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(at);
  oscillator.stop(ends);
  return oscillator;
}

function silence({ oscillators }: Ringing): void {
  for (const oscillator of oscillators) {
    oscillator.stop();
    oscillator.disconnect();
  }
}
