import { dateAt, formatDate, formatMoney, type Manner } from '../conversation/format.js';
import type { Money } from '../customers.js';

/** A link as a customer is sent it by an agent. */
export interface SentLink {
  /** As printed on the invoice. */
  invoiceNumber: string;
  amount: Money;
  url: string;
  /** ISO instant. */
  expiresAt: string;
}

/** The agent's message: for what it is, where it is paid, and until when. */
export function linkMessage({ invoiceNumber, amount, url, expiresAt }: SentLink, nowMs: number, manner: Manner): string {
  const until = formatDate(dateAt(Date.parse(expiresAt), manner), dateAt(nowMs, manner), manner);
  return [`💳 *Factura N.º ${invoiceNumber}*: ${formatMoney(amount, manner)}`, `Pagala desde acá: ${url}`, `El enlace vale hasta el ${until}. El pago se registra solo cuando se acredita.`].join('\n');
}
