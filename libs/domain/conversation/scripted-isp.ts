import type { Account, Connection, CustomerMatch, InvoiceSummary, Plan, SpeedTest } from '../customers.js';
import type { ConversationQuery, KeptAnswer, PaymentMethod } from './state.js';

const ars = (amount: string) => ({ amount, currency: 'ARS' });

export const firstCustomer = {
  phone: '5493415550201',
  document: '30123456',
  match: {
    id: 'c1',
    name: 'Ana María Gómez',
    services: [{ id: 's1', plan: 'Fibra 300', address: 'San Martín 1234' }],
    facts: { phoneEndings: ['0201'], serviceNumbers: ['100201'], streetNumbers: ['1234'] },
  } satisfies CustomerMatch,
};

/** An ISP's system of a few lines: each property may be changed by a spec. */
export class FakeIsp {
  isDown = false;
  readonly byPhone = new Map<string, CustomerMatch[]>([[firstCustomer.phone, [firstCustomer.match]]]);
  readonly byDocument = new Map<string, CustomerMatch[]>([[firstCustomer.document, [firstCustomer.match]]]);
  account: Account = {
    balance: ars('27900.00'),
    dueOn: '2026-12-01',
    invoices: [{ number: '0003-00041000', dueOn: '2026-12-01', amount: ars('27900.00') }],
    suspended: false,
  };
  connection: Connection = { status: 'active', online: true, since: '2026-11-20T10:00:00Z', signalDbm: -21.4 };
  plans: Plan[] = [{ name: 'Fibra 100', downMbps: 100, upMbps: 50, price: ars('21900.00'), description: 'Para empezar.' }];

  invoices: InvoiceSummary[] = [
    { id: 'f3', number: '0003-00043000', dueOn: '2026-12-01', amount: ars('27900.00'), state: 'open' },
    { id: 'f2', number: '0003-00042000', dueOn: '2026-11-01', amount: ars('26500.00'), state: 'paid' },
  ];
  /** Invoices that have a document. */
  readonly documents = new Set(['f3', 'f2', 'f1']);
  speed: SpeedTest = { downMbps: 287.4, upMbps: 151, measuredAt: '2026-11-22T13:00:00Z' };
  /** How the company is paid: its own affair, whatever its system does. */
  link: string | undefined = 'https://pagos.example/f3';
  methods: PaymentMethod[] = [{ kind: 'transfer', name: 'Transferencia', alias: 'litoral.fibra', holder: 'Litoral Fibra SRL' }];
  /** With it, what is said is said again from memory. */
  asOf: string | undefined;

  readonly ask = (query: ConversationQuery): KeptAnswer => {
    const said = this.say(query);
    return this.asOf === undefined || !said.ok ? said : { ...said, asOf: this.asOf, cached: true };
  };

  private say(query: ConversationQuery): KeptAnswer {
    if (query.kind === 'payment-options') return { ok: true, kind: query.kind, methods: this.methods, ...(this.link === undefined ? {} : { link: this.link }) };
    if (this.isDown) return { ok: false, reason: 'unavailable' };
    switch (query.kind) {
      case 'by-phone':
        return found(this.byPhone.get(query.phone));
      case 'by-document':
        return found(this.byDocument.get(query.document));
      case 'account':
        return { ok: true, kind: 'account', account: this.account };
      case 'connection':
        return { ok: true, kind: 'connection', connection: this.connection };
      case 'plans':
        return { ok: true, kind: 'plans', plans: this.plans };
      case 'invoices':
        return { ok: true, kind: 'invoices', invoices: this.invoices };
      case 'invoice-document':
        return this.documents.has(query.invoice) ? { ok: true, kind: 'stored-document', document: documentOf(query.invoice) } : { ok: false, reason: 'not-found' };
      case 'speed-test':
        return { ok: true, kind: 'speed-test', test: this.speed };
      case 'profile':
        return { ok: false, reason: 'unsupported' };
    }
  }
}

const documentOf = (id: string) => (
  { invoice: { id, number: id }, sha256: id.padEnd(64, '0'), size: 1000, mimetype: 'application/pdf', fileName: `factura-${id}.pdf` }
);

function found(customers: CustomerMatch[] | undefined): KeptAnswer {
  return customers === undefined ? { ok: false, reason: 'not-found' } : { ok: true, kind: 'customers', customers };
}
