/** The lower body from the waist to the feet, from the front and from the back: half of it, mirrored by shapes.ts. */
import { area, back, midline, part, smooth, stroke } from './outline.ts';
import type { Line } from './outline.ts';
import type { Half } from './shapes.ts';

const HEIGHT = 548;

const waist = smooth([0, 11], [42, 10], [84, 6]);

// The outer contour from the waist over hip, thigh, knee and calf to the ankle bone and the foot.
const outer = smooth(
  [84, 6], [82, 28], [88, 56], [99, 88], [106, 120], [108, 147], [106, 190], [100, 235], [92, 274], [89, 302],
  [91, 330], [97, 362], [96, 394], [89, 432], [83, 464], [86, 478], [92, 492], [106, 509]
);
// The inner contour from the crotch to the foot.
const inner = smooth(
  [0, 156], [7, 160], [11, 188], [18, 228], [27, 272], [31, 300], [30, 330], [26, 360], [29, 394], [38, 432],
  [45, 462], [42, 474], [46, 492], [45, 513]
);

// Front: the lines that part its areas.
const f = {
  hipTop: smooth([88, 56], [78, 63], [70, 78]),
  hipInner: smooth([70, 78], [76, 125], [82, 147]),
  hipBottom: smooth([82, 147], [95, 151], [108, 147]),
  groinTop: smooth([70, 78], [47, 93], [17, 106]),
  groinBottom: smooth([76, 125], [50, 139], [19, 147]),
  saddleTop: smooth([0, 101], [9, 102], [17, 106]),
  saddleSide: smooth([17, 106], [22, 126], [19, 147], [7, 160]),
  thighInner: smooth([19, 147], [32, 186], [41, 230], [47, 268]),
  thighOuter: smooth([82, 147], [85, 190], [81, 235], [75, 270]),
  kneeTop: smooth([92, 274], [75, 270], [47, 268], [27, 272]),
  kneeBottom: smooth([91, 330], [60, 336], [30, 330]),
  shin: smooth([60, 336], [60, 390], [63, 430], [64, 467]),
  ankle: smooth([83, 464], [64, 467], [45, 462]),
  toeLine: smooth([106, 509], [90, 514], [69, 517], [45, 513]),
  toes: smooth(
    [106, 509], [113, 519], [108, 528], [102, 526], [99, 533], [92, 534], [89, 530], [85, 538], [78, 538], [76, 533],
    [70, 541], [66, 533], [60, 544], [50, 541], [45, 528], [45, 513]
  ),
  toeGap: smooth([66, 533], [69, 517])
};

const frontAreas: Half['areas'] = {
  groin: {
    path: area(f.groinTop, part(f.saddleSide, 0, 2), back(f.groinBottom), part(f.hipInner, 1, 0)),
    at: [46, 116]
  },
  saddle: { path: midline(f.saddleTop, f.saddleSide, part(inner, 1, 0)), at: [0, 128] },
  'outer-hip': {
    path: area(part(outer, 2, 5), back(f.hipBottom), back(f.hipInner), back(f.hipTop)),
    at: [90, 112]
  },
  'front-thigh': {
    path: area(f.groinBottom, f.thighInner, part(f.kneeTop, 2, 1), back(f.thighOuter), part(f.hipInner, 2, 1)),
    at: [58, 205]
  },
  'outer-thigh': {
    path: area(f.hipBottom, part(outer, 5, 8), part(f.kneeTop, 0, 1), back(f.thighOuter)),
    at: [95, 205]
  },
  'inner-thigh': {
    path: area(part(f.saddleSide, 2, 3), part(inner, 1, 4), part(f.kneeTop, 3, 2), back(f.thighInner)),
    at: [25, 205]
  },
  knee: { path: area(f.kneeTop, part(inner, 4, 6), back(f.kneeBottom), part(outer, 10, 8)), at: [60, 302] },
  'inner-shin': {
    path: area(part(f.kneeBottom, 1, 2), part(inner, 6, 10), part(f.ankle, 2, 1), back(f.shin)),
    at: [44, 388]
  },
  'outer-shin': {
    path: area(part(f.kneeBottom, 1, 0), part(outer, 10, 14), part(f.ankle, 0, 1), back(f.shin)),
    at: [78, 388]
  },
  'top-of-foot': { path: area(back(f.ankle), part(outer, 14, 17), f.toeLine, part(inner, 13, 10)), at: [68, 491] },
  'big-toe': { path: area(f.toeGap, part(f.toeLine, 2, 3), back(part(f.toes, 11, 15))), at: [56, 530] },
  'little-toes': { path: area(part(f.toes, 0, 11), f.toeGap, part(f.toeLine, 2, 0)), at: [88, 524] }
};

/** The outline of both halves together: one side down, the other up again. */
function bodyOf(...half: Line[]): string {
  return midline(waist, ...half);
}

