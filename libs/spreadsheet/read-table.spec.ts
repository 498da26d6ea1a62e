import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readTable, tableReader } from './read-table.js';
import { xlsx } from './scripted-xlsx.js';

const csv = (text: string) => readTable(Buffer.from(text));

describe('a CSV', () => {
  it.each([
    ['semicolons', 'nombre;dni\nAna;1', ';', 'utf-8'], ['commas and quotes', 'nombre,dni\n"Gómez, ""Ana""",1', ',', 'utf-8'], ['tabs', 'nombre\tdni\nAna\t1', '\t', 'utf-8'],
    ['a mark at its beginning', '\ufeffnombre;dni\r\nAna;1\r\n;\r\n', ';', 'utf-8'],
  ])('with %s is read', async (_, text, delimiter, encoding) => {
    expect(await csv(text)).toMatchObject({ kind: 'csv', delimiter, encoding, rows: [['nombre', 'dni'], [expect.stringContaining('Ana') as string, '1']] });
  });

  it('of an older spreadsheet keeps its accents', async () => {
    expect(await readTable(Buffer.from('nombre;dirección\nMuñoz;Jujuy', 'latin1'))).toMatchObject({ encoding: 'windows-1252', rows: [['nombre', 'dirección'], ['Muñoz', 'Jujuy']] });
    expect(await readTable(Buffer.from('\ufeffnombre\tx\nMuñoz\t1', 'utf16le'))).toMatchObject({ encoding: 'utf-16', rows: [['nombre', 'x'], ['Muñoz', '1']] });
  });

  it('below lines of another kind is read, and each row knows its line', async () => {
    const bank = 'Banco, Sucursal 12, Rosario\n\nFecha;Concepto;Importe\n02/11/2026;Transf. Gómez, Ana;24.900,00\n\n03/11/2026;Comisión, IVA;-1.200,00\n';
    expect(await readTable(Buffer.from(bank), { header: 'anywhere' })).toMatchObject({ delimiter: ';', lines: [1, 3, 4, 6], rows: [
      ['Banco, Sucursal 12, Rosario', '', ''], ['Fecha', 'Concepto', 'Importe'], ['02/11/2026', 'Transf. Gómez, Ana', '24.900,00'], ['03/11/2026', 'Comisión, IVA', '-1.200,00'],
    ] });
  });

  it('has rows of one width', async () => expect((await csv('a;b;c\n1\n1;2;3;4')).rows).toEqual([['a', 'b', 'c', ''], ['1', '', '', ''], ['1', '2', '3', '4']]));
});

/** With another value at an offset of the directory's first entry. */
function patched(zip: Uint8Array, offset: number, value: number): Uint8Array {
  const bytes = Buffer.from(zip);
  bytes.writeUInt32LE(value, bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + offset);
  return bytes;
}
/** Says that its first part is of 100 bytes. */
const small = (zip: Uint8Array): Uint8Array => patched(zip, 24, 100);

describe('an XLSX', () => {
  it('is read with texts, numbers and days', async () => {
    const text = (letter: string, value: string) => `<c r="${letter}" t="inlineStr"><is><t>${value}</t></is></c>`;
    const bytes = xlsx([`${text('A1', 'nombre')}${text('B1', 'precio')}${text('C1', 'alta')}`, `${text('A2', 'Ana Gómez')}<c r="B2"><v>27900.5</v></c><c r="C2" s="1"><v>46342</v></c>`]);
    expect(await readTable(bytes)).toEqual({ kind: 'xlsx', lines: [1, 2], rows: [['nombre', 'precio', 'alta'], ['Ana Gómez', '27900.5', '2026-11-16']] });
  });

  it.each([
    ['unpacks to too much', zipSync({ 'xl/sharedStrings.xml': new Uint8Array(121_000_000) }), 'too-many'],
    ['unpacks to more than it says', small(zipSync({ 'xl/sharedStrings.xml': new Uint8Array(121_000_000) })), 'too-many'],
    ['has a cell where no sheet ends', xlsx(['<c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c>']), 'too-many'],
    ['says one long text everywhere', xlsx(Array.from({ length: 1_000 }, (_, at) => Array.from({ length: 10 }, (__, x) => `<c r="${'ABCDEFGHIJ'[x]!}${at + 1}" t="s"><v>0</v></c>`).join('')), 'x'.repeat(4_000)), 'too-many'],
    ['is encrypted', patched(xlsx(['']), 8, 1), 'unreadable'], ['says that a part is elsewhere', patched(xlsx(['']), 42, 0xffffff), 'unreadable'],
    ['is a ZIP of something else', zipSync({ 'a.txt': strToU8('hola') }), 'unreadable'],
    ['is cut off', xlsx(['']).slice(0, 300), 'unreadable'],
  ])('that %s is refused', async (_, bytes, problem) => expect(readTable(bytes)).rejects.toMatchObject({ problem }));
});

it.each([
  ['an image', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 0x0a, 0]), 'unreadable'], ['nothing', Buffer.alloc(0), 'empty'], ['a header alone', Buffer.from('nombre;dni\n'), 'empty'],
  ['too many rows', Buffer.from(`a;b\n${'1;2\n'.repeat(20_001)}`), 'too-many'], ['too many columns', Buffer.from(`${'a;'.repeat(90)}\n${'1;'.repeat(90)}`), 'too-many'],
])('a file that is %s is refused', async (_, bytes, problem) => expect(readTable(bytes)).rejects.toMatchObject({ problem }));

it('a file that takes more time than any list does is refused, and holds up nothing else', async () => {
  const read = tableReader({ megabytes: 500, milliseconds: 300 });
  let ticks = 0;
  const ticking = setInterval(() => (ticks += 1), 20);
  const text = 'x'.repeat(60);
  const large = xlsx(Array.from({ length: 20_000 }, (_, at) => Array.from({ length: 20 }, (__, x) => `<c r="${'ABCDEFGHIJKLMNOPQRST'[x]!}${at + 1}" t="inlineStr"><is><t>${text}</t></is></c>`).join('')));
  await expect(read(large)).rejects.toMatchObject({ problem: 'unreadable' });
  clearInterval(ticking);
  expect(ticks).toBeGreaterThan(10);
}, 60_000);
