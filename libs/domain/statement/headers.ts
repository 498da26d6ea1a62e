import { bareHeader } from '../customer-import/fields.js';
import type { ReceiptCountry } from '../receipt/receipt.js';
import { decimalMarkIn } from '../receipt/amount.js';
import { bookedOn, dayOrderOf, decimalOf, sideIn, signedAmountIn } from './cells.js';
import { statementFields, type StatementColumns, type StatementField, type StatementMapping } from './statement.js';

/** Names of columns as banks' files have them, bare; the likelier one first. `balance` is here so that nobody takes it for an amount. */
const names: Readonly<Record<StatementField | 'balance', readonly string[]>> = {
  on: ['fecha', 'fechamovimiento', 'fechademovimiento', 'fechadelmovimiento', 'fechaoperacion', 'fechadeoperacion', 'fechatransaccion', 'fechadetransaccion', 'fechahora', 'fechayhora', 'fechacontable', 'fechaproceso', 'fechadepago', 'fechavalor', 'dia', 'date'],
  amount: ['importe', 'monto', 'valor', 'amount', 'montodelmovimiento', 'importeneto', 'montototal', 'valortransaccion', 'montodeoperacion'],
  credit: ['credito', 'creditos', 'haber', 'abono', 'abonos', 'deposito', 'depositos', 'depositosabonos', 'depositosyabonos', 'abonoscreditos', 'ingreso', 'ingresos', 'entrada', 'entradas', 'importecredito', 'credit'],
  debit: ['debito', 'debitos', 'debe', 'cargo', 'cargos', 'retiro', 'retiros', 'chequesycargos', 'chequescargos', 'girosycargos', 'cargosdebitos', 'egreso', 'egresos', 'salida', 'salidas', 'importedebito', 'debit'],
  kind: ['tipo', 'tipomovimiento', 'tipodemovimiento', 'tipodeoperacion', 'debitocredito', 'creditodebito', 'cargoabono', 'dc', 'signo', 'naturaleza', 'type'],
  currency: ['moneda', 'divisa', 'currency'],
  description: ['descripcion', 'concepto', 'detalle', 'descripciondelmovimiento', 'descripcionoperacion', 'glosa', 'movimiento', 'leyenda', 'description'],
  detail: ['referenciaampliada', 'informacioncomplementaria', 'informacionadicional', 'infoadicional', 'leyendaadicional', 'descripcionadicional', 'descripciondetallada', 'mensaje', 'observaciones', 'observacion', 'detalle', 'concepto', 'leyenda'],
  reference: ['referencia', 'nreferencia', 'numeroreferencia', 'numerodereferencia', 'clavederastreo', 'noperacion', 'operacion', 'numerodeoperacion', 'nrooperacion', 'nrodeoperacion', 'iddeoperacion', 'idoperacion', 'coelsaid', 'idcoelsa', 'ncomprobante', 'nrocomprobante', 'comprobante', 'ndocumento', 'nrodocumento', 'numerodedocumento', 'documento', 'folio', 'transaccion', 'idtransaccion', 'autorizacion', 'reference'],
  payerName: ['ordenante', 'nombreordenante', 'nombredelordenante', 'remitente', 'origen', 'nombreorigen', 'pagador', 'contraparte', 'titular', 'nombre', 'cliente', 'razonsocial', 'payer'],
  payerDocument: ['cuitorigen', 'rutorigen', 'cuitcuil', 'cuit', 'cuil', 'rut', 'documentoorigen', 'documentoordenante', 'identificacion', 'rfcordenante', 'rfc', 'cedula', 'dni'],
  balance: ['saldo', 'saldos', 'saldodisponible', 'saldocontable', 'balance'],
};
const fields = [...statementFields, 'balance'] as const;
/** Longer ones may go on: "Importe en pesos", "Débitos ($)". */
const SHORTEST_START = 5;
const START_IS_WORSE = 100;

/** Which column has which name, each one field at most, each field its likeliest. */
function namedColumns(header: readonly string[]): Partial<Record<(typeof fields)[number], number>> {
  const bare = header.map(bareHeader);
  const fits = fields.flatMap((field) => bare.flatMap((cell, column) => names[field].flatMap((name, at) => {
    if (cell === name) return [{ field, column, score: at }];
    return name.length >= SHORTEST_START && cell.startsWith(name) ? [{ field, column, score: START_IS_WORSE + at - name.length }] : [];
  })));
  const found: Partial<Record<(typeof fields)[number], number>> = {};
  const taken = new Set<number>();
  for (const { field, column } of fits.sort((one, other) => one.score - other.score || one.column - other.column)) {
    if (found[field] !== undefined || taken.has(column)) continue;
    found[field] = column;
    taken.add(column);
  }
  return found;
}

