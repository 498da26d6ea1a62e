import { describe, expect, it } from 'vitest';
import { e164Digits, phoneCountryOf, phoneKey } from './phone.js';

describe('e164Digits', () => {
  it.each([
    ['5493415550100', undefined, '5493415550100'],
    ['+54 9 341 555-0100', undefined, '5493415550100'],
    ['0341 15 555-0100', 'AR', '5493415550100'],
    ['5215512345678', undefined, '525512345678'],
    ['595981123456', undefined, '595981123456'],
  ] as const)('reads %s as %s would', (number, country, digits) => {
    expect(e164Digits(number, country)).toBe(digits);
  });

  it.each(['', 'hola', '12', '00000000000000000000'])('finds no number in "%s"', (number) => {
    expect(e164Digits(number)).toBeUndefined();
  });
});

describe('phoneKey', () => {
  it.each([
    ['5493415550100', '543415550100'],
    ['5215512345678', '525512345678'],
  ])('is the same for %s and %s', (one, other) => {
    expect(phoneKey(one)).toBe(phoneKey(other));
  });

  it('keeps phones of different people apart', () => {
    expect(phoneKey('5493415550100')).not.toBe(phoneKey('5493415550101'));
    expect(phoneKey('59891234567')).toBe('59891234567');
  });
});

it.each([['es-AR', 'AR'], ['pt-BR', 'BR'], ['es', 'ES'], ['x', undefined], ['', undefined]] as const)('%s writes numbers of %s', (locale, country) => {
  expect(phoneCountryOf(locale)).toBe(country);
});
