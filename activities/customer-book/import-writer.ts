import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { NewPlanWanted } from '../../libs/domain/customer-import/plan-import.js';
import type { ReadRow } from '../../libs/domain/customer-import/read-row.js';

interface Remembered {
  kind: 'plan' | 'customer' | 'service' | 'invoice';
  subject: string;
  before: object | null;
}

const orNull = (text: string): string | null => (text === '' ? null : text);

/** Writes an import's rows, each statement for all of a kind, and remembers what they made or were before, so that it can be undone. */
export class ImportWriter {
  readonly #rows: Remembered[] = [];

  constructor(private readonly em: EntityManager, private readonly company: string, private readonly batch: string) {}

  async plans(plans: readonly (NewPlanWanted & { currency: string })[]): Promise<void> {
    await this.#insert('plan', plans.map((plan) => ({ id: randomUUID(), ...plan })), `insert into plans (company, id, name, down_mbps, up_mbps, price, currency, position)
      select ?, x.id, x.name, x."downMbps", x."upMbps", x.price, x.currency, 1000 from jsonb_to_recordset(?::jsonb)
        as x(id uuid, name text, "downMbps" int, "upMbps" int, price numeric, currency text)`);
  }

  async customers(customers: readonly { id: string; number: string; read: ReadRow; phoneKeys: string[] }[]): Promise<void> {
    const rows = customers.map(({ id, number, read, phoneKeys }) => ({ id, number, phoneKeys, ...customerColumns(read), status: 'active' }));
    await this.#insert('customer', rows, `insert into customers (company, id, number, document, name, phones, phone_keys, address, postal_code, email, tax_condition, notes, latitude, longitude)
      select ?, x.id, x.number, x.document, x.name, x.phones, x."phoneKeys", x.address, x.postal_code, x.email, x.tax_condition, coalesce(x.notes, ''), x.latitude, x.longitude
      from jsonb_to_recordset(?::jsonb) as x(id uuid, number text, document text, name text, phones text[], "phoneKeys" text[], address text, postal_code text, email text,
        tax_condition text, notes text, latitude numeric, longitude numeric)`);
  }

  async services(services: readonly { id: string; customer: string; number: string; plan: string; read: ReadRow }[]): Promise<void> {
    const rows = services.map(({ read, ...row }) => ({ ...row, ...serviceColumns(read), status: read.status, fallback: orNull(read.address) }));
    // A service's own price only where it is not the plan's.
    await this.#insert('service', rows, `insert into services (company, id, customer, number, plan, address, status, installed_on, price, ip, onu_serial)
      select p.company, x.id, x.customer, x.number, x.plan, coalesce(x.address, x.fallback), x.status, x.installed_on, nullif(x.price, p.price), x.ip, x.onu_serial
      from jsonb_to_recordset(?::jsonb) as x(id uuid, customer uuid, number text, plan uuid, address text, fallback text, status text, installed_on date, price numeric, ip text,
        onu_serial text) join plans p on p.company = ? and p.id = x.plan`, true);
  }

  async balances(balances: readonly { id: string; customer: string; customerNumber: string; amount: string; issuedOn: string; dueOn: string; currency: string }[]): Promise<void> {
    const rows = balances.map((one) => ({ ...one, number: `SALDO-${one.customerNumber}`, issuedOn: one.dueOn < one.issuedOn ? one.dueOn : one.issuedOn }));
    await this.#insert('invoice', rows, `insert into invoices (company, id, customer, number, issued_on, due_on, amount, currency)
      select ?, x.id, x.customer, x.number, x."issuedOn", x."dueOn", x.amount, x.currency from jsonb_to_recordset(?::jsonb)
        as x(id uuid, customer uuid, number text, "issuedOn" date, "dueOn" date, amount numeric, currency text)`);
    await this.em.execute(
      `insert into invoice_lines (company, invoice, position, text, amount) select ?, x.id, 0, 'Saldo anterior', x.amount from jsonb_to_recordset(?::jsonb) as x(id uuid, amount numeric)`,
      [this.company, JSON.stringify(rows)]);
  }

  async #insert(kind: Remembered['kind'], rows: readonly { id: string }[], sql: string, rowsFirst = false): Promise<void> {
    if (rows.length === 0) return;
    const json = JSON.stringify(rows);
    await this.em.execute(sql, rowsFirst ? [json, this.company] : [this.company, json]);
    for (const { id } of rows) this.#rows.push({ kind, subject: id, before: null });
  }

  /** What the file says; what it does not say stays. */
  async changeCustomer(id: string, read: ReadRow, phoneKeys: string[]): Promise<void> {
    const columns: Record<string, unknown> = { ...customerColumns(read), ...(phoneKeys.length > 0 ? { phone_keys: phoneKeys } : {}) };
    if (read.phones.length === 0) delete columns['phones'];
    await this.#change('customer', id, columns);
  }

  async changeService(id: string, read: ReadRow, plan: string | undefined): Promise<void> {
    await this.#change('service', id, { ...serviceColumns(read), ...(plan === undefined ? {} : { plan }) });
  }

  async #change(kind: 'customer' | 'service', id: string, columns: Record<string, unknown>): Promise<void> {
    const table = `${kind}s`;
    const said = Object.entries(columns).filter(([, value]) => value !== null && value !== undefined);
    if (said.length === 0 || this.#rows.some((row) => row.subject === id)) return;
    const [before] = await this.em.execute<{ row: object }[]>(`select to_jsonb(x) - 'search' as row from ${table} x where company = ? and id = ?::uuid`, [this.company, id]);
    await this.em.execute(
      `update ${table} t set ${said.map(([column]) => `${column} = x.${column}`).join(', ')} from jsonb_populate_record(null::${table}, ?::jsonb) x where t.company = ? and t.id = ?::uuid`,
      [JSON.stringify(Object.fromEntries(said)), this.company, id]);
    this.#rows.push({ kind, subject: id, before: before!.row });
  }

  /** With the versions that it leaves. */
  async remember(): Promise<void> {
    const rows = this.#rows.map((row, position) => ({ ...row, position }));
    const versions = (['plan', 'customer', 'service', 'invoice'] as const).map((kind) => `select '${kind}' as kind, id, version from ${kind}s where company = ?`).join(' union all ');
    await this.em.execute(
      `insert into import_rows (company, batch, position, kind, subject, version, before)
        select ?, ?::uuid, x.position, x.kind, x.subject, v.version, nullif(x.before, 'null'::jsonb)
        from jsonb_to_recordset(?::jsonb) as x(position int, kind text, subject uuid, before jsonb) join (${versions}) v on v.kind = x.kind and v.id = x.subject`,
      [this.company, this.batch, JSON.stringify(rows), this.company, this.company, this.company, this.company]);
  }
}

const customerColumns = (read: ReadRow) => ({
  document: orNull(read.document), name: orNull(read.name), phones: read.phones, address: orNull(read.address), postal_code: orNull(read.postalCode), email: orNull(read.email),
  tax_condition: orNull(read.taxCondition), notes: orNull(read.notes), latitude: orNull(read.latitude), longitude: orNull(read.longitude),
});

const serviceColumns = (read: ReadRow) => ({
  address: orNull(read.serviceAddress), installed_on: orNull(read.installedOn), price: orNull(read.price), ip: orNull(read.ip), onu_serial: orNull(read.onuSerial),
});
