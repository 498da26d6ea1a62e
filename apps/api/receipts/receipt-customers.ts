import { Inject, Injectable } from '@nestjs/common';
import { listCustomers } from '../../../activities/customer-book/list.js';
import type { IspSystem } from '../../../activities/isp-systems.js';
import { crmSystems, outsideSystems } from '../../../libs/crm/registry.js';
import { forCompany } from '../../../libs/db/company.js';
import { readReceiptPolicy } from '../../../libs/db/receipt-policy.js';
import type { CustomerQuery, QueryResult } from '../../../libs/domain/customers.js';
import { foreseen } from '../../../libs/domain/receipt/outlook.js';
import { CompanySystems } from '../integrations/company-systems.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { typedPhone } from '../tickets/typed-phone.js';
import type { FoundPayer, FoundPayers, Outlook, ReceiptView } from './receipt.schema.js';

/** How long somebody who reviews waits for the company's ISP system at most. */
const LIMIT_MS = 8_000;
const MOST_FOUND = 8;
const INVOICES = 20;

type Answer<K> = Extract<QueryResult, { ok: true; kind: K }>;
const nameOf = (system: IspSystem['system']): string => (system === 'embedded' ? crmSystems.embedded : outsideSystems[system])?.name ?? '';

/** What the ISP's system says of whoever may have paid. One that does not answer is told as that, never as "nobody". */
@Injectable()
export class ReceiptCustomers {
  constructor(
    @Inject(SOURCES) private readonly sources: Sources,
    private readonly systems: CompanySystems,
  ) {}

  /** Whom these words may mean: in Hilo's book by anything that is known of them, in other systems by document or phone. */
  async search(company: string, q: string): Promise<FoundPayers> {
    const system = await this.systems.of(company);
    if (system.system === 'embedded') {
      const { items } = await forCompany(this.sources.orm, company, (em) => listCustomers(em, company, { q, filter: 'all', page: 1, size: MOST_FOUND }));
      return {
        byWords: true, unavailable: false,
        items: items.map(({ id, name, number, document, plans }) => ({ id, name, number, ...detailOf([document, plans.join(', ')]) })),
      };
    }
    const phones = (await forCompany(this.sources.orm, company, (em) => typedPhone(em, company, q))).replace(/[{}]/gu, '').split('@')[0]!;
    const document = q.replace(/[^\p{L}\d]/gu, '');
    const asked: CustomerQuery[] = [...(/\d{4}/u.test(document) ? [{ kind: 'by-document', document } as const] : []), ...(phones === '' ? [] : [{ kind: 'by-phone', phone: phones } as const])];
    const answers = await Promise.all(asked.map((query) => ask(system, query, 'customers')));
    const found = new Map<string, FoundPayer>();
    for (const { customers = [] } of answers.flatMap(({ answer }) => answer ?? [])) {
      for (const { id, name, number, document: masked, services } of customers) found.set(id, { id, name, ...(number === undefined ? {} : { number }), ...detailOf([masked, services.map(({ plan }) => plan).join(', ')]) });
    }
    return { items: [...found.values()].slice(0, MOST_FOUND), unavailable: answers.some(({ failed }) => failed), byWords: false };
  }

  /** What is due, whether they are cut off, and so what follows an approval. */
  async outlook(company: string, { customer, customerName, conversation }: Pick<ReceiptView, 'customer' | 'customerName' | 'conversation'>): Promise<Outlook> {
    const system = await this.systems.of(company);
    const { policy } = await forCompany(this.sources.orm, company, (em) => readReceiptPolicy(em, company));
    const known = customer === undefined ? undefined : await this.#of(system, customer, customerName ?? '');
    return {
      system: nameOf(system.system), unavailable: known?.failed ?? false, invoices: known?.invoices ?? [], onRefusal: policy.onRefusal,
      ...(known ? { customer: known.customer } : {}),
      steps: foreseen(policy, { suspended: known?.customer.suspended, hasConversation: conversation !== undefined }),
    };
  }

  async #of(system: IspSystem, id: string, name: string): Promise<{ customer: NonNullable<Outlook['customer']>; invoices: Outlook['invoices']; failed: boolean }> {
    const { capabilities } = system;
    const none = { answer: undefined, failed: false };
    const [account, listed, profile] = await Promise.all([
      ask(system, { kind: 'account', customer: id }, 'account'),
      capabilities.has('invoices') ? ask(system, { kind: 'invoices', customer: id, limit: INVOICES }, 'invoices') : none,
      capabilities.has('profile') ? ask(system, { kind: 'profile', customer: id }, 'profile') : none,
    ]);
    const services = profile.answer?.profile.services ?? [];
    const plan = (services.find(({ status }) => status === 'suspended') ?? services[0])?.plan;
    const open = listed.answer?.invoices.filter(({ state }) => state === 'open' || state === 'in-review').map(({ id: of, number, dueOn, amount }) => ({ id: of, number, dueOn, amount }));
    return {
      customer: { id, name: profile.answer?.profile.name ?? name, ...(account.answer ? { suspended: account.answer.account.suspended } : {}), ...(plan === undefined ? {} : { plan }) },
      invoices: open ?? (account.answer?.account.invoices ?? []).map(({ number, dueOn, amount }) => ({ id: '', number, dueOn, amount })),
      failed: account.failed || listed.failed || profile.failed,
    };
  }
}

const detailOf = (parts: readonly (string | undefined)[]): Pick<FoundPayer, 'detail'> => {
  const detail = parts.filter((part) => part !== undefined && part !== '').join(' · ');
  return detail === '' ? {} : { detail };
};

async function ask<K extends Answer<string>['kind']>(system: IspSystem, query: CustomerQuery, kind: K): Promise<{ answer: Answer<K> | undefined; failed: boolean }> {
  try {
    const result: QueryResult = await system.ask(query, AbortSignal.timeout(LIMIT_MS));
    if (!result.ok) return { answer: undefined, failed: result.reason === 'unavailable' };
    return { answer: result.kind === kind ? (result as Answer<K>) : undefined, failed: false };
  } catch {
    return { answer: undefined, failed: true }; // it took longer than anybody waits
  }
}
