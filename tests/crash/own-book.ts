import type { CustomerBook } from '../../libs/domain/customer-book.js';
import { phoneKey } from '../../libs/domain/phone.js';
import type { RunningCopy } from '../stories/running-copy.js';
import { Hold } from './hold.js';
import type { Books } from './isp-ledger.js';

/** Hilo's own customer book as the ISP's system of the demo company: rows of another hand beside those of the settlement. */
export class OwnBook {
  constructor(private readonly copy: RunningCopy) {}

  async add(book: CustomerBook): Promise<void> {
    const insert = (sql: string, rows: readonly object[]) => this.copy.rows(sql, [JSON.stringify(rows)]);
    await insert(`insert into plans (company, id, name, down_mbps, up_mbps, price, currency) select 'demo', id, name, "downMbps", "upMbps", price, currency
      from jsonb_to_recordset($1) as p(id uuid, name text, "downMbps" int, "upMbps" int, price numeric, currency text)`, book.plans);
    await insert(`insert into customers (company, id, number, name, document, phones, phone_keys) select 'demo', id, document, name, document, phones, keys
      from jsonb_to_recordset($1) as c(id uuid, document text, name text, phones text[], keys text[])`, book.customers.map((one) => ({ ...one, keys: one.phones.map(phoneKey) })));
    await insert(`insert into services (company, id, customer, number, plan, status) select 'demo', id, "customerId", "serviceNumber", "planId", status
      from jsonb_to_recordset($1) as s(id uuid, "customerId" uuid, "serviceNumber" text, "planId" uuid, status text)`, book.services);
    await insert(`insert into invoices (company, id, customer, number, issued_on, due_on, amount, currency) select 'demo', id, "customerId", number, "issuedOn", "dueOn", amount, currency
      from jsonb_to_recordset($1) as i(id uuid, "customerId" uuid, number text, "issuedOn" date, "dueOn" date, amount numeric, currency text)`, book.invoices);
  }

  /** Nobody books a payment of this customer, or takes one back. */
  holdAccount = (name: string): Promise<Hold> => Hold.on(this.copy, `the account of ${name}`, `select 1 from customers where company = 'demo' and name = $1 for update`, [name]);

  /** Nobody switches this customer's service. */
  holdService = (name: string): Promise<Hold> => Hold.on(this.copy, `the service of ${name}`,
    `select 1 from services s join customers c on c.company = s.company and c.id = s.customer where s.company = 'demo' and c.name = $1 for update of s`, [name]);

  async of(name: string): Promise<Books['payments']> {
    return this.copy.rows(
      `select p.reference, p.amount::text, p.reversed_at is not null reversed from payments p join customers c on c.company = p.company and c.id = p.customer where p.company = 'demo' and c.name = $1`, [name]);
  }

  async standingOf(name: string): Promise<{ isOn: boolean; owes: string }> {
    const [row] = await this.copy.rows<{ isOn: boolean; owes: string }>(
      `select s.status = 'active' "isOn", (i.amount - i.paid)::text owes from customers c join services s on s.company = c.company and s.customer = c.id
        join invoices i on i.company = c.company and i.customer = c.id where c.company = 'demo' and c.name = $1`, [name]);
    return row!;
  }
}
