import { describe, expect, it } from 'vitest';
import { isSame } from './typed';

describe('what is typed to confirm', () => {
  it.each([
    ['+54 9 341 555-0100', '+54 9 341 555-0100', true],
    ['5493415550100', '+54 9 341 555-0100', true],
    ['549341555010', '+54 9 341 555-0100', false],
    ['', '+54 9 341 555-0100', false],
    [' principal ', 'Principal', true],
    ['principal 2', 'Principal', false],
    ['', 'Principal', false],
  ])('«%s» for «%s»: %s', (typed, name, same) => {
    expect(isSame(typed, name)).toBe(same);
  });
});
