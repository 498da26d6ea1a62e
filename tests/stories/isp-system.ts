import { sealSecrets } from '../../activities/isp/connections.js';
import type { CustomerBook } from '../../libs/domain/customer-book.js';
import type { RunningCopy } from './running-copy.js';

const plan = { id: 'de300000-0000-4000-8001-0000000000f1', name: 'Fibra 300', downMbps: 300, upMbps: 150, price: '27900.00', currency: 'ARS', description: '' };
const customerId = 'de300000-0000-4000-8002-0000000000f1';

/** One customer with an invoice of 27.900,10 that is open, and a line that is up. */
export const bookOf = (name: string, phone: string): CustomerBook => ({
  plans: [plan],
  customers: [{ id: customerId, document: '30999888', name, phones: [phone], address: 'Salta 1234, Rosario', postalCode: '2000' }],
  services: [{ id: 'de300000-0000-4000-8003-0000000000f1', customerId, planId: plan.id, serviceNumber: '700077', address: 'Salta 1234, Rosario', status: 'active', online: true, since: '2026-11-01T12:00:00.000Z' }],
  invoices: [{ id: 'de300000-0000-4000-8004-0000000000f1', customerId, number: '0001-00000077', issuedOn: '2026-10-01', dueOn: '2027-01-10', amount: '27900.10', currency: 'ARS' }],
});

/** The demo company's ISP system is the simulated MikroWisp, until it is the embedded book again. */
export class SimulatedMikrowisp {
  constructor(private readonly copy: RunningCopy) {}

  async activate(book: CustomerBook): Promise<void> {
    await this.#control('PUT', '/crm/customers', { system: 'mikrowisp', ...book });
    const { pool, vault } = this.copy.opened();
    try {
      await pool.query(
        `insert into isp_connections (company, system, active, settings, secrets) values ('demo', 'mikrowisp', true, $1, $2)`,
        [{ url: `http://127.0.0.1:${this.copy.ports.simulator}/crm/mikrowisp` }, sealSecrets(await vault.forCompany('demo'), 'mikrowisp', { token: 'token-de-mikrowisp' })]);
    } finally {
      await pool.end();
    }
  }

  /** Each request is answered with a 503. */
  goDown = () => this.#control('POST', '/crm/faults', { system: 'mikrowisp', kind: 'unavailable', times: 1_000 });
  comeBack = () => this.#control('DELETE', '/crm/faults?system=mikrowisp');
  deactivate = () => this.copy.rows(`update isp_connections set active = false where company = 'demo'`);

  async #control(method: string, path: string, body?: object): Promise<void> {
    const answer = await fetch(`http://127.0.0.1:${this.copy.ports.simulator}${path}`, { method, ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  }
}
