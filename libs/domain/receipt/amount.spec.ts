import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountsIn, currencyNamedIn, readAmount } from './amount.js';
import { receiptCountries, type ReceiptCountry } from './receipt.js';

describe('an amount as it is printed', () => {
  it.each<[string, ReceiptCountry, string | undefined]>([
    ['1.234,56', 'AR', '1234.56'],
    ['24.900', 'AR', '24900.00'],
    ['70.000,00', 'CO', '70000.00'],
    ['14.990', 'CL', '14990.00'],
    ['1,234.56', 'MX', '1234.56'],
    ['90', 'PE', '90.00'],
    ['25.80', 'EC', '25.80'],
    ['1,234', 'MX', '1234.00'],
    ['1.234.567,8', 'AR', '1234567.80'],
    ['24900,00', 'AR', '24900.00'],
    ['24900.00', 'AR', '24900.00'],
    ['1.2O0,00', 'AR', '1200.00'],
    ['1.234,567,89', 'AR', undefined],
    ['1.234.56', 'AR', undefined],
    ['12.34.56', 'AR', undefined],
    ['', 'AR', undefined],
    ['abc', 'AR', undefined],
  ])('%s in %s', (text, country, amount) => expect(readAmount(text, country)).toBe(amount));

  it('comes back however its country prints it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999 }), fc.constantFrom(...receiptCountries), (cents, country) => {
        const [thousands, decimal] = ['AR', 'CO', 'CL'].includes(country) ? ['.', ','] : [',', '.'];
        const whole = String(Math.floor(cents / 100)).replace(/\B(?=(\d{3})+$)/gu, thousands);
        const printed = `${whole}${decimal}${String(cents % 100).padStart(2, '0')}`;
        const amount = (cents / 100).toFixed(2);
        expect(readAmount(printed, country)).toBe(amount);
        expect(amountsIn(`Monto $ ${printed}`, country)).toEqual([{ amount, isMarked: true }]);
      }),
    );
  });
});

describe('amounts in a line', () => {
  it.each<[string, ReceiptCountry, string[]]>([
    ['Transferiste $ 24.900,00 a Litoral Fibra', 'AR', ['24900.00']],
    ['$24 .900, 00', 'AR', ['24900.00']],
    ['$ 24.900 00', 'AR', ['24900.00']],
    ['S/ 90', 'PE', ['90.00']],
    ['SI 90', 'PE', ['90.00']],
    ['Sl 1,250.50', 'PE', ['1250.50']],
    ['Importe 1,234.56 MXN', 'MX', ['1234.56']],
    ['02/03/2026 18:44', 'AR', []],
    ['CUIT 20-12345678-6', 'AR', []],
    ['Número de operación 12345678901', 'AR', []],
    ['CVU 0000003100012345678901', 'AR', []],
  ])('%s', (text, country, amounts) => expect(amountsIn(text, country).map(({ amount }) => amount)).toEqual(amounts));

  it('may name their currency', () => {
    expect(['S/ 90', 'USD 10', 'U$S 20', '$ 5', 'Monto 10 COP'].map(currencyNamedIn)).toEqual(['PEN', 'USD', 'USD', undefined, 'COP']);
  });
});