export const FRONT: Half = {
  height: HEIGHT,
  fade: { from: 13, to: 36 },
  body: bodyOf(outer, f.toes, back(inner)),
  details: [
    stroke(smooth([52, 283], [45, 295], [47, 312], [56, 320])),
    stroke(smooth([68, 283], [76, 295], [74, 312], [66, 320])),
    stroke(smooth([54, 326], [61, 332], [67, 326])),
    stroke(smooth([33, 252], [40, 264], [42, 277])),
    stroke(smooth([84, 250], [80, 264], [78, 276])),
    stroke(smooth([78, 470], [82, 476], [79, 483])),
    stroke(smooth([49, 466], [46, 473], [50, 479])),
    stroke(smooth([66, 480], [62, 498], [57, 512])),
    stroke(smooth([71, 482], [78, 498], [84, 510])),
    stroke(smooth([0, 34], [2, 38], [0, 43])),
    stroke(smooth([53, 535], [55, 540], [60, 537]))
  ],
  areas: frontAreas
};

// From behind: fuller calves, the heel in front of a foot that points away.
const outerBack = smooth(
  [84, 6], [82, 28], [88, 56], [99, 88], [106, 120], [108, 147], [106, 190], [100, 235], [92, 274], [89, 302],
  [91, 326], [98, 358], [97, 390], [88, 432], [80, 464], [83, 478], [81, 496]
);
const innerBack = smooth(
  [0, 167], [7, 171], [11, 192], [18, 230], [27, 272], [31, 300], [30, 326], [24, 358], [27, 392], [39, 432],
  [48, 464], [45, 476], [48, 496]
);
const heelBottom = smooth([81, 496], [79, 511], [64, 517], [50, 511], [48, 496]);
// The forefoot that shows outside and inside of the heel.
const forefoot = area(smooth([80, 476], [92, 493], [104, 507], [101, 516], [84, 515], [50, 513], [43, 507], [47, 488]));

// Back: the lines that part its areas.
const b = {
  crest: smooth([88, 56], [70, 58], [37, 75], [0, 108]),
  hipInner: smooth([70, 58], [84, 100], [86, 153]),
  hipBottom: smooth([86, 153], [99, 153], [108, 147]),
  cleft: smooth([0, 108], [0, 124]),
  saddleSide: smooth([0, 124], [13, 136], [19, 153], [7, 171]),
  fold: smooth([86, 153], [70, 174], [40, 181], [7, 171]),
  thighOuter: smooth([86, 153], [89, 190], [85, 235], [79, 270]),
  kneeTop: smooth([92, 274], [79, 270], [50, 268], [27, 272]),
  kneeBottom: smooth([91, 326], [60, 331], [30, 326]),
  ankle: smooth([80, 464], [64, 460], [48, 464])
};

const backAreas: Half['areas'] = {
  'low-back': { path: midline(waist, part(outerBack, 0, 2), b.crest), at: [0, 52] },
  saddle: { path: midline(b.saddleSide, part(innerBack, 1, 0)), at: [0, 150] },
  'outer-hip': {
    path: area(part(outerBack, 2, 5), back(b.hipBottom), back(b.hipInner), part(b.crest, 1, 0)),
    at: [93, 112]
  },
  buttock: {
    path: area(part(b.crest, 1, 3), b.cleft, b.saddleSide, back(b.fold), back(b.hipInner)),
    at: [47, 126]
  },
  'outer-thigh': {
    path: area(b.hipBottom, part(outerBack, 5, 8), part(b.kneeTop, 0, 1), back(b.thighOuter)),
    at: [95, 212]
  },
  'back-of-thigh': {
    path: area(b.fold, part(innerBack, 1, 4), part(b.kneeTop, 3, 1), back(b.thighOuter)),
    at: [52, 222]
  },
  knee: { path: area(b.kneeTop, part(innerBack, 4, 6), back(b.kneeBottom), part(outerBack, 10, 8)), at: [60, 300] },
  calf: { path: area(b.kneeBottom, part(innerBack, 6, 10), back(b.ankle), part(outerBack, 14, 10)), at: [61, 385] },
  heel: { path: area(b.ankle, part(innerBack, 10, 12), back(heelBottom), part(outerBack, 16, 14)), at: [64, 494] }
};

export const BACK: Half = {
  height: HEIGHT,
  fade: { from: 13, to: 36 },
  behind: forefoot,
  body: bodyOf(outerBack, heelBottom, back(innerBack)),
  details: [
    stroke(smooth([0, 18], [0, 60], [0, 88])),
    stroke(smooth([22, 76], [26, 79], [25, 84])),
    stroke(smooth([40, 281], [60, 276], [78, 281])),
    stroke(smooth([46, 262], [42, 276], [40, 290])),
    stroke(smooth([76, 262], [79, 276], [80, 290])),
    stroke(smooth([61, 340], [62, 372], [61, 402])),
    stroke(smooth([35, 398], [46, 412], [60, 404], [76, 414], [90, 400])),
    stroke(smooth([59, 430], [59, 452], [56, 474])),
    stroke(smooth([70, 430], [69, 452], [72, 474]))
  ],
  areas: backAreas
};

