import { z } from 'zod';
import { amount, day, id, listOf, text } from '../wire/lenient.js';

/**
 * ISPCube's rows, as far as Hilo reads them. Sources: the vendor's published Postman collection (apidoc.ispcube.com, 59 calls) and public
 * integrations with it. A row carries passwords, bank accounts and payment codes: what no schema names is dropped.
 */

/** 1, "1", true, "true"; nothing counts as false. */
const flag = text.transform((written) => written === '1' || written === 'true');

const named = z.object({ name: text }).optional().catch(undefined);

export const connectionRow = z.object({
  id,
  customer_id: text,
  plan_id: text,
  ip: text,
  /** Not in the collection's examples; where it is missing the customer's address is the service's. */
  address: text,
});
export type ConnectionRow = z.infer<typeof connectionRow>;

export const customerRow = z.object({
  id,
  /** Zero-padded, and the zeros matter: "003365" is not "3365". */
  code: text,
  name: text,
  doc_number: text,
  address: text,
  city: named,
  /** What is owed; negative: in the customer's favour. */
  debt: amount,
  /** The part of it that is past its due date. */
  duedebt: amount,
  /** Cut off for lack of payment. */
  block: flag,
  /** enabled | blocked | no_service | … */
  status: text,
  temporary: flag,
  /** Deleted customers are answered like others. */
  deleted_at: text,
  phones: listOf(z.object({ number: text })),
  contact_emails: listOf(z.object({ email: text, principal: flag })),
  connections: listOf(connectionRow),
});
export type CustomerRow = z.infer<typeof customerRow>;

export const billRow = z.object({
  id,
  customer_id: text,
  number: text,
  date: day,
  due_date1: day,
  due_date2: day,
  total: amount,
  canceled: flag,
  /** Where the document is. */
  url: text,
});
export type BillRow = z.infer<typeof billRow>;

/** A payment ("cobranza"). `date` may differ from `real_date` by months; the real one is when it was paid. */
export const paymentRow = z.object({ id, customer_id: text, total: amount, date: day, real_date: day, comment: text });
export type PaymentRow = z.infer<typeof paymentRow>;

/** Where money goes to ("entidad"): what ISPCube has as methods of payment. */
export const entityRow = z.object({ id, name: text, enabled: flag, receive: flag, selected_default: flag });

export const ticketRow = z.object({
  id,
  customer_id: text,
  connection_id: text,
  ticket_status_id: text,
  ticket_category_id: text,
  ticket_area_id: text,
  ticket_priority_id: text,
  assigned_user_id: text,
  items: listOf(z.object({ content: text })),
});
export type TicketRow = z.infer<typeof ticketRow>;

/** A row of a catalogue: plans, categories. */
export const catalogRow = z.object({ id, name: text });
export const sessionRow = z.object({ username: text, framedipaddress: text });

/** Fields that are known and not wanted. */
export const ignored = [
  'portal_password', 'customer_cbu', 'electronic_payment_codes', 'uuid', 'lat', 'lng', 'entity', 'entity_id', 'free', 'paycomm', 'block_date', 'start_date',
  'enable_date', 'tax_residence', 'comercial_activity', 'first_expiration_date', 'second_expiration_date', 'customer_debt', 'status', 'month', 'nyear', 'items',
  'type', 'source_id', 'destiny_id', 'url', 'paymethod', 'bank', 'send', 'created_at', 'visit_date', 'price', 'internal_item_content', 'item_content', 'files',
  'node_id', 'olt_id', 'ftthbox_id', 'conntype', 'mac_address', 'username', 'password', 'wifi_password', 'color', 'ticketarea_id', 'nasipaddress', 'callingstationid',
  'acctstarttime',
];

/** One row, or a list of them: both are met for the same question, also under `data`. */
export function rowsIn(body: unknown): unknown[] {
  if (Array.isArray(body)) return body;
  if (typeof body !== 'object' || body === null) return [];
  const { data } = body as { data?: unknown };
  if (data !== undefined) return rowsIn(data);
  return Object.keys(body).length === 0 ? [] : [body];
}

const TOKEN = /^[\w|.~+/=-]{8,4096}$/u;

/** The token of a login, in the shapes that are met: bare text, `token` or `access_token`, and either under `data`. */
export function tokenIn(body: unknown): string | undefined {
  if (typeof body === 'string') return TOKEN.test(body.trim()) ? body.trim() : undefined;
  if (typeof body !== 'object' || body === null) return undefined;
  const { token, access_token: other, data } = body as Record<string, unknown>;
  return [token, other, data].map((one) => (one === undefined ? undefined : tokenIn(one))).find((one) => one !== undefined);
}

/** Where the newest bill's document lies: a bare address, one in quotes or brackets, or a row with `url`. */
export function addressIn(body: unknown): string | undefined {
  if (typeof body === 'string') return /^https?:\/\/\S+$/iu.exec(body.trim().replace(/^["[\]{}\s]+|["[\]{}\s]+$/gu, ''))?.[0];
  if (Array.isArray(body)) return body.map(addressIn).find((one) => one !== undefined);
  return typeof body === 'object' && body !== null ? addressIn((body as { url?: unknown }).url) : undefined;
}
