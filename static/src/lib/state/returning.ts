/** Two of the browser's words for one return come within this. In ms. */
const ONE_RETURN = 1_000;

/**
 * Asks anew each time somebody comes back to what is open: to this tab, or to this window. Of what other people may end
 * at any time, a screen does not stay as it was. Answers what ends it, for `onMount`.
 */
export function onReturn(look: () => void): () => void {
  let last = -ONE_RETURN;
  const back = () => {
    if (document.visibilityState !== 'visible' || performance.now() - last < ONE_RETURN) return;
    last = performance.now();
    look();
  };
  document.addEventListener('visibilitychange', back);
  window.addEventListener('focus', back);
  return () => {
    document.removeEventListener('visibilitychange', back);
    window.removeEventListener('focus', back);
  };
}
