import { Inject, Injectable } from '@nestjs/common';
import type { PlatformDeps } from '../../../activities/payments/accounts.js';
import { paymentLinks, type LinkAnswer, type LinkWanted, type PaymentLinks } from '../../../activities/payments/links.js';
import { outbound } from '../../../activities/outbound.js';
import { watchLink } from '../../../workflows/payment-link/client.js';
import { workflowId, type PaymentLinkRef } from '../../../workflows/payment-link/contract.js';
import { Engine } from '../platform/engine/engine.js';
import { ProblemException } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';

/** What payment platforms are reached with. */
export const platformDeps = ({ orm, vault, pool, env, outgoing }: Sources): PlatformDeps => ({
  orm, vault, mercadoPagoUrl: env.MERCADOPAGO_URL, httpFor: outgoing ?? outbound({ pool, installation: env.OUTBOUND_ALLOW }),
});

/** Whether somebody looks after a link by now or not: without an answer it is given to nobody. @throws ProblemException `engine-away` */
async function watched(engine: Engine, link: PaymentLinkRef): Promise<void> {
  await engine.ask(workflowId(link), (client) => watchLink(client, link)).catch((problem: unknown) => {
    throw problem instanceof ProblemException && problem.code === 'engine-late' ? new ProblemException('engine-away') : problem;
  });
}

/** Links that customers pay, made as the bot makes its own. */
@Injectable()
export class CompanyPaymentLinks implements PaymentLinks {
  readonly #links: PaymentLinks;

  constructor(@Inject(SOURCES) sources: Sources, engine: Engine) {
    this.#links = paymentLinks({ ...platformDeps(sources), now: () => Date.now(), watch: (link) => watched(engine, link) });
  }

  of(company: string): { linkFor(wanted: LinkWanted, signal?: AbortSignal): Promise<LinkAnswer> } {
    return this.#links.of(company);
  }
}
