import { z } from 'zod';
import { platformStatuses, type PlatformPayment } from '../domain/payments/platform-payment.js';
import { amountOf } from './exact-amount.js';

/** Rows of MercadoPago as its SDK types them (research/external-apis.md, 6): whitelists, and whatever is not needed may be missing or null. */

const id = z.union([z.number().int().nonnegative(), z.string().regex(/^\d{1,30}$/u)]).transform(String);
const text = z.string().nullish().transform((value) => (value === null || value?.trim() === '' ? undefined : value?.trim()));
/** With the offset of the account's country: 2026-11-27T10:00:00.000-04:00. */
const instant = z.string().refine((value) => !Number.isNaN(Date.parse(value))).transform((value) => new Date(value).toISOString());

const identification = z.object({ number: text }).nullish();
export const paymentRow = z.object({
  id,
  status: z.string(),
  status_detail: text,
  date_created: instant,
  date_approved: instant.nullish(),
  transaction_amount: z.unknown(),
  transaction_amount_refunded: z.unknown().optional(),
  currency_id: z.string().regex(/^[A-Z]{3}$/u),
  external_reference: text,
  collector_id: id.nullish(),
  collector: z.object({ id }).nullish(),
  operation_type: text,
  payment_type_id: text,
  payer: z.object({ first_name: text, last_name: text, identification }).nullish(),
  transaction_details: z.object({ transaction_id: text, payment_method_reference_id: text }).nullish(),
});
export type PaymentRow = z.infer<typeof paymentRow>;

export const searchRow = z.object({ paging: z.object({ total: z.number().int() }), results: z.array(z.unknown()) });

/** `init_point` is where people pay; a test account's links are paid at the same. */
export const preferenceRow = z.object({ id: z.string().min(1).max(100), init_point: z.url({ protocol: /^https?$/u }) });

export const ownerRow = z.object({ id, nickname: text, site_id: z.string() });

/** The account's country and the only currency that it takes, by the site where it lives. */
export const sites: Readonly<Record<string, { country: string; currency: string }>> = {
  MLA: { country: 'AR', currency: 'ARS' }, MLM: { country: 'MX', currency: 'MXN' }, MCO: { country: 'CO', currency: 'COP' }, MPE: { country: 'PE', currency: 'PEN' },
  MLC: { country: 'CL', currency: 'CLP' }, MLU: { country: 'UY', currency: 'UYU' }, MLB: { country: 'BR', currency: 'BRL' },
};
/** What links can be made in. */
export const mercadoPagoCurrencies: readonly string[] = Object.values(sites).map(({ currency }) => currency);

const bare = (reference: string) => reference.toUpperCase().replace(/[^A-Z\d]/gu, '');

/** @returns undefined for an amount that is not exact to the cent */
export function paymentOf(row: PaymentRow): PlatformPayment | undefined {
  const amount = amountOf(row.transaction_amount);
  const refunded = amountOf(row.transaction_amount_refunded ?? 0);
  if (amount === undefined || refunded === undefined) return undefined;
  const { first_name: first, last_name: last, identification: document } = row.payer ?? {};
  const name = [first, last].filter((part) => part !== undefined).join(' ');
  const collector = row.collector_id ?? row.collector?.id;
  const references = [row.id, row.transaction_details?.transaction_id, row.transaction_details?.payment_method_reference_id].filter((one) => one !== undefined).map(bare);
  return {
    id: row.id, status: platformStatuses.find((one) => one === row.status) ?? 'unknown', amount: { amount, currency: row.currency_id }, refunded, createdAt: row.date_created,
    references: [...new Set(references)].filter((one) => one !== ''),
    ...(row.status_detail === undefined ? {} : { detail: row.status_detail }),
    ...(row.external_reference === undefined ? {} : { externalReference: row.external_reference }),
    ...(collector === undefined || collector === null ? {} : { collector }),
    ...(row.date_approved ? { approvedAt: row.date_approved } : {}),
    ...(row.operation_type === undefined ? {} : { operation: row.operation_type }),
    ...(row.payment_type_id === undefined ? {} : { method: row.payment_type_id }),
    ...(name === '' ? {} : { payerName: name }),
    ...(document?.number === undefined ? {} : { payerDocument: bare(document.number) }),
  };
}
