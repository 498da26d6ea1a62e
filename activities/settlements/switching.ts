import { forCompany } from '../../libs/db/company.js';
import type { Account } from '../../libs/domain/customers.js';
import { outcomeOf, type Outcome } from '../../libs/domain/settlement/outcome.js';
import { serviceNotes } from '../../libs/domain/settlement/words.js';
import { suspendsAgain } from '../../libs/domain/settlement/suspending.js';
import type { SettlementRef } from '../../workflows/settlement/contract.js';
import type { IspSystem } from '../isp-systems.js';
import type { SettlementDeps } from './deps.js';
import { ownSystem } from './own-system.js';
import { keptOff } from './returning.js';
import { readSettlement, readSteps, writeStep, type SettlementRow } from './rows.js';

/** A system that reactivates with the payment is looked at so often, over some minutes. */
const LOOKS = 5;
const REACTIVATE = { byHand: 'Reactivalo' };
const SUSPEND = { byHand: 'Suspendelo' };

async function accountOf(system: IspSystem, customer: string, signal: AbortSignal): Promise<Account | Outcome> {
  const answer = await system.ask({ kind: 'account', customer }, signal, 'now');
  if (answer.ok && answer.kind === 'account') return answer.account;
  return outcomeOf(answer.ok ? { ok: false, reason: 'unsupported' } : answer, REACTIVATE);
}

/** Switches the service on again where it is off, and looks whether it is on then. */
export async function reactivate(deps: SettlementDeps, ref: SettlementRef, signal: AbortSignal): Promise<void> {
  const { row, before } = await forCompany(deps.orm, ref.company, async (em) => (
    { row: await readSettlement(em, ref), before: (await readSteps(em, ref)).find(({ step }) => step === 'reactivate') }));
  if (row.reversal !== null) return;
  const outcome = !row.policy.actions.reactivate
    ? { state: 'skipped' as const, note: 'La empresa reactiva por su cuenta.' }
    : await switchedOn({ deps, ref, row, before, signal });
  await forCompany(deps.orm, ref.company, (em) => writeStep(em, ref, 'reactivate', outcome));
}

interface Switching {
  deps: SettlementDeps;
  ref: SettlementRef;
  row: SettlementRow;
  before: { attempts: number } | undefined;
  signal: AbortSignal;
}

async function switchedOn({ deps, ref, row, before, signal }: Switching): Promise<Outcome> {
  const { customer } = row;
  const system = await ownSystem(deps, ref, row, REACTIVATE);
  if ('moved' in system) return system.moved;
  if (!system.capabilities.has('account')) return { state: 'skipped', note: 'El sistema no dice si el servicio está suspendido.' };
  const account = await accountOf(system, customer, signal);
  if ('state' in account) return account;
  if (!account.suspended && !before) return { state: 'skipped', note: 'El servicio no estaba suspendido.' };
  const kept = await keptOff(deps, ref, row, account, '0');
  // MikroWisp switches on with each payment, whatever else is owed: that is its company's own rule, and people are told.
  if (!account.suspended) return { state: 'already', ...(kept?.state === 'skipped' && { note: serviceNotes.byItself }) };
  if (!system.capabilities.has('reactivate')) {
    const isPatient = (before?.attempts ?? 0) < LOOKS;
    return isPatient ? { state: 'waiting', note: 'El sistema reactiva con el pago: todavía no lo hizo.' } : outcomeOf({ ok: false, reason: 'unsupported' }, REACTIVATE);
  }
  if (kept) return kept;
  const result = await system.act({ kind: 'reactivate', customer }, signal);
  if (!result.ok) return outcomeOf(result, REACTIVATE);
  const after = await accountOf(system, customer, signal);
  if (!('state' in after) && after.suspended) return { state: 'waiting', note: 'El sistema dijo que sí, pero el servicio sigue suspendido.' };
  return outcomeOf(result, REACTIVATE);
}

/** Switches the service off again, after a payment that was taken back, where it came back by it. */
export async function suspend(deps: SettlementDeps, ref: SettlementRef, signal: AbortSignal): Promise<void> {
  const { row, before } = await forCompany(deps.orm, ref.company, async (em) => (
    { row: await readSettlement(em, ref), before: (await readSteps(em, ref)).find(({ step }) => step === 'reactivate') }));
  const outcome = !suspendsAgain(before?.state)
    ? { state: 'skipped' as const, note: 'El servicio no volvió por este pago: queda como está.' }
    : await switchedOff(await ownSystem(deps, ref, row, SUSPEND), row.customer, signal);
  await forCompany(deps.orm, ref.company, (em) => writeStep(em, ref, 'suspend', outcome));
}

async function switchedOff(system: IspSystem | { moved: Outcome }, customer: string, signal: AbortSignal): Promise<Outcome> {
  if ('moved' in system) return system.moved;
  return outcomeOf(system.capabilities.has('suspend') ? await system.act({ kind: 'suspend', customer }, signal) : { ok: false, reason: 'unsupported' }, SUSPEND);
}
