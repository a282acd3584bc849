import { expect, test } from 'vitest';
import { placeFor } from './place.ts';

const message = { left: 200, right: 350, height: 44 };
const wide = (top: number, bottom: number) => ({ left: 10, right: 350, top, bottom });

test('a message lies right below the title where nothing is to be pressed', () => {
  expect(placeFor(message, 80, 680, [])).toBe(80);
  expect(placeFor(message, 80, 680, [wide(20, 70), wide(150, 190)])).toBe(80);
});

test('it lies over no button, and below what would leave it too little room', () => {
  expect(placeFor(message, 80, 680, [wide(90, 134)])).toBe(134);
  expect(placeFor(message, 80, 680, [wide(160, 204), wide(90, 134)])).toBe(204);
  expect(placeFor(message, 80, 680, [wide(90, 134), wide(194, 240)])).toBe(134);
});

test('what stands beside it is in nobody\'s way, and neither is what is not shown', () => {
  expect(placeFor(message, 80, 680, [{ left: 10, right: 190, top: 90, bottom: 134 }])).toBe(80);
  expect(placeFor(message, 80, 680, [wide(0, 0), wide(90, 90)])).toBe(80);
});

test('where all is to be pressed it stays below the title', () => {
  expect(placeFor(message, 80, 680, [wide(80, 700)])).toBe(80);
});

test('with banners down to the bar there is no place', () => {
  expect(placeFor(message, 640, 680, [])).toBeNull();
});
