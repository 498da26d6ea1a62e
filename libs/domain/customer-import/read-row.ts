import { importFields, type ColumnMapping, type ImportField } from './fields.js';
import { amountIn, coordinateIn, dayIn, statusIn } from './values.js';

/** missing · unreadable · plan-unknown: the book has no such plan, and the row no price to make it · two-customers: number and document are two different customers' · taken: another customer's · twice: in the file · no-key: cannot be recognised in a second import · in-favour, not-new: the balance is left out · too-long. */
export type RowProblemCode = 'missing' | 'unreadable' | 'plan-unknown' | 'two-customers' | 'taken' | 'twice' | 'no-key' | 'in-favour' | 'not-new' | 'too-long';

export interface RowProblem {
  field: ImportField;
  code: RowProblemCode;
  /** The row is left out; else only this value is. */
  stops: boolean;
}

/** A row's values in the book's spelling; '' is not said. */
export interface ReadRow {
  number: string;
  document: string;
  name: string;
  phones: string[];
  email: string;
  address: string;
  postalCode: string;
  taxCondition: string;
  notes: string;
  latitude: string;
  longitude: string;
  plan: string;
  price: string;
  downMbps: number;
  upMbps: number;
  serviceNumber: string;
  serviceAddress: string;
  status: 'active' | 'suspended' | 'cancelled';
  installedOn: string;
  ip: string;
  onuSerial: string;
  balance: string;
  balanceDueOn: string;
}

export type ReadPhone = (text: string) => string | undefined;

const LONGEST: Partial<Record<ImportField, number>> = { name: 120, number: 20, document: 40, address: 200, notes: 4000, plan: 80, serviceNumber: 20, ip: 45, onuSerial: 40, postalCode: 12, email: 200, taxCondition: 60, serviceAddress: 200 };
const CODE = /^[\p{L}\p{N}.-]+$/u;

/** Reads the cells of one row, telling what it cannot read. */
class Cells {
  readonly problems: RowProblem[] = [];
  readonly #cells: Record<ImportField, string>;

  constructor(cells: readonly string[], mapping: ColumnMapping) {
    const at = (field: ImportField): string => (mapping[field] === undefined ? '' : (cells[mapping[field]] ?? '').replace(/\s+/gu, ' ').trim());
    this.#cells = Object.fromEntries(importFields.map((field) => [field, at(field)])) as Record<ImportField, string>;
  }

  text(field: ImportField, stops = true): string {
    const value = this.#cells[field];
    if (value.length <= (LONGEST[field] ?? 200)) return value;
    this.problems.push({ field, code: 'too-long', stops });
    return '';
  }

  /** What a reading makes of it; '' where it makes nothing. */
  read(field: ImportField, reading: (text: string) => string | undefined, stops = false): string {
    const text = this.#cells[field];
    if (text === '') return '';
    const value = reading(text);
    if (value === undefined) this.problems.push({ field, code: 'unreadable', stops });
    return value ?? '';
  }
}

const positive = (text: string): string | undefined => {
  const amount = amountIn(text);
  return amount?.startsWith('-') ? undefined : amount;
};
const code = (text: string): string | undefined => (CODE.test(text) ? text : undefined);
const email = (text: string): string | undefined => (/^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(text) ? text : undefined);
const mbps = (text: string): string | undefined => /^(\d{1,5})/u.exec(text)?.[1];

/** One row in the book's spelling, and what of it could not be read. */
export function readRow(cells: readonly string[], mapping: ColumnMapping, readPhone: ReadPhone): { read: ReadRow; problems: RowProblem[] } {
  const row = new Cells(cells, mapping);
  // A cell may hold several: "341 555-0301 / 341 555-0302".
  const phones = (['phone', 'phone2'] as const).flatMap((field) =>
    row.text(field, false).split(/[/;,|]/u).map((one) => one.trim()).filter((one) => one !== '').flatMap((one) => {
      const digits = readPhone(one);
      if (digits === undefined) row.problems.push({ field, code: 'unreadable', stops: false });
      return digits === undefined ? [] : [digits];
    }));
  const [latitude, longitude] = [row.read('latitude', (text) => coordinateIn(text, 90)), row.read('longitude', (text) => coordinateIn(text, 180))];
  const hasPlace = latitude !== '' && longitude !== '';
  const read: ReadRow = {
    number: row.read('number', code, true), document: row.text('document').replace(/[^\p{L}\p{N}]/gu, '').toUpperCase(),
    name: [row.text('name'), row.text('lastName')].filter((part) => part !== '').join(' '), phones: [...new Set(phones)],
    email: row.read('email', email), address: row.text('address'), postalCode: row.text('postalCode', false), taxCondition: row.text('taxCondition', false), notes: row.text('notes', false),
    latitude: hasPlace ? latitude : '', longitude: hasPlace ? longitude : '',
    plan: row.text('plan'), price: row.read('price', positive, true), downMbps: Number(row.read('downMbps', mbps) || 0), upMbps: Number(row.read('upMbps', mbps) || 0),
    serviceNumber: row.read('serviceNumber', code, true), serviceAddress: row.text('serviceAddress'),
    status: (row.read('serviceStatus', statusIn, true) || 'active') as ReadRow['status'], installedOn: row.read('installedOn', dayIn, true),
    ip: row.text('ip', false), onuSerial: row.text('onuSerial', false), balance: row.read('balance', amountIn, true), balanceDueOn: row.read('balanceDueOn', dayIn),
  };
  return { read, problems: row.problems };
}
