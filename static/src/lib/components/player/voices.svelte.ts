const api = () => (typeof speechSynthesis === 'undefined' ? null : speechSynthesis);

/** Some browsers name their voices a moment after they are asked; without any, what they are told to say is never heard. */
class Voices {
  #count = $state.raw(api()?.getVoices().length ?? 0);

  constructor() {
    const speech = api();
    speech?.addEventListener?.('voiceschanged', () => (this.#count = speech.getVoices().length));
  }

  get any(): boolean {
    return this.#count > 0;
  }
}

export const voices = new Voices();
