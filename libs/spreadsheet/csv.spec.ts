import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvRow } from './csv.js';

it.each([
  [['a', 'b'], 'a;b\r\n'], [['x;y', 'di "z"', 'dos\nfilas'], '"x;y";"di ""z""";"dos\nfilas"\r\n'],
  [['=1+1', '@cmd', '+54 341', '-12,50', '-x'], `'=1+1;'@cmd;'+54 341;-12,50;'-x\r\n`],
])('%j', (cells, row) => {
  expect(csvRow(cells)).toBe(row);
});

it('is read as it was written, but for what would be a formula', () => {
  fc.assert(fc.property(fc.array(fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', ';', '"', ',', '1', 'ñ') }), { minLength: 2 }), (cells) => {
    const [read] = parse(csvRow(cells), { delimiter: ';', record_delimiter: '\r\n' });
    expect(read).toEqual(cells.map((cell) => (/^[=+\-@\t\r]/u.test(cell) && !/^-?1+([.,]1+)?$/u.test(cell) ? `'${cell}` : cell)));
  }));
});
