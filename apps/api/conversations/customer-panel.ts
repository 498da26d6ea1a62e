import { Inject, Injectable, Logger } from '@nestjs/common';
import type { IspSystem } from '../../../activities/isp-systems.js';
import { readCustomerLayout } from '../../../libs/db/company-profile.js';
import { forCompany } from '../../../libs/db/company.js';
import { shownFields, type CustomerField, type CustomerLayout } from '../../../libs/domain/customer-fields.js';
import type { Account, Connection, CustomerMatch, CustomerProfile, CustomerQuery, InvoiceSummary, QueryResult, ServiceProfile } from '../../../libs/domain/customers.js';
import { invoicesInReview } from '../receipts/invoices-in-review.queries.js';
import { CompanySystems } from '../integrations/company-systems.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import type { CustomerPanel } from './conversation.schema.js';
import { newestLinks, offersLinks } from './customer-links.js';

/** How long an agent waits for the company's ISP system at most. */
const LIMIT_MS = 8_000;
/** Several people may have one phone; more than this is a call centre. */
const MOST_CUSTOMERS = 5;
/** Half a year of invoices. */
const INVOICES = 6;

type PanelCustomer = CustomerPanel['customers'][number];
type Answer<K> = Extract<QueryResult, { ok: true; kind: K }>;

/** Asks one company's system; undefined where it does not answer, remembered as `failed`. */
class Asking {
  failed = false;
  /** How old the oldest answer is: ISO instant. */
  asOf: string | undefined;
  readonly #signal = AbortSignal.timeout(LIMIT_MS);

  constructor(readonly system: IspSystem) {}

  async ask<K extends Answer<string>['kind']>(kind: K, query: CustomerQuery): Promise<Answer<K> | undefined> {
    try {
      const result: QueryResult & { asOf: string } = await this.system.ask(query, this.#signal);
      if (result.ok && (this.asOf === undefined || result.asOf < this.asOf)) this.asOf = result.asOf;
      if (result.ok) return result.kind === kind ? (result as QueryResult as Answer<K>) : undefined;
      if (result.reason === 'unavailable') this.failed = true;
    } catch {
      this.failed = true; // it took longer than an agent waits
    }
    return undefined;
  }
}

const connectionFacts = ({ status, online, since, signalDbm }: Connection): Partial<PanelCustomer['services'][number]> => ({
  status, online, ...(since === undefined ? {} : { since }), ...(signalDbm === undefined ? {} : { signalDbm }),
});

const accountFacts = ({ balance, dueOn }: Account): Pick<PanelCustomer, 'balance' | 'dueOn'> =>
  ({ balance, ...(dueOn === undefined ? {} : { dueOn }) });

/** The newest ones with their states, of a system that lists them; else those that make up what is owed. */
function invoicesOf(account: Account | undefined, listed: readonly InvoiceSummary[] | undefined): PanelCustomer['invoices'] {
  const summaries = listed?.map(({ id, number, dueOn, amount, rest, state }) => ({ id, number, dueOn, amount, state, ...(rest === undefined ? {} : { rest }) }));
  return summaries ?? (account?.invoices ?? []).map(({ number, dueOn, amount }) => ({ number, dueOn, amount, state: 'open' as const }));
}

/** Facts that only a profile has: nobody is asked for one while none of them is shown. */
const ofProfile: readonly CustomerField[] = ['status', 'phones', 'email', 'address', 'service-number', 'price', 'installed-on', 'ip', 'onu-serial'];

const profileFacts = ({ status, phones, email, address }: CustomerProfile): Partial<PanelCustomer> =>
  ({ status, phones, ...(email === undefined ? {} : { email }), ...(address === undefined ? {} : { address }) });

const serviceFacts = ({ number, price, installedOn, ip, onuSerial }: Partial<ServiceProfile>): Partial<PanelCustomer['services'][number]> => ({
  ...(number === undefined ? {} : { number }), ...(price === undefined ? {} : { price }), ...(installedOn === undefined ? {} : { installedOn }),
  ...(ip === undefined ? {} : { ip }), ...(onuSerial === undefined ? {} : { onuSerial }),
});

async function customerOf(asking: Asking, { id, name, number, document, services }: CustomerMatch, layout: CustomerLayout): Promise<PanelCustomer> {
  const { capabilities } = asking.system;
  const shown = shownFields(layout);
  const wantsProfile = capabilities.has('profile') && ofProfile.some((field) => shown.has(field));
  const [account, listed, profiled, ...connections] = await Promise.all([
    asking.ask('account', { kind: 'account', customer: id }),
    capabilities.has('invoices') ? asking.ask('invoices', { kind: 'invoices', customer: id, limit: INVOICES }) : undefined,
    wantsProfile ? asking.ask('profile', { kind: 'profile', customer: id }) : undefined,
    ...services.map((service) => asking.ask('connection', { kind: 'connection', customer: id, service: service.id })),
  ]);
  return {
    id, name, number: number ?? id, ...(document === undefined ? {} : { document }),
    ...(profiled ? profileFacts(profiled.profile) : {}),
    services: services.map(({ id: service, plan, address }, i) => ({
      plan, address, ...serviceFacts(profiled?.profile.services.find((one) => one.id === service) ?? {}),
      ...(connections[i] ? connectionFacts(connections[i].connection) : {}),
    })),
    ...(account ? accountFacts(account.account) : {}),
    invoices: invoicesOf(account?.account, listed?.invoices),
  };
}

/** What the company's ISP system says of whoever has a phone. A system that does not answer is told as that, never as "nobody". */
@Injectable()
export class CustomerPanels {
  readonly #log = new Logger('customer panel');

