import type { EntityManager } from '@mikro-orm/postgresql';
import type { InvoiceSummary } from '../../libs/domain/customers.js';
import { cents } from '../../libs/domain/money.js';
import type { OwnAccount } from '../../libs/domain/receipt/evidence.js';
import { issuerOf } from '../../libs/domain/receipt/issuers.js';
import { settlingPolicy, type ReceiptPolicy } from '../../libs/domain/receipt/policy.js';
import type { ReadReceipt } from '../../libs/domain/receipt/receipt.js';
import { tellingReferences } from '../../libs/domain/receipt/repeats.js';
import { moneyKeys } from '../../libs/domain/settlement/settlement.js';
import { instantOf } from '../../libs/domain/time/local-time.js';
import { openSettlement, type Opening } from '../settlements/opening.js';
import type { Confirmed } from './incoming.js';
import type { CompanyFacts, ReceiptRow } from './receipt-rows.js';

/** A receipt's payment as it is settled: who, how much, and what it is known by. */
export interface Accepted {
  row: ReceiptRow;
  known: ReadReceipt;
  customer: { id: string; name: string };
  /** Which invoice is meant, where one is. */
  invoice?: Pick<InvoiceSummary, 'id' | 'number'>;
  confirmed: Confirmed;
  policy: ReceiptPolicy;
  facts: CompanyFacts;
  /** A person says that what it repeats is another payment. */
  despite?: boolean;
}

export interface NamedAccount extends OwnAccount {
  /** As customers see it. */
  name: string;
}

/** Accounts of the company's against which receipts are held, shown to customers or not. */
export async function accountsOf(em: EntityManager, company: string): Promise<NamedAccount[]> {
  const rows = await em.execute<{ id: string; name: string; number: string | null; alias: string | null; holder: string; document: string | null }[]>(
    `select id, name, number, alias, holder, document from payment_methods where company = ? and kind = 'transfer' and removed_at is null order by position, id`, [company]);
  return rows.map(({ id, name, number, alias, holder, document }) => ({
    id, name, holder, ...(number === null ? {} : { number: number.replace(/\D/gu, '') }), ...(alias === null ? {} : { alias: alias.trim().toLowerCase() }),
    ...(document === null ? {} : { document: document.replace(/[^\dA-Za-z]/gu, '').toUpperCase() }),
  }));
}

/** The one open invoice whose amount was paid; with several of one amount the oldest is. */
export const invoicePaid = ({ amount }: ReadReceipt, open: readonly InvoiceSummary[]): InvoiceSummary | undefined =>
  open.find((invoice) => amount !== undefined && invoice.amount.currency === amount.currency && cents(invoice.amount.amount) === cents(amount.amount));

/** When it was paid, as an ISO instant: the hour where the receipt tells it, else noon, which no time zone takes for another day. */
function paidAt({ paidAt: on }: ReadReceipt, row: ReceiptRow, { timeZone }: CompanyFacts): string {
  const instant = on && instantOf(`${on.on}T${on.at ?? '12:00'}`, timeZone);
  return instant === undefined ? row.received : new Date(instant).toISOString();
}

async function methodOf(em: EntityManager, company: string, { row, known }: Accepted): Promise<string> {
  if (row.method !== null) return row.method;
  const { account, alias } = known.beneficiary;
  const own = (await accountsOf(em, company)).find((one) => (account !== undefined && one.number === account) || (alias !== undefined && one.alias === alias));
  return own?.name ?? (known.issuer && issuerOf(known.issuer)?.name) ?? 'Transferencia';
}

/** Opens the settlement of a receipt in the caller's transaction, with all that its payment is known by. */
export async function openFor(em: EntityManager, company: string, accepted: Accepted): Promise<Opening> {
  const { row, known, customer, confirmed, policy, facts, invoice, despite } = accepted;
  const { incoming } = confirmed;
  const keys = [
    ...(row.sha256 === null ? [] : [moneyKeys.file(row.sha256)]), ...tellingReferences(known).map(moneyKeys.reference),
    ...(incoming ? [moneyKeys.incoming(incoming.id)] : []), ...(incoming?.platformId === undefined ? [] : [moneyKeys.platform('mercadopago', incoming.platformId)]),
  ];
  const meant = row.invoice === null ? invoice : { id: row.invoice, number: row.invoice_number ?? '' };
  return openSettlement(em, company, {
    source: 'receipt', receipt: row.id, ...(incoming && { incoming: incoming.id }), ...(row.conversation === null ? {} : { conversation: row.conversation }),
    customer: customer.id, customerName: customer.name, ...(meant && { invoice: meant.id, ...(meant.number === '' ? {} : { invoiceNumber: meant.number }) }),
    amount: known.amount!, method: await methodOf(em, company, accepted), paidAt: paidAt(known, row, facts), keys, policy: settlingPolicy(policy),
    ...(despite && { despiteTaken: true }),
  });
}
