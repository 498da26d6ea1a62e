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

/** As `GET /crm/systems` tells it. */
export const mikrowispToken = 'token-de-mikrowisp';

/** One request, as the simulator saw it. */
export interface IspCall {
  seq: number;
  system: string;
  method: string;
  path: string;
  status: number;
}

/** The demo company's ISP system is the simulated MikroWisp, until it is the embedded book again. */
export class SimulatedMikrowisp {
  constructor(private readonly copy: RunningCopy) {}

  get url(): string {
    return `http://127.0.0.1:${this.copy.ports.simulator}/crm/mikrowisp`;
  }

  /** Its customers are these, whatever the embedded book says. */
  async load(book: CustomerBook): Promise<void> {
    await this.#control('PUT', '/crm/customers', { system: 'mikrowisp', ...book });
  }

  async activate(book: CustomerBook): Promise<void> {
    await this.load(book);
    const { pool, vault } = this.copy.opened();
    try {
      await pool.query(
        `insert into isp_connections (company, system, active, settings, secrets) values ('demo', 'mikrowisp', true, $1, $2)`,
        [{ url: this.url }, sealSecrets(await vault.forCompany('demo'), 'mikrowisp', { token: mikrowispToken })]);
    } finally {
      await pool.end();
    }
  }

  /** What it was asked since that call. */
  calls = async (after = 0) => ((await this.#control('GET', `/crm/calls?after=${after}`)) as IspCall[]).filter(({ system }) => system === 'mikrowisp');
  /** Each request is answered with a 503, or with a web page. */
  goDown = (kind: 'unavailable' | 'html' = 'unavailable') => this.#control('POST', '/crm/faults', { system: 'mikrowisp', kind, times: 1_000 });
  comeBack = () => this.#control('DELETE', '/crm/faults?system=mikrowisp');
  deactivate = () => this.copy.rows(`update isp_connections set active = false where company = 'demo'`);

  async #control(method: string, path: string, body?: object): Promise<unknown> {
    const answer = await fetch(`http://127.0.0.1:${this.copy.ports.simulator}${path}`, { method, ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }
}
