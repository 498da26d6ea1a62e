import { Context } from '@temporalio/activity';
import { paymentManners } from '../../libs/crm/payments.js';
import { forCompany } from '../../libs/db/company.js';
import { defaultPauses, type Course } from '../../libs/domain/settlement/course.js';
import type { SettlementStep } from '../../libs/domain/settlement/settlement.js';
import { orFailure } from '../../libs/temporal/failures.js';
import type { SettlementAnswer, SettlementRef } from '../../workflows/settlement/contract.js';
import { alive } from '../alive.js';
import { advance, executeCommand, type CourseTerms, type SettlementCommand } from './advancing.js';
import type { SettlementDeps } from './deps.js';
import { notifyPeople, tellAccepted, tellReversed, type SettlementNotice } from './news.js';
import { register } from './registering.js';
import { takeBack } from './reversing.js';
import { writeStep } from './rows.js';
import { reactivate, suspend } from './switching.js';

/** The steps of a settlement: each writes its row, and may run again after a crash. */
export function createSettlementActivities(deps: SettlementDeps) {
  const { orm, systems, pauses = defaultPauses } = deps;
  const termsOf = async (company: string): Promise<CourseTerms> => {
    const { system } = await systems.of(company);
    return { pauses, system, tellsReference: paymentManners[system].tellsReference };
  };
  /** With the ISP's system: heard to live, and given up when the worker stops. */
  const ordering = (work: (deps: SettlementDeps, ref: SettlementRef, signal: AbortSignal) => Promise<void>) =>
    (ref: SettlementRef): Promise<void> => orFailure(() => alive(() => work(deps, ref, Context.current().cancellationSignal)));

  return {
    /** Where it is by its rows, and what is to be done next. */
    lookAtSettlement: (ref: SettlementRef): Promise<Course> => orFailure(async () => {
      const terms = await termsOf(ref.company);
      return forCompany(orm, ref.company, (em) => advance(em, ref, terms));
    }),
    /** Does what somebody, or the bank, orders, once for each command. */
    settlementCommand: (command: SettlementCommand): Promise<SettlementAnswer> => orFailure(async () => {
      const terms = await termsOf(command.company);
      return forCompany(orm, command.company, (em) => executeCommand(em, command, terms));
    }),
    registerPayment: ordering(register),
    reactivateService: ordering(reactivate),
    tellSettlement: (ref: SettlementRef): Promise<void> => orFailure(() => tellAccepted(deps, ref)),
    notifySettlement: (ref: SettlementRef): Promise<{ notice?: SettlementNotice }> => orFailure(() => notifyPeople(deps, ref, 'notify')),
    reversePayment: ordering(takeBack),
    suspendService: ordering(suspend),
    tellReversal: (ref: SettlementRef): Promise<void> => orFailure(() => tellReversed(deps, ref)),
    notifyReversal: (ref: SettlementRef): Promise<{ notice?: SettlementNotice }> => orFailure(() => notifyPeople(deps, ref, 'notify-reversal')),
    /** A step failed for long, for no reason of the ISP system's: it is tried again later, and people see it. */
    postponeStep: ({ step, ...ref }: SettlementRef & { step: SettlementStep }): Promise<void> =>
      forCompany(orm, ref.company, (em) => writeStep(em, ref, step, { state: 'waiting', note: 'Algo falla en Hilo: se vuelve a intentar.' })),
  };
}

export type SettlementActivities = ReturnType<typeof createSettlementActivities>;
