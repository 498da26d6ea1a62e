import type { EntityManager } from '@mikro-orm/postgresql';
import type { ReceiptState } from '../../../libs/domain/receipt/case.js';
import type { ReadReceipt } from '../../../libs/domain/receipt/receipt.js';
import { CSV_START, csvRow } from '../../../libs/spreadsheet/csv.js';
import type { ReceiptQuery } from './receipt.schema.js';
import { chosenReceipts, listedOf, type ListedRow } from './receipts.queries.js';

/** More is no list that anybody reads: it is narrowed by its days. */
export const MOST_EXPORTED = 20_000;

const header = ['Recibido', 'Cliente', 'Factura', 'Monto', 'Moneda', 'Pagado el', 'Banco o billetera', 'Quién pagó', 'Operación', 'Estado', 'Lo decidió', 'Decidido', 'Motivo'];
const words: Readonly<Record<ReceiptState, string>> = {
  reading: 'Leyendo', waiting: 'Esperando', review: 'A revisar', accepted: 'Aprobado', rejected: 'Rechazado', 'asked-another': 'Pedido otro', other: 'No es comprobante',
};

interface Row extends ListedRow {
  invoice_number: string | null;
  payer_name: string | null;
  read: Pick<ReadReceipt, 'references'> | null;
  reference: string | null;
  received: string;
  decided: string | null;
}

function cellsOf(row: Row): string[] {
  const { issuer, decided } = listedOf(row);
  const by = decided?.by === 'policy' ? 'La regla de la empresa' : (decided?.name ?? (decided ? 'Una persona' : ''));
  return [
    row.received, row.customer_name ?? '', row.invoice_number ?? '', (row.amount ?? '').replace('.', ','), row.currency ?? '', row.paid_on ?? '', issuer ?? '', row.payer_name ?? '',
    row.reference ?? row.read?.references[0]?.value ?? '', words[row.state], by, row.decided ?? '', decided?.why ?? '',
  ];
}

/** The receipts of a list as a CSV file, moments on the company's clocks. Those of all its pages. */
export async function exportReceipts(em: EntityManager, company: string, query: ReceiptQuery): Promise<string> {
  const rows = await chosenReceipts<Row>(em, company, { ...query, page: 1, size: MOST_EXPORTED }, `r.invoice_number, r.payer_name, r.read, r.correction->>'reference' reference,
    to_char(r.received_at at time zone (select time_zone from companies where id = r.company), 'YYYY-MM-DD HH24:MI') received,
    to_char(r.decided_at at time zone (select time_zone from companies where id = r.company), 'YYYY-MM-DD HH24:MI') decided`);
  return CSV_START + [header, ...rows.map(cellsOf)].map(csvRow).join('');
}
