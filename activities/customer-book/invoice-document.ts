import type { EntityManager } from '@mikro-orm/postgresql';
import { invoicePdf, type InvoiceFacts } from '../../libs/documents/invoice-pdf.js';
import type { CompanyContacts } from '../../libs/domain/company-profile.js';
import type { InvoiceDocument, InvoiceState } from '../../libs/domain/customers.js';
import { dayFrom, isUuid, present } from './rows.js';

interface Row {
  company_name: string;
  contacts: CompanyContacts | null;
  logo: string | null;
  name: string;
  customer_number: string;
  document: string | null;
  address: string | null;
  tax_condition: string | null;
  number: string;
  issued_on: string | Date;
  due_on: string | Date;
  amount: string;
  paid: string;
  rest: string;
  currency: string;
  state: InvoiceState;
  paid_on: string | Date | null;
  lines: { text: string; amount: string }[];
}

const READ = `select k.name as company_name, f.contacts, k.logo_sha256 as logo, c.name, c.number as customer_number, c.document, c.address, c.tax_condition,
    i.number, i.issued_on, i.due_on, i.amount::text, i.paid::text, (i.amount - i.paid)::text as rest, i.currency, i.state, i.paid_on,
    (select coalesce(json_agg(json_build_object('text', l.text, 'amount', l.amount::text) order by l.position), '[]') from invoice_lines l
      where l.company = i.company and l.invoice = i.id) as lines
  from invoices i join customers c on c.company = i.company and c.id = i.customer join companies k on k.id = i.company
    left join company_profiles f on f.company = i.company
  where i.company = ? and i.id = ?::uuid and (?::uuid is null or i.customer = ?::uuid)`;

/** Opens a file of the company in the media store. */
export type OpenFile = (company: string, sha256: string) => Promise<Uint8Array | undefined>;

/** What is said of the company below its name. */
const saidOf = (contacts: CompanyContacts | null): string[] =>
  contacts === null ? [] : [contacts.address, contacts.phones.join(' / '), contacts.email, contacts.web].filter((line) => line !== undefined && line !== '') as string[];

const factsOf = (row: Row, logo: Uint8Array | undefined): InvoiceFacts => ({
  company: { name: row.company_name, lines: saidOf(row.contacts), ...(logo ? { logo } : {}) },
  customer: {
    name: row.name, number: row.customer_number,
    ...present({ document: row.document, address: row.address, taxCondition: row.tax_condition }),
  },
  number: row.number, issuedOn: dayFrom(row.issued_on), dueOn: dayFrom(row.due_on), currency: row.currency, lines: row.lines,
  amount: row.amount, paid: row.paid, rest: row.rest, state: row.state, ...(row.paid_on === null ? {} : { paidOn: dayFrom(row.paid_on) }),
});

/** Which invoice; `customer`: whose it has to be, absent: anybody's of the company. */
export interface DocumentWanted {
  invoice: string;
  customer?: string;
}

/**
 * The document of an invoice as the book has it now.
 * @param open for the company's logo; a store that does not answer must not keep a customer from their invoice, so it goes without
 * @returns undefined for an invoice that is not there, or another customer's
 */
export async function invoiceDocument(em: EntityManager, company: string, { invoice, customer }: DocumentWanted, open?: OpenFile): Promise<InvoiceDocument | undefined> {
  if (!isUuid(invoice) || (customer !== undefined && !isUuid(customer))) return undefined;
  const [row] = await em.execute<Row[]>(READ, [company, invoice, customer ?? null, customer ?? null]);
  if (!row) return undefined;
  const logo = row.logo !== null && open ? await open(company, row.logo).catch(() => undefined) : undefined;
  const facts = factsOf(row, logo);
  return { invoice: { id: invoice, number: facts.number }, fileName: `resumen-${facts.number}.pdf`, mimetype: 'application/pdf', bytes: await invoicePdf(facts) };
}
