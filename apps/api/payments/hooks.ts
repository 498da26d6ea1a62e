import { Inject, Injectable, Logger } from '@nestjs/common';
import { openSecret, opens, platformRow, type PlatformRow } from '../../../activities/payments/accounts.js';
import { forCompany } from '../../../libs/db/company.js';
import { signatureFault } from '../../../libs/payments/mercadopago-signature.js';
import { lookAtPayment } from '../../../workflows/platform-payment/client.js';
import { workflowId } from '../../../workflows/platform-payment/contract.js';
import { Engine } from '../platform/engine/engine.js';
import { ProblemException } from '../platform/problem.js';
import { RateLimits } from '../platform/rate-limit/rate-limits.js';
import { SOURCES, type Sources } from '../platform/sources.js';

/** All of a notice that is looked at. */
export interface Notice {
  query: URLSearchParams;
  /** `x-signature` */
  signature: string | undefined;
  /** `x-request-id` */
  requestId: string | undefined;
  /** Who calls: IP address. */
  address: string;
}

const COMPANY = /^[a-z0-9][a-z0-9-]{1,39}$/u;
const DOOR = /^[A-Za-z0-9_-]{32}$/u;
const PAYMENT = /^\d{1,20}$/u;

/** Doors that have opened lately: more than there are companies in one process. */
const MOST_KNOWN = 10_000;

/** Takes the notices of payment platforms to the workflows of the payments. */
@Injectable()
export class PaymentHooks {
  readonly #logger = new Logger('payments');
  /** `<company>/<door>` of what has opened. */
  readonly #known = new Set<string>();

  constructor(
    @Inject(SOURCES) private readonly sources: Sources,
    private readonly engine: Engine,
    private readonly limits: RateLimits,
  ) {}

  /**
   * @returns whether it is about a payment, whose workflow has been told by then
   * @throws ProblemException `not-found` for an address that nobody was given, `signature-wrong`, `bad-request`, `too-many-requests`, `engine-late`
   */
  async mercadoPago(company: string, door: string, notice: Notice): Promise<boolean> {
    if (!COMPANY.test(company) || !DOOR.test(door)) throw new ProblemException('not-found');
    const row = await this.#behind(company, door, notice.address);
    await this.#mustBeSigned(company, row, notice);
    const payment = notice.query.get('data.id') ?? notice.query.get('id') ?? '';
    if ((notice.query.get('type') ?? notice.query.get('topic') ?? 'payment') !== 'payment') return false;
    if (!PAYMENT.test(payment)) throw new ProblemException('bad-request');
    const ref = { company, platform: 'mercadopago', payment } as const;
    await this.engine.ask(workflowId(ref), (client) => lookAtPayment(client, ref));
    await forCompany(this.sources.orm, company, (em) => em.execute(`update payment_platforms set notified_at = clock_timestamp() where company = ? and platform = 'mercadopago'`, [company]));
    return true;
  }

  /**
   * The account that a door belongs to. Who tries doors is slowed down by their address before the database is asked; what has opened before counts for its
   * company, and is looked up all the same, as it may have been changed since.
   */
  async #behind(company: string, door: string, address: string): Promise<PlatformRow> {
    const key = `${company}/${door}`;
    if (this.#known.has(key)) this.limits.take('hook', company);
    else this.limits.take('door', address);
    const row = await forCompany(this.sources.orm, company, (em) => platformRow(em, company));
    if (!row || !opens(row, door, Date.now())) {
      this.#known.delete(key);
      throw new ProblemException('not-found');
    }
    if (this.#known.size < MOST_KNOWN) this.#known.add(key);
    return row;
  }

  /** A signed one has to be signed well. The older form has no signature: its address is a secret, and all it leads to is a look at the platform. */
  async #mustBeSigned(company: string, row: PlatformRow, { query, signature, requestId }: Notice): Promise<void> {
    const dataId = query.get('data.id') ?? undefined;
    if (signature === undefined && dataId === undefined && query.get('topic') === 'payment') return;
    const fault = row.secret === null ? 'no-secret'
      : signatureFault({ signature, requestId, dataId }, openSecret(await this.sources.vault.forCompany(company), row.secret), Date.now());
    if (fault === undefined) return;
    this.#logger.warn({ company, fault }, 'a payment notice was refused');
    throw new ProblemException('signature-wrong');
  }
}
