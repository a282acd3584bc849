/** The drawing itself: uPlot for scales, axes and the lines of the means; the dots of single days are ours. */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { STREAMS, type Stream } from '#lib/domain/types.ts';
import type { Series } from '#lib/domain/days.ts';
import { stepFor, ticks, tickWords } from './axis.ts';
import { drawSaddles, drawTold } from './plotmarks.ts';
import { STROKES, addMarker } from './strokes.ts';
import { AIR, isFar, type Span } from './span.ts';

export interface Drawing {
  readonly area: HTMLElement;
  setSeries(series: Series): void;
  show(span: Span): void;
  setShown(streams: readonly Stream[]): void;
  /** The days on which a change was told, as day numbers. */
  setTold(days: readonly number[]): void;
  markDay(day: number | null): void;
  /** Reads the colours and the text size again and paints anew. */
  restyle(): void;
  fit(): void;
  destroy(): void;
}

interface Look {
  streams: Record<Stream, string>;
  ink: string;
  line: string;
  danger: string;
  font: string;
  rem: number;
}

const TOP = 10;
const DENSE = 1.5;

/** Canvas knows no custom properties: a probe element resolves each token, light or dark. */
function readLook(host: HTMLElement): Look {
  const probe = document.createElement('span');
  host.append(probe);
  const colour = (token: string) => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const streams = Object.fromEntries(STREAMS.map((stream) => [stream, colour(STROKES[stream].token)]));
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  const look = {
    streams: streams as Record<Stream, string>,
    ink: colour('--ink-soft'),
    line: colour('--line'),
    danger: colour('--danger'),
    font: `${rem}px ${getComputedStyle(host).fontFamily}`,
    rem
  };
  probe.remove();
  return look;
}

/** uPlot's columns: the days, then the means of each stream. */
function columns(series: Series, far: boolean): uPlot.AlignedData {
  const means = far ? series.longMeans : series.means;
  return [series.days, ...STREAMS.map((stream) => means[stream])] as uPlot.AlignedData;
}

function axes(look: () => Look): uPlot.Axis[] {
  const common = {
    stroke: () => look().ink,
    font: look().font,
    ticks: { show: false },
    gap: look().rem * 0.35
  };
  const apart = (u: uPlot) => {
    const { min = 0, max = 1 } = u.scales.x ?? {};
    return (look().rem * 3.8 * (max - min)) / Math.max(1, u.over.clientWidth || u.width);
  };
  return [
    {
      ...common,
      size: look().rem * 1.7,
      splits: (u, _axis, min, max) => ticks(min, max, stepFor(apart(u))),
      values: (u, splits) => splits.map((day) => tickWords(day, stepFor(apart(u)))),
      grid: { stroke: () => look().line, width: 1 }
    },
    {
      ...common,
      size: look().rem * 1.75,
      splits: (u) => (u.height < look().rem * 14 ? [0, 5, TOP] : [0, 2, 4, 6, 8, TOP]),
      values: (_u, splits) => splits.map(String),
      grid: { stroke: () => look().line, width: 1 }
    }
  ];
}

function drawDots(u: uPlot, series: Series, shown: ReadonlySet<Stream>, look: Look): void {
  const { min = 0, max = 1 } = u.scales.x ?? {};
  const first = series.days[0] ?? 0;
  const from = Math.max(0, Math.floor(min - first));
  const to = Math.min(series.days.length - 1, Math.ceil(max - first));
  const { left, top, width, height } = u.bbox;
  const ratio = uPlot.pxRatio;
  const perDay = width / (max - min);
  const dense = perDay < DENSE * ratio;
  const radius = Math.min(3.6 * ratio, Math.max(1.4 * ratio, perDay * 0.3));
  // Four streams often share a value: close up, their dots stand side by side.
  const dodge = perDay > 9 * ratio ? Math.min(perDay * 0.19, radius * 1.9) : 0;
  u.ctx.save();
  u.ctx.beginPath();
  u.ctx.rect(left, top, width, height);
  u.ctx.clip();
  u.ctx.globalAlpha = dense ? 0.4 : 0.8;
  STREAMS.forEach((stream, n) => {
    if (!shown.has(stream)) return;
    const path = new Path2D();
    let column = -1;
    let taken = 0;
    for (let at = from; at <= to; at++) {
      const value = series.values[stream][at] ?? null;
      if (value === null) continue;
      const x = left + (first + at - min) * perDay + (n - 1.5) * dodge;
      // From afar many days fall on one spot: one dot says it.
      const here = dense ? Math.floor(x / (radius * 1.5)) : at;
      if (here !== column) taken = 0;
      column = here;
      if (taken & (1 << value)) continue;
      taken |= 1 << value;
      addMarker(path, dense ? 'square' : STROKES[stream].marker, x, u.valToPos(value, 'y', true), radius);
    }
    u.ctx.fillStyle = look.streams[stream];
    u.ctx.fill(path);
  });
  u.ctx.restore();
}

