import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCbu, isCedulaEc, isClabe, isCuit, isRut } from './check-digits.js';

/** Published examples (research/external-apis.md, 11.2). */
const valid = [
  ['CBU', isCbu, '2850590940090418135201'],
  ['CLABE', isClabe, '032180000118359719'],
  ['CUIT', isCuit, '20123456786'],
  ['RUT', isRut, '123456785'],
  ['cédula EC', isCedulaEc, '1710034065'],
] as const;

describe('check digits', () => {
  it.each(valid)('know a good %s', (_, isValid, text) => {
    expect(isValid(text)).toBe(true);
    expect(isValid(`${text}0`)).toBe(false);
    expect(isValid(text.slice(1))).toBe(false);
    expect(isValid('')).toBe(false);
  });

  it.each(valid)('notice any single wrong digit of a %s', (_, isValid, text) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length - 1 }), fc.integer({ min: 1, max: 9 }), (at, more) => {
        const wrong = text.slice(0, at) + String((Number(text[at]) + more) % 10) + text.slice(at + 1);
        expect(isValid(wrong)).toBe(false);
      }),
    );
  });

  it('take K and 0 at the end of a RUT, and no account of zeros', () => {
    const ends = Array.from({ length: 400 }, (_, i) => String(7_000_000 + i)).map((body) => [...'0123456789K'].find((end) => isRut(body + end)));
    expect(new Set(ends)).toEqual(new Set('0123456789K'));
    expect(isCbu('0'.repeat(22))).toBe(false);
    expect(isClabe('0'.repeat(18))).toBe(false);
  });
});
