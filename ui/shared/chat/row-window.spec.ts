import { expect, test } from 'vitest';
import { followRows, moveDown, moveUp, newestWindow, stepRows, windowAround, windowRows } from './row-window';

test('draws the newest rows, and all of a short chat', () => {
  expect(newestWindow(20)).toEqual({ start: 0, end: 20 });
  expect(newestWindow(1_000)).toEqual({ start: 1_000 - windowRows, end: 1_000 });
});

test('going up and down again never draws more than fits, nor leaves the rows', () => {
  let window = newestWindow(1_000);
  for (let step = 0; step < 40; step += 1) {
    window = moveUp(window);
    expect(window.end - window.start).toBeLessThanOrEqual(windowRows);
  }
  expect(window).toEqual({ start: 0, end: windowRows });
  for (let step = 0; step < 40; step += 1) window = moveDown(window, 1_000);
  expect(window).toEqual({ start: 1_000 - windowRows, end: 1_000 });
});

test('at the end it takes in what arrives; further up it keeps its rows, wherever older ones move them', () => {
  expect(followRows({ start: 0, end: 10 }, 10, 12, 0)).toEqual({ start: 0, end: 12 });
  expect(followRows({ start: 0, end: 160 }, 300, 350, 50)).toEqual({ start: 50, end: 210 });
  expect(followRows({ start: 40, end: 200 }, 200, 5, undefined)).toEqual({ start: 0, end: 5 });
});

test('rows around one that somebody is led to begin before it and end with what there is', () => {
  expect(windowAround(500, 1_000)).toEqual({ start: 500 - stepRows, end: 500 - stepRows + windowRows });
  expect(windowAround(3, 1_000)).toEqual({ start: 0, end: windowRows });
  expect(windowAround(990, 1_000)).toEqual({ start: 990 - stepRows, end: 1_000 });
});
