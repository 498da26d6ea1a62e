import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../invoicing/month.js';
import { cents } from '../money.js';
import { bookedOn, signedAmountIn } from './cells.js';
import { guessMapping, headerLike, headerPrint } from './headers.js';
import { referencesIn } from './payer.js';
import { readStatement } from './read-statement.js';
import { scriptedStatements, type ScriptedStatement } from './scripted-statements.js';
import type { StatementMapping } from './statement.js';

const TODAY = '2026-11-10';
const currencies = { AR: 'ARS', MX: 'MXN', PE: 'PEN', CO: 'COP', EC: 'USD', CL: 'CLP' } as const;

/** As `libs/spreadsheet` reads it: these have no delimiter within quotes but in amounts of Mexico. */
function tableOf({ text }: Pick<ScriptedStatement, 'text'>): string[][] {
  const sign = ['\t', '|', ';', ','].find((one) => text.includes(one))!;
  const rows = text.split('\n').filter((line) => line !== '').map((line) => [...line.matchAll(new RegExp(`("[^"]*"|[^${sign}]*)(?:[${sign}]|$)`, 'gu'))].map(([, cell]) => cell!.replaceAll('"', '')));
  const width = Math.max(...rows.map((row) => row.length));
  return rows.map((row) => Array.from({ length: width }, (_, at) => row[at] ?? ''));
}
const read = (one: ScriptedStatement, rows = tableOf(one), mapping = one.mapping) => readStatement(rows, mapping, { country: one.country, currency: currencies[one.country], today: TODAY });

describe.each(scriptedStatements.map((one) => [one.name, one] as const))('%s', (_, statement) => {
  it('is recognised', () => expect(guessMapping(tableOf(statement), statement.country)).toEqual(statement.mapping));

  it('is read', () => {
    const { lines, debits, problems } = read(statement);
    expect(lines.map(({ on, amount, payerName, payerDocument, references }) => [on, amount, payerName, payerDocument, ...references]))
      .toEqual(statement.lines.map(([on, amount, name, document, ...references]) => [on, amount, name, document, ...references]));
    expect(debits.count).toBe(statement.debits);
    expect(problems.map(({ code }) => code)).toEqual(statement.problems ?? []);
  });
});

describe('a statement', () => {
  it('tells what the bank gave back', () => {
    expect(scriptedStatements.flatMap((one) => read(one).returns.map(({ on, amount, references }) => [on, amount, ...references])))
      .toEqual([['2026-11-03', '24900.00', '55667788'], ['2026-11-04', '25.00', '45678901']]);
  });

  it('tells its sums and its days', () => {
    expect(read(scriptedStatements[0]!)).toMatchObject({ sum: '43800.00', debits: { count: 1, sum: '1210.50' }, period: { from: '2026-11-02', to: '2026-11-04' } });
    expect(readStatement([['Fecha', 'Importe']], { header: 0, columns: { on: 0, amount: 1 }, days: 'day-first', decimal: ',' }, { country: 'AR', currency: 'ARS', today: TODAY }))
      .toEqual({ lines: [], returns: [], problems: [], debits: { count: 0, sum: '0.00' }, sum: '0.00' });
  });

  it('has a header that is found again wherever it stands', () => {
    const rows = tableOf(scriptedStatements[0]!);
    const print = headerPrint(rows[3])!;
    expect(print).toBe('fecha|concepto|nrocomprobante|importe|saldo');
    expect(headerLike([['otra'], ...rows], print)).toBe(4);
    expect(headerLike(rows.slice(4), print)).toBeUndefined();
    expect(headerPrint(['', ' '])).toBeUndefined();
  });

  it('knows a line again in any file that has it, and tells equal ones apart', () => {
    const line = fc.record({ day: fc.integer({ min: 0, max: 2 }), cents: fc.constantFrom(100n, 2490000n), who: fc.constantFrom('DE PEREZ JUAN', 'DE GOMEZ ANA') });
    fc.assert(fc.property(fc.array(line, { maxLength: 12 }), fc.nat(12), (all, cut) => {
      const keysOf = (some: typeof all) => readStatement(
        some.map(({ day, cents: size, who }) => [addDays('2026-11-01', day), `${size / 100n},00`, `TRANSF ${who}`]),
        { header: -1, columns: { on: 0, amount: 1, description: 2 }, days: 'day-first', decimal: ',' }, { country: 'AR', currency: 'ARS', today: TODAY }).lines.map(({ key }) => key);
      const keys = keysOf(all);
      expect(new Set(keys).size).toBe(all.length);
      expect(new Set(keysOf([...all].reverse()))).toEqual(new Set(keys));
      // A file of later days, and one that ends in the middle of a day.
      expect(keys).toEqual(expect.arrayContaining(keysOf(all.filter(({ day }) => day > 0))));
      expect(keys).toEqual(expect.arrayContaining(keysOf(all.slice(0, cut))));
    }));
  });

  it('made to be slow is read as quickly as another', () => {
    const cells = [`${'de '.repeat(800)}${' '.repeat(2_500)}@`, `de op${' '.repeat(4_900)}!`, `${'de op '.repeat(800)}\nx`, 'ref de '.repeat(700)];
    const rows = Array.from({ length: 20 }, (_, at) => ['02/11/2026', '100,00', cells[at % cells.length]!]);
    const beganAt = performance.now();
    const { lines } = readStatement(rows, { header: -1, columns: { on: 0, amount: 1, description: 2 }, days: 'day-first', decimal: ',' }, { country: 'AR', currency: 'ARS', today: TODAY });
    expect(lines).toHaveLength(20);
    expect(performance.now() - beganAt).toBeLessThan(4_000);
  });

  it('is read with any columns, and never takes a debit or a total for money that came in', () => {
    const cell = fc.oneof(fc.constantFrom('', '02/11/2026', '-24.900,00', '24.900,00', '1.234', 'TRANSF', 'Saldo final', '(5)', '$ -', 'D', '99999999999'), fc.string({ maxLength: 6 }));
    const columns = fc.record({ on: fc.nat(4), amount: fc.nat(4), credit: fc.nat(4), debit: fc.nat(4), kind: fc.nat(4), description: fc.nat(4) }, { requiredKeys: [] });
    fc.assert(fc.property(fc.array(fc.array(cell, { minLength: 4, maxLength: 4 }), { maxLength: 8 }), columns, (rows, mapped) => {
      const mapping: StatementMapping = { header: -1, columns: mapped, days: 'day-first', decimal: ',' };
      const { lines, problems } = readStatement(rows, mapping, { country: 'AR', currency: 'ARS', today: TODAY });
      for (const { amount, on, row } of lines) {
        expect(cents(amount)).toBeGreaterThan(0n);
        expect(on <= addDays(TODAY, 4)).toBe(true);
        expect(problems.map((one) => one.row)).not.toContain(row);
      }
    }));
  });
});

