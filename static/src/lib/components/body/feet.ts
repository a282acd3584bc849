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
const outer = smooth([138, 110], [141, 136], [135, 178], [123, 222]);
const inner = smooth([23, 92], [17, 122], [22, 154], [33, 190], [37, 226]);

// Looked down upon, the foot ends at the ankle and the leg comes towards us.
const ankle = smooth([123, 222], [104, 236], [72, 240], [37, 226]);
const outerLeg = smooth([123, 222], [113, 238], [114, 254], [106, 270], [107, 312]);
const innerLeg = smooth([37, 226], [31, 240], [33, 256], [40, 272], [38, 312]);
const outerEdge = smooth([115, 102], [115, 142], [108, 188], [104, 236]);

export const FEET: Half = {
  height: HEIGHT,
  body: area(toes, outer, outerLeg, back(innerLeg), back(inner)),
  fade: { from: 312, to: 262 },
  details: [
    stroke(smooth([33, 44], [34, 27], [43, 22], [52, 27], [53, 44], [43, 47], [33, 44])),
    stroke(smooth([71, 46], [72, 35], [77, 33], [82, 36], [82, 47], [77, 49], [71, 46])),
    stroke(smooth([93, 56], [94, 45], [98, 43], [102, 46], [103, 57], [98, 59], [93, 56])),
    stroke(smooth([112, 70], [113, 60], [116, 58], [120, 61], [120, 71], [116, 73], [112, 70])),
    stroke(smooth([129, 86], [129, 79], [132, 77], [136, 80], [136, 87], [133, 89], [129, 86])),
    stroke(smooth([46, 106], [51, 146], [61, 196])),
    stroke(smooth([73, 108], [73, 146], [71, 200])),
    stroke(smooth([95, 114], [91, 152], [81, 200])),
    stroke(smooth([44, 238], [40, 248], [44, 258])),
    stroke(smooth([103, 242], [106, 250], [102, 260]))
  ],
  areas: {
    'big-toe': { path: area(part(toes, 0, 6), toeGap, part(toeBase, 2, 0)), at: [43, 64] },
    'little-toes': { path: area(part(toes, 6, 22), part(toeBase, 5, 2), back(toeGap)), at: [98, 78] },
    'outer-foot': { path: area(part(toeBase, 4, 5), outer, part(ankle, 0, 1), back(outerEdge)), at: [123, 172] },
    'top-of-foot': { path: area(part(toeBase, 0, 4), outerEdge, part(ankle, 1, 3), back(inner)), at: [66, 158] }
  }
};

// The sole is the same foot turned over.
const heelLine = smooth([37, 226], [68, 216], [99, 216], [123, 222]);
const heel = smooth([123, 222], [116, 252], [106, 282], [76, 299], [46, 283], [38, 254], [37, 226]);
const soleEdge = smooth([115, 102], [117, 142], [110, 184], [99, 216]);

function turned(...lines: Line[]): string {
  return area(...lines.map((line) => upsideDown(line, HEIGHT)));
}

function turnedLine(...points: Point[]): string {
  return stroke(upsideDown(smooth(...points), HEIGHT));
}

export const SOLES: Half = {
  height: HEIGHT,
  body: turned(toes, outer, heel, back(inner)),
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
      path: turned(part(toeBase, 4, 5), outer, part(heelLine, 3, 2), back(soleEdge)),
      at: [123, HEIGHT - 160]
    },
    sole: {
      path: turned(part(toeBase, 0, 4), soleEdge, part(heelLine, 2, 0), back(inner)),
      at: [68, HEIGHT - 160]
    },
    heel: { path: turned(heelLine, heel), at: [77, HEIGHT - 254] }
  }
};
