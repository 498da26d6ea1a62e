import fc from 'fast-check';
import { unzipSync, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { guessMapping } from '../domain/statement/headers.js';
import { readStatement } from '../domain/statement/read-statement.js';
import { mutated } from '../testing/mutated.arbitrary.js';
import { readTable, TableFailure, type Table } from './read-table.js';
import { xlsx } from './scripted-xlsx.js';

const text = (cell: string, value: string) => `<c r="${cell}" t="inlineStr"><is><t>${value}</t></is></c>`;
const book = Buffer.from(xlsx([
  `${text('A1', 'Fecha')}${text('B1', 'Concepto')}${text('C1', 'Importe')}`, `<c r="A2" s="1"><v>46342</v></c>${text('B2', 'TRANSF DE PEREZ JUAN')}<c r="C2"><v>24900.5</v></c>`,
  `<c r="A3" s="1"><v>46343</v></c><c r="B3" t="s"><v>0</v></c><c r="C3"><v>100</v></c>`,
], 'DEPOSITO'));
const csvs = [
  'Banco de la Ribera\n\nFecha;Concepto;Importe\n02/11/2026;"Transf. ""Gómez""; Ana";24.900,00\n03/11/2026;Comisión;-1.200,00\n', 'fecha,detalle,crédito,débito\n2026-11-02,DEPOSITO 4455,10.00,\n',
].map((one) => Buffer.from(one, 'latin1'));

/** The same spreadsheet with one of its parts changed: a ZIP that is whole, of something that is not. */
const inside: fc.Arbitrary<Buffer> = fc.constantFrom(...Object.keys(unzipSync(book))).chain((name) => {
  const parts = unzipSync(book);
  return mutated([Buffer.from(parts[name]!)]).map((part) => Buffer.from(zipSync({ ...parts, [name]: part })));
});

it('a spreadsheet or CSV that was cut or changed anywhere is a table whose statement is read, or has a fault with a name', async () => {
  await fc.assert(fc.asyncProperty(fc.oneof(mutated([book]), inside, mutated(csvs)), async (file) => {
    const beganAt = performance.now();
    const table = await readTable(file, { header: 'anywhere' }).catch((problem: unknown) => problem as TableFailure | Error);
    expect(performance.now() - beganAt).toBeLessThan(60_000);
    if (table instanceof Error) {
      expect(table).toBeInstanceOf(TableFailure);
      return;
    }
    const { rows, lines } = table satisfies Table;
    expect(lines).toHaveLength(rows.length);
    readStatement(rows, guessMapping(rows, 'AR'), { country: 'AR', currency: 'ARS', today: '2026-11-27' });
  }), { numRuns: 250, interruptAfterTimeLimit: 8_000, markInterruptAsFailure: false });
}, 90_000);
