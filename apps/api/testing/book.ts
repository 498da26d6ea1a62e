import { randomUUID } from 'node:crypto';
import { asSuperuser } from '../../../libs/testing/companies.js';
import type { TestDatabase } from '../../../libs/testing/test-db.js';

/** Ids of what a small book holds. */
export interface SmallBook {
  plan: string;
  customer: string;
  service: string;
  invoice: string;
  payment: string;
  run: string;
  batch: string;
}

/** One customer with one service, an open invoice of 1000.00 and a payment of 100.00 that covers nothing, an undone run and a draft of an import. */
export async function addSmallBook(db: TestDatabase, company: string): Promise<SmallBook> {
  const [plan, customer, service, invoice, payment, run, batch] = Array.from({ length: 7 }, () => randomUUID()) as [string, string, string, string, string, string, string];
  const nth = plan.slice(0, 8);
  await asSuperuser(db, async (rows) => {
    await rows.query(`insert into plans (company, id, name, down_mbps, up_mbps, price, currency) values ($1, $2, $3, 100, 50, 1000, 'ARS')`, [company, plan, `Plan ${nth}`]);
    await rows.query(`insert into customers (company, id, number, name) values ($1, $2, $3, 'Una Persona')`, [company, customer, `c${nth}`]);
    await rows.query(`insert into services (company, id, customer, number, plan, status) values ($1, $2, $3, $4, $5, 'active')`, [company, service, customer, `s${nth}`, plan]);
    await rows.query(
      `insert into invoices (company, id, customer, number, issued_on, due_on, amount, currency) values ($1, $2, $3, $4, '2026-01-01', '2026-01-10', 1000, 'ARS')`,
      [company, invoice, customer, `i${nth}`]);
    await rows.query(
      `insert into payments (company, id, customer, amount, currency, method, reference, paid_at) values ($1, $2, $3, 100, 'ARS', 'Efectivo', $4, now())`,
      [company, payment, customer, `p${nth}`]);
    await rows.query(
      `insert into invoicing_runs (company, id, period, issued_on, due_on, state, invoices, total, currency, made_by_name)
        values ($1, $2, '2020-01-01', '2020-01-01', '2020-01-10', 'done', 0, 0, 'ARS', 'x')`, [company, run]);
    await rows.query(`insert into import_batches (company, id, file_name, state, content, made_by_name) values ($1, $2, 'a.csv', 'draft', '[["nombre"],["Ana"]]', 'x')`, [company, batch]);
  });
  return { plan, customer, service, invoice, payment, run, batch };
}
