import { forCompany } from '../libs/db/company.js';
import type { MikroORM } from '../libs/db/orm.js';
import type { PaymentMethod, PaymentOptions, PaymentQuery } from '../libs/domain/conversation/state.js';
import type { PaymentLinks } from './payments/links.js';

/** How a customer can pay an invoice. `conversation`: where they are told of it. */
export type PaymentOptionsOf = (company: string, wanted: PaymentQuery & { conversation: string }, signal?: AbortSignal) => Promise<PaymentOptions>;

type Row = { [Key in keyof PaymentMethod]: PaymentMethod[Key] | null } & Pick<PaymentMethod, 'kind' | 'name'>;

/** The visible methods, in the company's order; a platform is shown as its link. */
const methodsOf = (orm: MikroORM, company: string): Promise<PaymentMethod[]> =>
  forCompany(orm, company, async (em) => {
    const rows = await em.execute<Row[]>(
      `select kind, name, number, alias, holder, document, bank, text from payment_methods
        where company = ? and visible and removed_at is null and kind <> 'mercadopago' order by position, name`, [company]);
    return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null && value !== '')) as unknown as PaymentMethod);
  });

/** A platform that does not answer costs nobody the other ways to pay: there is no link then. */
export function paymentOptions({ orm, links }: { orm: MikroORM; links: PaymentLinks }): PaymentOptionsOf {
  return async (company, { customer, invoice, amount, conversation }, signal) => {
    const [methods, made] = await Promise.all([
      methodsOf(orm, company),
      links.of(company).linkFor({ customer: customer.id, customerName: customer.name, invoice: invoice.id, invoiceNumber: invoice.number, amount, conversation }, signal),
    ]);
    return { ok: true, kind: 'payment-options', methods, ...(made.ok ? { link: made.url } : {}) };
  };
}