it.each<[string, ',' | '.', string | undefined]>([
  ['1.234,56', ',', '1234.56'], ['1,234.56', '.', '1234.56'], ['1.234', ',', '1234.00'], ['1.234', '.', undefined], ['1,234', ',', undefined], ['1234.5', ',', '1234.50'], ['27900', '.', '27900.00'],
  ['$ -', ',', '0.00'], ['', ',', '0.00'], ['-', ',', '0.00'], ['0.000', '.', '0.00'], ['- $ 1.234,5', ',', '-1234.50'], ['(1,234.00)', '.', '-1234.00'], ['1.234,56-', ',', '-1234.56'], ['−5', ',', '-5.00'],
  ['500.00 CR', '.', '500.00'], ['500.00 DB', '.', '-500.00'], ['-500 D', '.', undefined], ['S/ 79.00', '.', '79.00'], ['1.23.4', ',', undefined], ['12 de mayo', ',', undefined], ['1.234.567', '.', '1234567.00'],
  ['1,23,4.00', '.', undefined], ['.50', '.', '0.50'], ['1234.567', '.', undefined], [',', ',', undefined],
])('the amount «%s» where «%s» separates cents is %s', (text, decimal, amount) => expect(signedAmountIn(text, decimal)).toBe(amount));

it('any amount is read as it was written, in both ways', () => {
  fc.assert(fc.property(fc.bigInt({ min: -99_999_999_999n, max: 99_999_999_999n }), fc.constantFrom(',' as const, '.' as const), (size, decimal) => {
    const [whole, places] = [String(size < 0n ? -size / 100n : size / 100n), String(size < 0n ? -size % 100n : size % 100n).padStart(2, '0')];
    const text = `${size < 0n ? '-' : ''}${whole.replace(/\B(?=(\d{3})+$)/gu, decimal === ',' ? '.' : ',')}${decimal}${places}`;
    expect(cents(signedAmountIn(text, decimal)!)).toBe(size);
  }));
});

it.each<[string, string | undefined]>([
  ['05/11/2026', '2026-11-05'], ['5-11-26', '2026-11-05'], ['2026-11-05 10:12', '2026-11-05'], ['05-NOV-26', '2026-11-05'], ['5 nov', '2026-11-05'], ['20-DIC', '2025-12-20'], ['20261105', '2026-11-05'],
  ['46331', '2026-11-05'], ['46331.5', '2026-11-05'], ['Nov 05, 2026', '2026-11-05'], ['jue 05/11/2026', '2026-11-05'], ['mar 03/11/2026', '2026-11-03'], ['05 de noviembre de 2026', '2026-11-05'], ['05/11', '2026-11-05'],
  ['11/05/2026 a las 10', '2026-05-11'], ['31/02/2026', undefined], ['12345', undefined], ['total', undefined], ['', undefined], ['05/13/2026', undefined],
])('the day «%s» is %s', (text, on) => expect(bookedOn(text, { days: 'day-first', today: TODAY })).toBe(on));

it('days have the month first only where one can be read no other way', () => {
  const mapped = (days: string[]) => guessMapping([['Fecha', 'Importe'], ...days.map((day) => [day, '1,00'])], 'AR').days;
  expect([mapped(['01/02/2026', '11/25/2026']), mapped(['01/02/2026']), mapped(['25/11/2026', '11/25/2026'])]).toEqual(['month-first', 'day-first', 'day-first']);
});

it.each<[string, string, string[]]>([
  ['0000123', '', ['0000123']], ['', 'TRANSF REF: 445566', ['445566']], ['', 'OPERACION NRO 12345678901', ['12345678901']], ['', 'TRANSF 20-12345678-6 CBU 2850590940090418135201', []],
  ['', 'DEBIN L6KX9ZN2QW8RT4YV1MPB07', ['L6KX9ZN2QW8RT4YV1MPB07']], ['', 'SUCURSAL 0123 CAJA 45', []], ['', 'PAGO 20261105', []], ['', 'DNI 12345678', []], ['', 'FACTURA 1.234.567,00', []],
  ['00000000', '', []], ['20-12345678-6', '', []],
])('the references of column «%s» and text «%s» are %j', (column, text, references) => expect(referencesIn({ column, text }, 'AR')).toEqual(references));
