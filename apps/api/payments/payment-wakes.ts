import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { lookAtPayment } from '../../../workflows/platform-payment/client.js';
import { workflowId } from '../../../workflows/platform-payment/contract.js';
import { Engine } from '../platform/engine/engine.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { lost, Sweep } from '../platform/sweep.js';

/** Payments that are to be asked for again. Until somebody has looked, which says when it is next, each is due again in some hours. */
const DUE = `update incoming_payments i set look_at = clock_timestamp() + interval '6 hours' from (
    select company, id from incoming_payments where company = ? and look_at <= clock_timestamp() and source = 'mercadopago'
      and exists (select from payment_platforms p where p.company = incoming_payments.company) order by look_at limit 50 for no key update skip locked) due
  where i.company = due.company and i.id = due.id returning i.source_id as payment`;

/** Has payments looked at that nobody gave notice of: money that was given back, or charged back, also where that notice was lost. */
@Injectable()
export class PaymentWakes implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger('payments');
  readonly #sweep: Sweep;

  constructor(
    @Inject(SOURCES) sources: Sources,
    private readonly engine: Engine,
  ) {
    this.#sweep = new Sweep(sources, [lost<{ payment: string }>(DUE, (company, { payment }) => this.#look(company, payment))],
      (error) => this.#logger.warn({ error }, 'payments could not be looked at again: it is tried later'));
  }

  onApplicationBootstrap(): void {
    this.#sweep.start();
  }

  onModuleDestroy(): void {
    this.#sweep.stop();
  }

  sweep(): Promise<void> {
    return this.#sweep.round();
  }

  #look(company: string, payment: string): Promise<void> {
    const ref = { company, platform: 'mercadopago', payment } as const;
    return this.engine.ask(workflowId(ref), (client) => lookAtPayment(client, ref));
  }
}
