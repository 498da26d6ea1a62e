import { expect, test } from 'vitest';
import { pageOf } from './page-of';

const people = Array.from({ length: 45 }, (_, index) => index + 1);

test('shows the page that is asked for, with what it is of', () => {
  expect(pageOf(people, 2, 20)).toEqual({ items: people.slice(20, 40), page: 2, pages: 3, from: 21, to: 40, total: 45 });
  expect(pageOf(people, 3, 20)).toMatchObject({ from: 41, to: 45 });
});

test('a page that is not there becomes the nearest that is', () => {
  expect(pageOf(people, 9, 20).page).toBe(3);
  expect(pageOf(people, -1, 20).page).toBe(1);
  expect(pageOf(people, Number.NaN, 20).page).toBe(1);
});

test('nothing is one page of nothing', () => {
  expect(pageOf([], 4, 20)).toEqual({ items: [], page: 1, pages: 1, from: 0, to: 0, total: 0 });
});
