import { Inject, Injectable } from '@nestjs/common';
import type { NoLink } from '../../../activities/payments/links.js';
import { writeAudit, type Actor } from '../../../libs/db/audit.js';
import { forCompany } from '../../../libs/db/company.js';
import { companyById } from '../../../libs/db/platform.js';
import type { InvoiceSummary, Money } from '../../../libs/domain/customers.js';
import { cents } from '../../../libs/domain/money.js';
import { linkMessage } from '../../../libs/domain/payments/link-words.js';
import { CompanyPaymentLinks } from '../payments/payment-links.js';
import type { SignedIn } from '../platform/access/signed-in.js';
import { ProblemException, type ProblemCode } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { ChatCustomers } from './chat-customers.js';
import type { Entry, LinkToSend } from './conversation.schema.js';
import type { Outgoing } from './reply-content.js';
import { Replies } from './replies.js';

export interface AskedLink {
  me: SignedIn;
  by: Actor;
  conversation: string;
  request: string;
  link: LinkToSend;
}

/** How long an agent waits for the ISP's system and the platform at most. */
const LIMIT_MS = 25_000;
/** As many invoices as the bot looks at: the unpaid ones are among the newest. */
const INVOICES = 12;

/** Also of a key that it does not accept any more: who administers sees that in the settings. */
const AWAY = 'MercadoPago no dio el enlace: no se mandó nada. Probá de nuevo en unos segundos; si sigue, que quien administra revise las claves.';

const problems: Readonly<Record<NoLink, ProblemCode>> = { off: 'link-off', currency: 'link-currency', paid: 'link-paid', review: 'link-in-review', unavailable: 'platform-away' };
const unpayable: Readonly<Record<Exclude<InvoiceSummary['state'], 'open'>, ProblemCode>> = { paid: 'link-paid', 'in-review': 'link-in-review', cancelled: 'invoice-cancelled' };

const isSame = (one: Money, other: Money): boolean => one.currency === other.currency && cents(one.amount) === cents(other.amount);

/** "Enviar link de pago": where one invoice is paid, as a message of the agent who has the ticket, in order with their texts. */
@Injectable()
export class PaymentLinkSending {
  constructor(
    @Inject(SOURCES) private readonly sources: Sources,
    private readonly customers: ChatCustomers,
    private readonly links: CompanyPaymentLinks,
    private readonly replies: Replies,
  ) {}

  /**
   * Only an invoice of whoever has this chat's number in the ISP's system, and only for what the agent has seen that is owed of it. A link that stands is sent again.
   * @returns the message, queued
   * @throws ProblemException `not-yours`, `ticket-closed`, `customer-not-theirs`, `invoice-unknown`, `invoice-cancelled`, `link-off`, `link-currency`, `link-paid`, `link-in-review`,
   * `link-amount-changed`, `isp-away`, `platform-away`, `engine-away`
   */
  send(asked: AskedLink): Promise<Entry> {
    const { me, conversation, request } = asked;
    return this.replies.send({ me, conversation, request, outgoing: () => this.#message(asked) });
  }

  async #message({ me, by, conversation, link: { customer: id, invoice, amount: seen } }: AskedLink): Promise<Outgoing> {
    const { company } = me;
    const signal = AbortSignal.timeout(LIMIT_MS);
    const { customer, ask } = await this.customers.of(me, conversation, id, signal);
    const answer = await ask({ kind: 'invoices', customer: id, limit: INVOICES });
    if (!answer.ok && answer.reason === 'unavailable') throw new ProblemException('isp-away');
    const found = answer.ok && answer.kind === 'invoices' ? answer.invoices.find((one) => one.id === invoice) : undefined;
    if (!found) throw new ProblemException('invoice-unknown');
    if (found.state !== 'open') throw new ProblemException(unpayable[found.state]);
    const { number: invoiceNumber, rest: amount = found.amount } = found;
    if (cents(amount.amount) <= 0n) throw new ProblemException('link-paid');
    if (!isSame(amount, seen)) throw new ProblemException('link-amount-changed');
    const made = await this.links.of(company).linkFor({ customer: id, customerName: customer.name, invoice, invoiceNumber, amount, conversation }, signal);
    if (!made.ok) throw new ProblemException(problems[made.reason], made.reason === 'unavailable' ? { detail: AWAY } : {});
    await forCompany(this.sources.orm, company, (em) => writeAudit(em, by, { action: 'payment-link.made', subject: made.link, after: { customer: id, invoice: invoiceNumber, amount } }));
    const manner = await companyById(this.sources.orm, company);
    return { text: linkMessage({ invoiceNumber, amount, url: made.url, expiresAt: made.expiresAt }, Date.now(), manner!), content: { kind: 'text' } };
  }
}
