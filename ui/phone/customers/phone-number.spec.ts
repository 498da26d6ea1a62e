import { expect, test } from 'vitest';
import { digitsOf, initialsOf, isPhoneNumber, showNumber } from './phone-number';

test('reads a number however it was typed', () => {
  expect(digitsOf('+54 9 343 400-0001')).toBe('5493434000001');
  expect(digitsOf('0054 9 (343) 4000001')).toBe('5493434000001');
});

test('accepts numbers with a country code and refuses local, short and long ones', () => {
  expect(isPhoneNumber('5493434000001')).toBe(true);
  expect(isPhoneNumber('34600123456')).toBe(true);
  for (const wrong of ['', '12', '0343400000', '54934340000011112222']) expect(isPhoneNumber(wrong), wrong).toBe(false);
});

test('shows a number grouped as its country does', () => {
  expect(showNumber('5493434000001')).toBe('+54 9 343 400 0001');
});

test('makes initials of first and last name', () => {
  expect(initialsOf('Marta Inés Giménez')).toBe('MG');
  expect(initialsOf('hugo')).toBe('H');
  expect(initialsOf('+54 9')).toBe('');
});
