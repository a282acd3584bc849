/**
 * Fingers, mouse and wheel on the chart: one pointer drags, two pinch, a wheel with Ctrl (or a pinch on a trackpad)
 * zooms, a sideways wheel moves, a short press taps. Scrolling the page up and down stays the browser's.
 */
import { panned, zoomed, type Span } from './span.ts';

export interface Surface {
  span(): Span;
  limits(): Span;
  show(span: Span): void;
  tap(day: number): void;
  hover(day: number | null): void;
}

/** A finger that moved less than this still taps. */
const TAP_PX = 8;

export function attachGestures(area: HTMLElement, surface: Surface): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const fingers = new Map<number, number>();
  let moved = 0;

  const place = (event: MouseEvent) => event.clientX - area.getBoundingClientRect().left;
  const perPixel = () => (surface.span().max - surface.span().min) / Math.max(1, area.clientWidth);
  const dayAt = (x: number) => surface.span().min + x * perPixel();

  function move(event: PointerEvent) {
    const x = place(event);
    const before = fingers.get(event.pointerId);
    if (before === undefined) {
      if (event.pointerType === 'mouse') surface.hover(dayAt(x));
      return;
    }
    const others = [...fingers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    const other = others[0];
    moved += Math.abs(x - before);
    fingers.set(event.pointerId, x);
    if (other === undefined) {
      if (moved > TAP_PX) surface.show(panned(surface.span(), (before - x) * perPixel(), surface.limits()));
      return;
    }
    // The day under the resting finger stays there.
    const factor = Math.max(8, Math.abs(x - other)) / Math.max(8, Math.abs(before - other));
    surface.show(zoomed(surface.span(), factor, dayAt(other), surface.limits()));
  }

  function down(event: PointerEvent) {
    if (event.button !== 0) return;
    if (fingers.size === 0) moved = 0;
    else moved = Infinity;
    fingers.set(event.pointerId, place(event));
    area.setPointerCapture(event.pointerId);
  }

  function up(event: PointerEvent) {
    const known = fingers.delete(event.pointerId);
    if (known && event.type === 'pointerup' && fingers.size === 0 && moved <= TAP_PX) surface.tap(dayAt(place(event)));
  }

  function wheel(event: WheelEvent) {
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (!sideways && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    const next = sideways
      ? panned(surface.span(), event.deltaX * unit * perPixel(), surface.limits())
      : zoomed(surface.span(), Math.exp(-event.deltaY * unit * 0.004), dayAt(place(event)), surface.limits());
    surface.show(next);
  }

  area.addEventListener('pointerdown', down, { signal });
  area.addEventListener('pointermove', move, { signal });
  area.addEventListener('pointerup', up, { signal });
  area.addEventListener('pointercancel', up, { signal });
  area.addEventListener('pointerleave', () => surface.hover(null), { signal });
  area.addEventListener('wheel', wheel, { signal, passive: false });
  return () => stop.abort();
}
