import { inflateRawSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { zipSync } from 'fflate';
import { readSheet } from 'read-excel-file/node';
import { TooManyParts, zipParts } from './zip-parts.js';

export interface Table {
  kind: 'csv' | 'xlsx';
  /** Of a CSV. */
  delimiter?: string;
  encoding?: 'utf-8' | 'utf-16' | 'windows-1252';
  /** The first row is the header, unless the reader was told otherwise; all rows have as many cells as the widest, none is empty as a whole. */
  rows: string[][];
  /** Of each row, its place in the file, counted from 1: rows without anything are left out. */
  lines: number[];
}

export interface ReadOptions {
  /** first: the delimiter is what stands most often in the first line · anywhere: lines of another kind stand above the table, as banks write them. */
  header?: 'first' | 'anywhere';
}

/** unreadable: neither CSV nor XLSX, or made to take more time or memory than any list does · empty · too-many: rows, columns, letters or unpacked bytes */
export type TableProblem = 'unreadable' | 'empty' | 'too-many';

export type ParsedTable = { ok: true; table: Table } | { ok: false; problem: TableProblem };

export class TableFailure extends Error {
  override readonly name = 'TableFailure';

  constructor(readonly problem: TableProblem) {
    super(problem);
  }
}

export const MOST_ROWS = 20_000;
const MOST_COLUMNS = 80;
/** Of a cell; more is cut off. */
const MOST_LETTERS = 5_000;
/** Of all parts of an XLSX together; a list of 20,000 customers has about 15 MB. */
const MOST_UNPACKED = 120_000_000;
const MOST_PARTS = 500;
/** Of all cells together: a text of an XLSX is kept once, and may stand in each of them. */
const MOST_LETTERS_IN_ALL = 20_000_000;

/** Rows times columns of a sheet: readers make room for all that lies before its last cell. */
const MOST_ROOM = 4_000_000;
const CELL = /<(?:\w+:)?c\s(?:[^>]*\s)?r=["']([A-Z]+)(\d+)["']/gu;

const columnOf = (letters: string): number => [...letters].reduce((sum, letter) => 26 * sum + letter.charCodeAt(0) - 64, 0);

/** Whether a sheet's cells lie so far out that its reader would make room for more than anybody lists. */
function isTooWide(sheet: Uint8Array): boolean {
  let [down, across] = [0, 0];
  for (const [, letters = '', row = ''] of Buffer.from(sheet.buffer, sheet.byteOffset, sheet.byteLength).toString('latin1').matchAll(CELL)) {
    down = Math.max(down, Number(row));
    across = Math.max(across, columnOf(letters));
  }
  return down * across > MOST_ROOM;
}

/**
 * The parts of a ZIP that an XLSX of texts needs, packed again without compression: no bomb is left in it. What a part says of its size is
 * not believed: unpacking ends where there is too much.
 */
function unpacked(bytes: Uint8Array): Uint8Array {
  let left = MOST_UNPACKED;
  const wanted = /^(\[Content_Types\]\.xml|_rels\/|xl\/(_rels|worksheets)\/|xl\/(workbook|sharedStrings|styles)\.xml)/u;
  const files: Record<string, Uint8Array> = {};
  try {
    for (const { name, method, packed } of zipParts(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), MOST_PARTS)) {
      if (!wanted.test(name)) continue;
      const part = method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(1, left) });
      if ((left -= part.byteLength) < 0 || (/^xl\/worksheets\/[^/]+\.xml$/u.test(name) && isTooWide(part))) throw new TableFailure('too-many');
      files[name] = part;
    }
    return zipSync(files, { level: 0 });
  } catch (error) {
    if (error instanceof TableFailure) throw error;
    throw new TableFailure((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' || error instanceof TooManyParts ? 'too-many' : 'unreadable');
  }
}

/** A date of a spreadsheet is a day without a zone, which the reader tells as midnight UTC. */
const cellText = (cell: unknown): string => {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10);
  if (typeof cell === 'number') return Number.isInteger(cell) ? cell.toFixed(0) : String(Math.round(cell * 1e6) / 1e6);
  return typeof cell === 'string' || typeof cell === 'boolean' ? String(cell) : '';
};

