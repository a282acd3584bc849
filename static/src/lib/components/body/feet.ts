/** A foot seen from above with the toes up, and its sole with the toes down: half of a pair, mirrored by shapes.ts. */
import { area, back, part, smooth, stroke, upsideDown } from './outline.ts';
import type { Line, Point } from './outline.ts';
import type { Half } from './shapes.ts';

const HEIGHT = 312;

// The toes from the inner base of the big toe to the outer base of the little toe; point 6 parts them.
const toes = smooth(
  [23, 92], [20, 62], [26, 31], [43, 15], [60, 29], [65, 54], [66, 74], [67, 50], [76, 27], [87, 46], [87, 78],
  [89, 53], [98, 37], [107, 56], [106, 85], [108, 67], [116, 52], [124, 70], [122, 96], [125, 80], [132, 71],
  [140, 88], [138, 110]
);
const toeBase = smooth([23, 92], [46, 88], [67, 89], [90, 94], [115, 102], [138, 110]);
const toeGap = smooth([66, 74], [67, 89]);
// From the outer base of the little toe around the heel to the inner base of the big toe.
const rim = smooth(
  [138, 110], [141, 136], [135, 178], [123, 222], [116, 252], [106, 282], [76, 299], [46, 283], [38, 254], [37, 226],
  [33, 190], [22, 154], [17, 122], [23, 92]
);
const outerEdge = smooth([115, 102], [114, 142], [104, 190], [98, 234], [106, 282]);

export const FEET: Half = {
  height: HEIGHT,
  body: area(toes, rim),
  details: [
    stroke(smooth([33, 44], [34, 27], [43, 22], [52, 27], [53, 44], [43, 47], [33, 44])),
    stroke(smooth([71, 46], [72, 35], [77, 33], [82, 36], [82, 47], [77, 49], [71, 46])),
    stroke(smooth([93, 56], [94, 45], [98, 43], [102, 46], [103, 57], [98, 59], [93, 56])),
    stroke(smooth([112, 70], [113, 60], [116, 58], [120, 61], [120, 71], [116, 73], [112, 70])),
    stroke(smooth([129, 86], [129, 79], [132, 77], [136, 80], [136, 87], [133, 89], [129, 86])),
    stroke(smooth([46, 104], [50, 142], [60, 184])),
    stroke(smooth([73, 106], [72, 142], [69, 184])),
    stroke(smooth([95, 112], [90, 148], [79, 188])),
    stroke(smooth([50, 270], [44, 242], [54, 216], [74, 208], [92, 216], [99, 244], [92, 270]))
  ],
  areas: {
    'big-toe': { path: area(part(toes, 0, 6), toeGap, part(toeBase, 2, 0)), at: [43, 64] },
    'little-toes': { path: area(part(toes, 6, 22), part(toeBase, 5, 2), back(toeGap)), at: [98, 78] },
    'outer-foot': { path: area(part(toeBase, 4, 5), part(rim, 0, 5), back(outerEdge)), at: [121, 176] },
    'top-of-foot': { path: area(part(toeBase, 0, 4), outerEdge, part(rim, 5, 13)), at: [66, 150] }
  }
};

// The sole is the same foot turned over.
const heelLine = smooth([37, 226], [68, 216], [99, 216], [123, 222]);
const soleEdge = smooth([115, 102], [117, 142], [110, 184], [99, 216]);

function turned(...lines: Line[]): string {
  return area(...lines.map((line) => upsideDown(line, HEIGHT)));
}

function turnedLine(...points: Point[]): string {
  return stroke(upsideDown(smooth(...points), HEIGHT));
}

export const SOLES: Half = {
  height: HEIGHT,
  body: turned(toes, rim),
  details: [
    turnedLine([28, 116], [40, 134], [58, 138], [72, 128]),
    turnedLine([76, 128], [96, 134], [116, 128], [126, 118]),
    turnedLine([46, 156], [56, 182], [55, 210]),
    turnedLine([56, 254], [62, 276], [77, 282], [92, 276])
  ],
  areas: {
    'big-toe': { path: turned(part(toes, 0, 6), toeGap, part(toeBase, 2, 0)), at: [43, HEIGHT - 58] },
    'little-toes': { path: turned(part(toes, 6, 22), part(toeBase, 5, 2), back(toeGap)), at: [98, HEIGHT - 78] },
    'outer-foot': {
      path: turned(part(toeBase, 4, 5), part(rim, 0, 3), part(heelLine, 3, 2), back(soleEdge)),
      at: [123, HEIGHT - 160]
    },
    sole: {
      path: turned(part(toeBase, 0, 4), soleEdge, part(heelLine, 2, 0), part(rim, 9, 13)),
      at: [68, HEIGHT - 160]
    },
    heel: { path: turned(heelLine, part(rim, 3, 9)), at: [77, HEIGHT - 254] }
  }
};
