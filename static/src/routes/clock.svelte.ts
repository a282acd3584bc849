/** The time as a screen shows it: one that lay open overnight must not go on about yesterday. Made by a component. */
export class Clock {
  /** In ms. */
  at = $state(Date.now());

  constructor() {
    $effect(() => {
      const tick = () => (this.at = Date.now());
      const timer = setInterval(tick, 60_000);
      document.addEventListener('visibilitychange', tick);
      return () => {
        clearInterval(timer);
        document.removeEventListener('visibilitychange', tick);
      };
    });
  }
}
