import { DEFAULT_SETTINGS, readSettings, type CueSettings } from '#lib/domain/playercues.ts';

const KEY = 'unpinch-player';

function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    // Storage is switched off: the defaults hold for this visit.
    return null;
  }
}

/** How this device gives cues. It belongs to the device, not to the person: a tablet may not vibrate. */
class Preferences {
  cues = $state.raw<CueSettings>(typeof localStorage === 'undefined' ? DEFAULT_SETTINGS : readSettings(stored()));

  change(patch: Partial<CueSettings>): void {
    this.cues = { ...this.cues, ...patch };
    try {
      localStorage.setItem(KEY, JSON.stringify(this.cues));
    } catch {
      // Storage is full or switched off: the choice holds for this visit.
    }
  }
}

export const preferences = new Preferences();