type Read = Omit<Table, 'lines'>;

async function fromXlsx(bytes: Uint8Array): Promise<Read> {
  const packed = unpacked(bytes);
  try {
    const rows = await readSheet(Buffer.from(packed));
    return { kind: 'xlsx', rows: rows.map((row) => row.map(cellText)) };
  } catch {
    throw new TableFailure('unreadable');
  }
}

function decoded(bytes: Uint8Array): { text: string; encoding: NonNullable<Table['encoding']> } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'utf-16' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' };
  }
}

const signs = [';', ',', '\t', '|'] as const;
/** So many lines show which delimiter a table has that does not begin at once. */
const LOOKED_AT = 200;

/** How often a sign stands in most lines, times in how many: the table's own lines have the same number, those above it do not. */
function regularity(lines: readonly string[], sign: string): number {
  const byCount = new Map<number, number>();
  for (const line of lines) {
    const count = line.split(sign).length - 1;
    if (count > 0) byCount.set(count, (byCount.get(count) ?? 0) + 1);
  }
  return Math.max(0, ...[...byCount].map(([count, times]) => count * times));
}

/** The sign that stands most often in the header, or most regularly in the whole; outside of quotes. */
function delimiterOf(text: string, header: ReadOptions['header'] = 'first'): string {
  const lines = text.split(/\r?\n/u).filter((line) => line.trim() !== '').slice(0, header === 'first' ? 1 : LOOKED_AT).map((line) => line.replace(/"[^"]*"/gu, ''));
  const counts = signs.map((sign) => ({ sign, count: regularity(lines, sign) }));
  return counts.sort((one, other) => other.count - one.count)[0]!.sign;
}

function fromCsv(bytes: Uint8Array, options: ReadOptions): Read {
  const { text, encoding } = decoded(bytes);
  // A file of another kind that happens to be no ZIP: texts have no such signs.
  if (/[\u0000-\u0008\u000e-\u001f]/u.test(text.slice(0, 100_000))) throw new TableFailure('unreadable');
  const delimiter = delimiterOf(text, options.header);
  try {
    const rows: string[][] = parse(text, { bom: true, delimiter, relax_column_count: true, relax_quotes: true, to: 2 * MOST_ROWS });
    return { kind: 'csv', delimiter, encoding, rows };
  } catch {
    throw new TableFailure('unreadable');
  }
}

/** Rows of one width, none empty as a whole. @throws TableFailure */
function tableOf({ rows: read, ...told }: Read): Table {
  const full = read.map((row, at) => ({ row, line: at + 1 })).filter(({ row }) => row.some((cell) => cell.trim() !== ''));
  if (full.length < 2) throw new TableFailure('empty');
  const width = full.reduce((most, { row }) => Math.max(most, row.length), 0);
  if (full.length > MOST_ROWS + 1 || width > MOST_COLUMNS) throw new TableFailure('too-many');
  // No row of a database holds a NUL.
  const rows = full.map(({ row }) => Array.from({ length: width }, (_, at) => (row[at] ?? '').replaceAll('\u0000', '').trim().slice(0, MOST_LETTERS)));
  if (rows.reduce((sum, row) => row.reduce((all, { length }) => all + length, sum), 0) > MOST_LETTERS_IN_ALL) throw new TableFailure('too-many');
  return { ...told, rows, lines: full.map(({ line }) => line) };
}

/** Reads the first sheet of an XLSX, or a CSV. It may take for ever and all memory, so that only a process apart does it. */
export async function parseTable(bytes: Uint8Array, options: ReadOptions): Promise<ParsedTable> {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  try {
    return { ok: true, table: tableOf(isZip ? await fromXlsx(bytes) : fromCsv(bytes, options)) };
  } catch (failure) {
    if (failure instanceof TableFailure) return { ok: false, problem: failure.problem };
    throw failure;
  }
}
