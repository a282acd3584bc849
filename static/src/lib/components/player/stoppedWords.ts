import type { StoppedFor } from '#lib/domain/stopped.ts';
import { m } from '#lib/paraglide/messages.js';

export const STOPPED_WORDS: Record<StoppedFor, () => string> = {
  pain: m.stopped_pain,
  numbness: m.stopped_numbness,
  weakness: m.stopped_weakness,
  further: m.stopped_further
};
