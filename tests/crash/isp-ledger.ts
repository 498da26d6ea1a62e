import type { CustomerBook } from '../../libs/domain/customer-book.js';
import type { CrmLedger } from '../../libs/simulator/crm/world.js';
import { simulatedSystems } from '../../libs/simulator/crm/systems.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import type { Administrator } from '../stories/administrator.js';
import type { RunningCopy } from '../stories/running-copy.js';

export const AMOUNT = '27900.10';

/** What became of one customer in the ISP's system. */
export interface Books {
  /** `reference` of each payment, and whether it was taken back. */
  payments: { reference: string; amount: string; reversed: boolean }[];
  /** Each time that the service was switched. */
  switches: string[];
}

const plan = { downMbps: 300, upMbps: 150, price: '27900.00', currency: 'ARS', description: '' };

/**
 * Each owes one invoice.
 * @param series two hexadecimal digits that no other book here has
 */
export function owingBook(people: readonly { name: string; phone: string }[], series: string, status: 'active' | 'suspended'): CustomerBook {
  const idOf = (kind: number, nth: number) => `de300000-0000-4000-800${kind}-${series}${String(nth).padStart(10, '0')}`;
  const planId = idOf(1, 1);
  const each = people.map((one, at) => ({ ...one, nth: at + 1, customerId: idOf(2, at + 1) }));
  return {
    plans: [{ id: planId, name: `Fibra 300 ${series}`, ...plan }],
    customers: each.map(({ name, phone, nth, customerId: id }) => ({ id, document: String(30_555_000 + nth), name, phones: [phone], address: `Salta ${nth}, Rosario`, postalCode: '2000' })),
    services: each.map(({ nth, customerId }) => (
      { id: idOf(3, nth), customerId, planId, serviceNumber: String(700_100 + nth), address: `Salta ${nth}, Rosario`, status, online: status === 'active', since: '2026-11-01T12:00:00.000Z' })),
    invoices: each.map(({ nth, customerId }) => (
      { id: idOf(4, nth), customerId, number: `0001-000001${String(nth).padStart(2, '0')}`, issuedOn: '2026-10-01', dueOn: '2026-10-10', amount: AMOUNT, currency: 'ARS' })),
  };
}

/** An ISP's system beside the copy, over the wire: where a request stops, and what its ledger says. */
export class IspLedger {
  readonly #keys: Record<string, string>;
  #book: CustomerBook = { plans: [], customers: [], services: [], invoices: [] };

  constructor(private readonly copy: RunningCopy, readonly system: 'mikrowisp' | 'ispcube') {
    this.#keys = simulatedSystems.find(({ id }) => id === system)!.keys;
  }

  /** The company's customers are these. */
  async open(boss: Administrator, book: CustomerBook): Promise<void> {
    this.#book = book;
    await this.#call('PUT', '/customers', { system: this.system, ...book });
    const settings = { url: this.#url, ...this.#keys };
    // A minute for a request: one that is held up stays so until its worker is killed.
    const line = { limitMs: 60_000, perSecond: 50, atOnce: 20, budgetDay: null, budgetMonth: null, monthStartsOn: 1 };
    await boss('PUT', '/api/integrations/connection', { system: this.system, settings, tls: { mode: 'system' }, ...line });
    await boss('POST', '/api/integrations/activate', { system: this.system });
  }

  /**
   * The next request of this name gets no answer: it was done, or it was not. Nothing of it is done later, either.
   * @returns waits until it is there
   */
  async stops(moment: 'held' | 'applied', path: string): Promise<() => Promise<unknown>> {
    const before = (await this.#calls()).at(-1)?.seq ?? 0;
    await this.#call('POST', '/faults', { system: this.system, kind: moment === 'held' ? 'timeout' : 'apply-then-timeout', path, ms: 120_000 });
    return () => waitFor(`${path} to be ${moment}`, async () => (await this.#calls(before)).find((call) => call.status === 0 && call.path.includes(path)), 60_000);
  }

  async of(name: string): Promise<Books> {
    const { payments, switches } = (await this.#call('GET', `/ledger?system=${this.system}`)) as CrmLedger;
    const { id } = this.#customer(name);
    return {
      payments: payments.filter(({ customer }) => customer === id).map(({ reference, amount, reversed = false }) => ({ reference, amount, reversed })),
      switches: switches.filter(({ customer }) => customer === id).map(({ to }) => to),
    };
  }

  /** The nightly cut of the ISP: a command of MikroWisp's that is none of ours. */
  async cutsOff(name: string): Promise<void> {
    await this.#command('SuspendService', { idcliente: (await this.#client(name)).id });
  }

  /** As MikroWisp's own screen has them. */
  async standingOf(name: string): Promise<{ isOn: boolean; owes: string }> {
    const { estado, facturacion } = await this.#client(name);
    return { isOn: estado === 'ACTIVO', owes: facturacion.total_facturas };
  }

  async #client(name: string): Promise<{ id: number; estado: string; facturacion: { total_facturas: string } }> {
    const { datos } = (await this.#command('GetClientsDetails', { cedula: this.#customer(name).document })) as { datos: [never] };
    return datos[0];
  }

  async #command(command: string, fields: object): Promise<object> {
    const answer = await fetch(`${this.#url}/api/v1/${command}`, { method: 'POST', body: JSON.stringify({ ...this.#keys, ...fields }) });
    const said = (await answer.json()) as { estado: string };
    if (said.estado !== 'exito') throw new Error(`${command}: ${JSON.stringify(said)}`);
    return said;
  }

  get #url(): string {
    return `http://127.0.0.1:${this.copy.ports.simulator}/crm/${this.system}`;
  }

  #customer(name: string) {
    return this.#book.customers.find((one) => one.name === name)!;
  }

  #calls = async (after = 0) => ((await this.#call('GET', `/calls?after=${after}`)) as { seq: number; system: string; path: string; status: number }[]).filter(({ system }) => system === this.system);

  async #call(method: string, path: string, body?: object): Promise<unknown> {
    const answer = await fetch(`http://127.0.0.1:${this.copy.ports.simulator}/crm${path}`, { method, ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }
}
