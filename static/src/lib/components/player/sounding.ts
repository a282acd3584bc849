/** Makes cues heard and felt, with whatever the browser has. Sound may begin only after a tap: call `unlock` in one. */
import type { Cue, CueSettings } from '#lib/domain/playercues.ts';
import { TONES, VIBRATIONS } from '#lib/domain/playercues.ts';
import { spoken } from './words.ts';

export const canSpeak = () => typeof speechSynthesis !== 'undefined';
export const canVibrate = () => typeof navigator !== 'undefined' && typeof navigator.vibrate === 'function';
/** After a reload nothing has been touched yet: the browser would refuse, and say so. */
const mayVibrate = () => canVibrate() && navigator.userActivation?.hasBeenActive !== false;

const LOUDNESS = 0.3;
const GAP_SECONDS = 0.05;

export class Sounding {
  #audio: AudioContext | null = null;
  #spoken = false;

  /** Within a tap or a key press: from then on the browser lets sounds through. */
  unlock(): void {
    if (typeof AudioContext !== 'undefined') {
      this.#audio ??= new AudioContext();
      // Refused without a tap; the next tap tries again.
      this.#audio.resume().catch(() => undefined);
    }
    // iOS speaks later only if it has spoken within a tap, be it nothing.
    if (canSpeak() && !this.#spoken) speechSynthesis.speak(new SpeechSynthesisUtterance(''));
    this.#spoken = true;
  }

  give(cue: Cue, settings: CueSettings): void {
    if (settings.vibration && mayVibrate()) navigator.vibrate(VIBRATIONS[cue.kind]);
    if (settings.tones) this.#ring(cue);
    // The last three seconds are tones; they are counted aloud only for those who have no tones.
    if (settings.voice && (cue.kind !== 'tick' || !settings.tones)) this.#say(spoken(cue), settings.voice_speed);
  }

  hush(): void {
    if (canSpeak()) speechSynthesis.cancel();
    if (mayVibrate()) navigator.vibrate(0);
  }

  close(): void {
    this.hush();
    void this.#audio?.close();
    this.#audio = null;
  }

  #say(text: string, rate: number): void {
    if (!canSpeak()) return;
    const words = new SpeechSynthesisUtterance(text);
    words.lang = document.documentElement.lang || 'en';
    words.rate = rate;
    // What is still being said belongs to the step before.
    speechSynthesis.cancel();
    speechSynthesis.speak(words);
  }

  #ring({ kind }: Cue): void {
    const audio = this.#audio;
    if (!audio || audio.state !== 'running') return;
    let at = audio.currentTime;
    for (const { pitch, length } of TONES[kind]) {
      const seconds = length / 1000;
      const oscillator = new OscillatorNode(audio, { frequency: pitch });
      const gain = new GainNode(audio, { gain: 0 });
      // Soft edges: a tone that starts at once clicks.
      gain.gain.setValueAtTime(0, at);
      gain.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02);
      gain.gain.linearRampToValueAtTime(0, at + seconds);
      oscillator.connect(gain).connect(audio.destination);
      oscillator.start(at);
      oscillator.stop(at + seconds);
      at += seconds + GAP_SECONDS;
    }
  }
}
