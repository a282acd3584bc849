/**
 * lock: the screen stays on. unsure: the browser has no wake lock; a silent moving picture is played, which keeps many
 * screens on, and the person is told.
 */
export type Awake = 'lock' | 'unsure';

export const canStayAwake = () => typeof navigator !== 'undefined' && 'wakeLock' in navigator;

/** Keeps the screen on until the returned function is called. Call it in a tap. */
export function keepAwake(report: (awake: Awake) => void): () => void {
  let released = false;
  let lock: WakeLockSentinel | null = null;
  let stopPicture: (() => void) | null = null;

  function fallBack() {
    if (released) return;
    stopPicture ??= playPicture();
    report('unsure');
  }

  async function acquire() {
    if (released || document.visibilityState !== 'visible') return;
    // Missing in older browsers, and on addresses without https.
    if (!canStayAwake()) return fallBack();
    try {
      lock = await navigator.wakeLock.request('screen');
      if (released) return void lock.release();
      report('lock');
    } catch {
      // Refused: battery saver, mostly.
      fallBack();
    }
  }

  // The browser takes the lock back whenever the page is hidden.
  const again = () => void acquire();
  document.addEventListener('visibilitychange', again);
  void acquire();

  return () => {
    released = true;
    document.removeEventListener('visibilitychange', again);
    void lock?.release();
    stopPicture?.();
  };
}

/** A muted, invisible moving picture over the whole window: browsers keep the screen on for large playing videos. */
function playPicture(): (() => void) | null {
  const canvas = document.createElement('canvas');
  const brush = canvas.getContext('2d');
  if (!brush || typeof canvas.captureStream !== 'function') return null;
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.setAttribute('aria-hidden', 'true');
  Object.assign(video.style, { position: 'fixed', inset: '0', width: '100%', height: '100%' });
  Object.assign(video.style, { opacity: '0.001', pointerEvents: 'none' });
  video.srcObject = canvas.captureStream(2);
  document.body.append(video);
  let frame = 0;
  const paint = setInterval(() => {
    frame += 1;
    brush.fillRect(frame % 2, 0, 1, 1);
  }, 500);
  // Refused without a tap: then it only does not help.
  video.play().catch(() => undefined);
  return () => {
    clearInterval(paint);
    video.srcObject = null;
    video.remove();
  };
}