/** Banks write this many lines above their table at most. */
const HEADER_WITHIN = 40;
const hasAmount = ({ amount, credit, debit }: StatementColumns) => amount !== undefined || credit !== undefined || debit !== undefined;

/** The first row that names a day and an amount; the one with the most names of several in a row. */
function headerRow(rows: readonly (readonly string[])[]): { header: number; columns: ReturnType<typeof namedColumns> } | undefined {
  let best: { header: number; columns: ReturnType<typeof namedColumns> } | undefined;
  for (const [header, row] of rows.slice(0, HEADER_WITHIN).entries()) {
    const columns = namedColumns(row);
    if (columns.on === undefined || !hasAmount(columns)) continue;
    if (!best || Object.keys(columns).length > Object.keys(best.columns).length) best = { header, columns };
  }
  return best;
}

/** The columns' names as they are remembered; undefined: the file has none. */
export const headerPrint = (row: readonly string[] | undefined): string | undefined => {
  // Without the empty cells at its end: how wide the table is depends on the lines above.
  const print = row?.map(bareHeader).join('|').replace(/\|+$/u, '');
  return print === '' ? undefined : print;
};

/** The row of a table that has these names: lines above it come and go. */
export function headerLike(rows: readonly (readonly string[])[], print: string): number | undefined {
  const at = rows.slice(0, HEADER_WITHIN).findIndex((row) => headerPrint(row) === print);
  return at < 0 ? undefined : at;
}

const share = (cells: readonly string[], is: (cell: string) => boolean): number => {
  const full = cells.filter((cell) => cell !== '');
  return full.length === 0 ? 0 : full.filter(is).length / full.length;
};
const looksLikeMoney = (cell: string): boolean => /\d/u.test(cell) && signedAmountIn(cell, ',') !== undefined && /[.,]\d{1,2}\D*$|\d[.,]\d{3}|^[^\d]*-|^\d{1,7}$/u.test(cell);
const looksLikeDay = (cell: string): boolean => /\D/u.test(cell) && bookedOn(cell, { days: 'day-first', today: '2100-01-01' }) !== undefined;

/** A file without names: the days, the first amounts, and the longest texts. */
function columnsByContent(rows: readonly (readonly string[])[]): StatementColumns {
  const width = rows[0]?.length ?? 0;
  const columns = Array.from({ length: width }, (_, at) => rows.map((row) => row[at] ?? ''));
  const on = columns.findIndex((cells) => share(cells, looksLikeDay) > 0.6);
  const amount = columns.findIndex((cells, at) => at !== on && share(cells, looksLikeMoney) > 0.6);
  const letters = (cells: readonly string[]) => cells.reduce((sum, cell) => sum + (/\p{L}/u.test(cell) ? cell.length : 0), 0);
  const [text] = columns.map((cells, at) => ({ at, size: at === on || at === amount ? 0 : letters(cells) })).sort((one, other) => other.size - one.size);
  return {
    ...(on < 0 ? {} : { on }), ...(amount < 0 ? {} : { amount }), ...(text && text.size > 0 ? { description: text.at } : {}),
  };
}

/** One amount for both ways, or one for each: never three. "Tipo" counts where it says which way, not where it says "transferencia". */
function settled({ balance: _, kind, ...columns }: ReturnType<typeof namedColumns>, body: readonly (readonly string[])[]): StatementColumns {
  const { amount, credit, debit, ...others } = columns;
  if (credit !== undefined && debit !== undefined) return { ...others, credit, debit };
  if (amount === undefined) return columns;
  const saysWhich = kind !== undefined && share(body.map((row) => row[kind] ?? ''), (cell) => sideIn(cell) !== undefined) > 0.6;
  return { ...others, amount, ...(saysWhich ? { kind } : {}) };
}

/** How columns that are known are written. */
export function writingOf(rows: readonly (readonly string[])[], header: number, columns: StatementColumns, country: ReceiptCountry): Pick<StatementMapping, 'days' | 'decimal'> {
  const body = rows.slice(header + 1);
  const cellsOf = (field: StatementField) => (columns[field] === undefined ? [] : body.map((row) => row[columns[field]!] ?? ''));
  return {
    days: dayOrderOf(cellsOf('on')),
    decimal: decimalOf([...cellsOf('amount'), ...cellsOf('credit'), ...cellsOf('debit')], decimalMarkIn(country)),
  };
}

/** What the columns of a bank's file are likely to be: by their names, or else by what is in them. People see it and set it right. */
export function guessMapping(rows: readonly (readonly string[])[], country: ReceiptCountry): StatementMapping {
  const named = headerRow(rows);
  const header = named?.header ?? -1;
  const columns = named ? settled(named.columns, rows.slice(header + 1)) : columnsByContent(rows);
  return { header, columns, ...writingOf(rows, header, columns, country) };
}
