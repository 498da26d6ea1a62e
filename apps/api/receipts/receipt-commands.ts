import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../../../libs/db/audit.js';
import { forCompany } from '../../../libs/db/company.js';
import type { ReceiptCommandKind, ReceiptRefusal } from '../../../libs/domain/receipt/case.js';
import { orderReceipt } from '../../../workflows/receipt/client.js';
import { workflowId, type ReceiptRef } from '../../../workflows/receipt/contract.js';
import { Engine, type Fate } from '../platform/engine/engine.js';
import { takeBack } from '../platform/engine/take-back.js';
import { ProblemException, type ProblemCode } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { receiptById } from './receipt-detail.queries.js';
import type { Correction, ReceiptView } from './receipt.schema.js';

/** Who decides what, and under which id: the same id again is the same command. */
export interface Decided {
  by: Actor;
  receipt: string;
  command: string;
  kind: ReceiptCommandKind;
  why?: string | undefined;
  correction?: Correction;
  /** Although its payment, or its number, is another's. */
  despite?: boolean;
}

const refusals: Record<ReceiptRefusal, ProblemCode> = {
  'not-now': 'receipt-decided', 'needs-customer': 'receipt-needs-customer', 'needs-amount': 'receipt-needs-amount', 'needs-reason': 'receipt-needs-reason',
  'being-reversed': 'receipt-reversing', 'paid-already': 'receipt-paid', 'paid-alike': 'receipt-alike',
};

/** What people decide about receipts: accepted as a row, asked of the receipt's workflow, answered from its row. */
@Injectable()
export class ReceiptCommands {
  constructor(
    @Inject(SOURCES) private readonly sources: Sources,
    private readonly engine: Engine,
  ) {}

  /**
   * @returns the receipt as the command left it
   * @throws ProblemException `not-found`, `receipt-decided` naming who decided, `receipt-…`, `engine-away`
   */
  async decide(decided: Decided): Promise<ReceiptView> {
    const { by, receipt, command, kind } = decided;
    const { company } = by;
    if (!(await this.#accept(decided))) throw new ProblemException('idempotency-key-reused');
    const ref = { company, receipt };
    const answer = await this.engine.order({
      workflow: workflowId(ref), command,
      question: (client, updateId) => orderReceipt(client, ref, kind, { command, actor: by.id }, updateId), settle: () => this.#takeBack(ref, command),
    });
    if (answer && !answer.ok) throw await this.#refused(company, receipt, answer.reason);
    return this.find(company, receipt);
  }

  #takeBack({ company, receipt }: ReceiptRef, command: string): Promise<Fate> {
    return takeBack(this.sources.orm, company, {
      hold: ['select from receipts where company = ? and id = ?::uuid for no key update', [company, receipt]],
      done: [`select 1 from receipt_events where company = ? and receipt = ?::uuid and data->>'command' = ?`, [company, receipt, command]],
      remove: ['delete from money_orders where company = ? and command = ?::uuid and receipt = ?::uuid', [company, command, receipt]],
    });
  }

  /** @throws ProblemException `not-found`, also for another company's */
  async find(company: string, receipt: string): Promise<ReceiptView> {
    const found = await forCompany(this.sources.orm, company, (em) => receiptById(em, company, receipt));
    if (!found) throw new ProblemException('not-found');
    return found;
  }

  /** Accepts what somebody wrote, before the workflow is asked. @returns whether this command is this one, and not another's. @throws ProblemException `not-found`, also for another company's */
  #accept({ by, receipt, command, kind, why, correction, despite = false }: Decided): Promise<boolean> {
    return forCompany(this.sources.orm, by.company, async (em) => {
      const known = await em.execute<object[]>('select 1 from receipts where company = ? and id = ?::uuid', [by.company, receipt]);
      if (known.length === 0) throw new ProblemException('not-found');
      await em.execute(
        `insert into money_orders (company, command, receipt, kind, actor, actor_name, why, correction, despite, request, address)
          values (?, ?::uuid, ?::uuid, ?, ?::uuid, ?, ?, ?::jsonb, ?, ?, ?) on conflict (company, command) do nothing`,
        [by.company, command, receipt, kind, by.id, by.name, why || null, correction === undefined ? null : JSON.stringify(correction), despite, by.request ?? null, by.address ?? null]);
      const same = await em.execute<object[]>(
        'select 1 from money_orders where company = ? and command = ?::uuid and receipt = ?::uuid and kind = ? and actor = ?::uuid', [by.company, command, receipt, kind, by.id]);
      return same.length > 0;
    });
  }

  async #refused(company: string, receipt: string, reason: ReceiptRefusal): Promise<ProblemException> {
    const { decided } = await this.find(company, receipt);
    if (reason !== 'not-now' || decided?.name === undefined) return new ProblemException(refusals[reason]);
    return new ProblemException('receipt-decided', { detail: `Ese comprobante ya lo decidió ${decided.name}.` });
  }
}
