import { expect, test } from 'vitest';
import { digitsOf, isWholeNumber, showNumber } from './phone-digits';

test('takes a number as people write it', () => {
  expect(digitsOf('+54 9 (343) 400-1200')).toBe('5493434001200');
  expect(isWholeNumber('5493434001200')).toBe(true);
  expect(isWholeNumber('4001200')).toBe(true);
  expect(isWholeNumber('400')).toBe(false);
  expect(isWholeNumber('0343400120')).toBe(false);
  expect(isWholeNumber('1'.repeat(16))).toBe(false);
});

test('shows Argentine mobiles as they are read, with the area code of two or three digits, and others whole', () => {
  expect(showNumber('5493434001200')).toBe('+54 9 343 400-1200');
  expect(showNumber('5491155550100')).toBe('+54 9 11 5555-0100');
  expect(showNumber('+598 99 123 456')).toBe('+59899123456');
});