// From afar bold lines would run into each other.
function thinOut(u: uPlot): void {
  const { min = 0, max = 1 } = u.scales.x ?? {};
  const perDay = u.over.clientWidth / (max - min);
  for (const line of u.series.slice(1)) line.width = perDay < 0.4 ? 1.5 : perDay < 1.2 ? 2 : 2.75;
}

export function createDrawing(host: HTMLElement, initial: Series, start: Span): Drawing {
  let look = readLook(host);
  let series = initial;
  let span = start;
  let far = isFar(start);
  let shown: ReadonlySet<Stream> = new Set(STREAMS);
  let marked: number | null = null;
  let told: readonly number[] = [];
  const plot = make();
  const cursor = addCursor();

  function make(): uPlot {
    const options: uPlot.Options = {
      width: host.clientWidth,
      height: host.clientHeight,
      legend: { show: false },
      cursor: { show: false },
      padding: [look.rem * 0.5, look.rem * 0.5, 0, 0],
      scales: {
        x: { time: false, range: () => [span.min, span.max] },
        y: { range: [-0.4, TOP + 0.4] }
      },
      axes: axes(() => look),
      series: [
        {},
        ...STREAMS.map((stream) => ({
          show: shown.has(stream),
          stroke: () => look.streams[stream],
          dash: STROKES[stream].dash,
          width: 2.75,
          points: { show: false }
        }))
      ],
      hooks: {
        drawAxes: [thinOut, (u) => far || drawDots(u, series, shown, look)],
        draw: [(u) => drawSaddles(u, series, look.danger), (u) => drawTold(u, told, look.ink)]
      }
    };
    return new uPlot(options, columns(series, far), host);
  }

  function addCursor(): HTMLElement {
    const line = document.createElement('div');
    line.className = 'day-line';
    plot.over.append(line);
    return line;
  }

  function placeCursor() {
    const inside = marked !== null && marked >= span.min && marked <= span.max;
    cursor.hidden = !inside;
    if (!inside || marked === null) return;
    const x = ((marked - span.min) / (span.max - span.min)) * plot.over.clientWidth;
    cursor.style.transform = `translateX(${x}px)`;
  }

  return {
    get area() {
      return plot.over;
    },
    setSeries(next) {
      series = next;
      plot.setData(columns(series, far), false);
      plot.setScale('x', span);
    },
    show(next) {
      span = next;
      if (isFar(next) !== far) {
        far = !far;
        plot.setData(columns(series, far), false);
      }
      plot.setScale('x', span);
      placeCursor();
    },
    setShown(streams) {
      shown = new Set(streams);
      plot.batch(() => STREAMS.forEach((stream, n) => plot.setSeries(n + 1, { show: shown.has(stream) })));
      plot.redraw(false);
    },
    setTold(days) {
      told = days;
      plot.redraw(false);
    },
    markDay(day) {
      marked = day;
      placeCursor();
    },
    restyle() {
      look = readLook(host);
      plot.redraw(false, true);
    },
    fit() {
      plot.setSize({ width: host.clientWidth, height: host.clientHeight });
      placeCursor();
    },
    destroy() {
      plot.destroy();
    }
  };
}

export function limitsOf(series: Series): Span {
  const first = series.days[0] ?? 0;
  const last = series.days.at(-1) ?? first;
  return { min: first - AIR, max: last + AIR };
}
