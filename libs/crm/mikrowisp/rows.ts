import { z } from 'zod';
import type { CrmDeps } from '../crm-deps.js';
import { amount, day, id, listOf, readRow, text } from '../wire/lenient.js';

/** What is read of MikroWisp's rows (external-apis.md §1.2); the rest is dropped, `codigo` (the portal's password) and `ppppass` first. */
const client = z.object({
  id, nombre: text, estado: text, correo: text, telefono: text, movil: text, cedula: text, direccion_principal: text,
  servicios: listOf(z.unknown()), facturacion: z.unknown(),
});
const service = z.object({ id, perfil: text, costo: amount, ip: text, instalado: day, status_user: text, direccion: text, onu_sn: text });
const billing = z.object({ facturas_nopagadas: text, total_facturas: amount });
const invoice = z.object({
  id, idcliente: id, legal: text, emitido: day, vencimiento: day, total: amount, estado: text, cobrado: amount, fechapago: day, formapago: text,
  idtransaccion: text, nota: text, urlpdf: text,
});
const ticket = z.object({ id: text, idticket: text, asunto: text });

/** Known and not wanted; passwords among them. */
const ignoredOfClient = ['pasarela', 'codigo', 'fecha_suspendido'];
const ignoredOfService = ['idperfil', 'nodo', 'mac', 'pppuser', 'ppppass', 'tiposervicio', 'coordenadas'];
const ignoredOfInvoice = ['impuesto', 'subtotal', 'total2', 'oxxo_referencia', 'barcode_cobro_digital', 'items'];
const ignoredOfTicket = ['estado', 'fecha', 'fechavisita', 'turno', 'agendado', 'contenido', 'solicitante', 'dp', 'departamento'];

export type ServiceRow = z.infer<typeof service>;
export type InvoiceRow = z.infer<typeof invoice>;
export type TicketRow = z.infer<typeof ticket>;
export type ClientRow = Omit<z.infer<typeof client>, 'servicios' | 'facturacion'> & { services: ServiceRow[]; owed?: string };

type Report = Pick<CrmDeps, 'report'>;

const listIn = (value: unknown): unknown[] => Array.isArray(value) ? value as unknown[] : typeof value === 'object' && value !== null ? [value] : [];

export function clientsIn(deps: Report, fields: Record<string, unknown>): ClientRow[] {
  return listIn(fields['datos']).map((one) => {
    const { servicios, facturacion, ...rest } = readRow(deps, 'GetClientsDetails', client, one, ignoredOfClient);
    const services = servicios.map((each) => readRow(deps, 'GetClientsDetails.servicios', service, each, ignoredOfService));
    const owed = listIn(facturacion).map((each) => readRow(deps, 'GetClientsDetails.facturacion', billing, each).total_facturas)[0];
    return { ...rest, services, ...(owed === undefined ? {} : { owed }) };
  });
}

export const invoicesIn = (deps: Report, fields: Record<string, unknown>): InvoiceRow[] =>
  listIn(fields['facturas']).map((one) => readRow(deps, 'GetInvoices', invoice, one, ignoredOfInvoice));

/** GetInvoice: the row is in `factura`; its document's address has been seen there and beside it. */
export function invoiceIn(deps: Report, fields: Record<string, unknown>): InvoiceRow | undefined {
  const [one] = listIn(fields['factura']);
  if (one === undefined) return undefined;
  const row = readRow(deps, 'GetInvoice', invoice, one, ignoredOfInvoice);
  const beside = fields['urlpdf'];
  return { ...row, urlpdf: row.urlpdf ?? (typeof beside === 'string' && beside !== '' ? beside : undefined) };
}

/** ListTicket: the rows are in `data.tickets`. */
export const ticketsIn = (deps: Report, fields: Record<string, unknown>): TicketRow[] =>
  listIn((fields['data'] as { tickets?: unknown } | undefined)?.tickets).map((one) => readRow(deps, 'ListTicket', ticket, one, ignoredOfTicket));