  constructor(
    @Inject(SOURCES) private readonly sources: Sources,
    private readonly systems: CompanySystems,
  ) {}

  /** @param phone E.164 digits; without one nobody can be looked up */
  async read(company: string, phone: string | undefined): Promise<CustomerPanel> {
    const now = new Date().toISOString();
    const layout = await forCompany(this.sources.orm, company, (em) => readCustomerLayout(em, company));
    if (phone === undefined) return { found: false, customers: [], asOf: now, sendsInvoices: false, sendsLinks: false, layout };
    const asking = new Asking(await this.systems.of(company));
    const matches = (await asking.ask('customers', { kind: 'by-phone', phone }))?.customers.slice(0, MOST_CUSTOMERS) ?? [];
    const asked = await Promise.all(matches.map((match) => customerOf(asking, match, layout)));
    const { customers, sendsLinks } = await this.#withLinks(company, asked);
    if (asking.failed) this.#log.warn({ company }, 'the ISP system did not answer');
    return {
      found: customers.length > 0, customers, asOf: asking.asOf ?? now, sendsInvoices: asking.system.capabilities.has('invoice-document'), sendsLinks, layout,
      ...(asking.failed ? { unavailable: true } : {}),
    };
  }

  #withLinks(company: string, customers: readonly PanelCustomer[]): Promise<Pick<CustomerPanel, 'customers' | 'sendsLinks'>> {
    return forCompany(this.sources.orm, company, async (em) => {
      const linkOf = await newestLinks(em, company, customers.map(({ id }) => id));
      const shown = await invoicesInReview(em, company, customers.map(({ id }) => id));
      const withLink = (customer: string) => (invoice: PanelCustomer['invoices'][number]) => {
        const link = invoice.id === undefined ? undefined : linkOf(customer, invoice.id);
        return { ...invoice, state: shown(customer, invoice), ...(link ? { link } : {}) };
      };
      return { customers: customers.map((one) => ({ ...one, invoices: one.invoices.map(withLink(one.id)) })), sendsLinks: await offersLinks(em, company) };
    });
  }
}
