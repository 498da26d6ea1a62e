import type { EntityManager } from '@mikro-orm/postgresql';
import type { Notification } from './notification.schema.js';

interface Row {
  platform: string;
  payment: string;
  kind: 'partly-refunded' | 'not-ours' | 'paid-twice' | 'overpaid' | 'won-back' | 'unreadable';
  customer: string | null;
  invoice: string | null;
  amount: string | null;
  at: string;
}

const MOST = 10;

/** What somebody has to do about money of a platform that nothing could be made of by itself. */
const words: Readonly<Record<Row['kind'], (of: { whose: string; payment: string; sum: string; invoice: string }) => string>> = {
  'partly-refunded': ({ whose, payment }) => `MercadoPago devolvió una parte del pago ${payment}${whose}: corregilo a mano en tu sistema.`,
  'not-ours': ({ whose, payment, sum, invoice }) => `El pago ${payment} de MercadoPago${sum}${whose} no es el que pedía el enlace${invoice} (es de otra cuenta o en otra moneda): no se registró. Miralo en tu cuenta.`,
  'paid-twice': ({ whose, payment, sum, invoice }) => `Llegó otro pago${whose} por MercadoPago (${payment}${sum})${invoice}: lo que pagaba ya estaba pago. Devolvelo o registralo a favor.`,
  overpaid: ({ whose, payment, sum, invoice }) => `Por MercadoPago entró más de lo que se debía${whose} (${payment}${sum})${invoice}: se registró, y lo que sobra queda a favor. Fijate si hay que devolverlo.`,
  'won-back': ({ whose, payment, sum }) => `MercadoPago te dio la razón en la disputa del pago ${payment}${whose}${sum}: registralo de nuevo en tu sistema.`,
  unreadable: ({ payment }) => `No se entendió el pago ${payment} de MercadoPago: miralo en tu cuenta.`,
};

/** Payments of the last week at a platform that wait for a person. */
export async function paymentTroubleAlerts(em: EntityManager, company: string): Promise<Notification[]> {
  const rows = await em.execute<Row[]>(
    `select t.platform, t.payment, t.kind, nullif(coalesce(s.customer_name, l.customer_name), '') customer, nullif(coalesce(s.invoice_number, l.invoice_number), '') invoice,
        t.amount || ' ' || t.currency amount, t.at
      from payment_troubles t left join settlements s on s.company = t.company and s.id = t.settlement left join payment_links l on l.company = t.company and l.id = t.link
      where t.company = ? and t.at > now() - interval '7 days' order by t.at desc limit ${MOST}`, [company]);
  return rows.map(({ platform, payment, kind, customer, invoice, amount, at }) => ({
    id: `payment/${platform}/${payment}/${kind}`, kind: `payment-${kind}`, at: new Date(at).toISOString(),
    text: words[kind]({
      payment, whose: customer === null ? '' : ` de ${customer}`, sum: amount === null ? '' : `, ${amount}`, invoice: invoice === null ? '' : ` de la factura ${invoice}`,
    }),
  }));
}
