/** An alarm clock that is on time in a hidden page, too: browsers slow a page's own timers to one a second or a minute. */
export interface Alarm {
  /** In so many milliseconds from now, in place of what was set before; null: not at all. */
  set(delay: number | null): void;
  stop(): void;
}

export function alarm(ring: () => void): Alarm {
  try {
    const worker = new Worker(new URL('./alarm.worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ring;
    return { set: (delay) => worker.postMessage(delay), stop: () => worker.terminate() };
  } catch {
    // No workers of this kind: the page's own timer, which is on time while the page is in front.
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = () => clearTimeout(timer);
    const set = (delay: number | null) => {
      stop();
      if (delay !== null) timer = setTimeout(ring, delay);
    };
    return { set, stop };
  }
}
