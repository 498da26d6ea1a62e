import type { EntityManager } from '@mikro-orm/postgresql';
import { paymentManners } from '../../libs/crm/payments.js';
import { forCompany } from '../../libs/db/company.js';
import type { Account, CustomerOrder, InvoiceSummary, Money, OrderResult, QueryFailure } from '../../libs/domain/customers.js';
import { cents } from '../../libs/domain/money.js';
import { allocate } from '../../libs/domain/settlement/allocate.js';
import { outcomeOf, type Outcome } from '../../libs/domain/settlement/outcome.js';
import { serviceNotes } from '../../libs/domain/settlement/words.js';
import type { SettlementRef } from '../../workflows/settlement/contract.js';
import type { IspSystem } from '../isp-systems.js';
import { noteOverpaid } from '../payments/troubles.js';
import { addParts, restOf } from './advancing.js';
import type { SettlementDeps } from './deps.js';
import { ownSystem } from './own-system.js';
import { keptOff } from './returning.js';
import { isStanding, readParts, readSettlement, readSteps, referenceOf, writePart, writeStep, type PartRow, type SettlementRow } from './rows.js';

const BY_HAND = { byHand: 'Registralo' };
/** As many as the port gives. */
const MOST_INVOICES = 100;

interface Registering {
  deps: SettlementDeps;
  ref: SettlementRef;
  row: SettlementRow;
  system: IspSystem;
  signal: AbortSignal;
}

/**
 * Orders the payments of a settlement, one for each part, and writes down what became of each before and after: one whose worker died is known to be
 * in doubt. Nothing is ordered once somebody has said no.
 */
export async function register(deps: SettlementDeps, ref: SettlementRef, signal: AbortSignal): Promise<void> {
  const row = await forCompany(deps.orm, ref.company, (em) => readSettlement(em, ref));
  if (row.reversal !== null) return;
  const write = (outcome: Outcome) => forCompany(deps.orm, ref.company, (em) => writeStep(em, ref, 'register', outcome));
  if (!row.policy.actions.register) return write({ state: 'skipped', note: 'La empresa registra los pagos en su sistema por su cuenta.' });
  const system = await ownSystem(deps, ref, row, BY_HAND);
  if ('moved' in system) return write(system.moved);
  if (!system.capabilities.has('pay')) return write(outcomeOf({ ok: false, reason: 'unsupported' }, BY_HAND));
  const registering = { deps, ref, row, system, signal };
  if (row.customer_name === '') await nameCustomer(registering);
  const planned = await plan(registering);
  const outcome = planned ?? (await payParts(registering));
  if (outcome) await write(outcome);
}

/** A receipt may be approved as soon as somebody has said whose it is, before anybody asked how they are called: who is told is told by name. */
async function nameCustomer({ deps, ref, row, system, signal }: Registering): Promise<void> {
  const answer = await system.ask({ kind: 'profile', customer: row.customer }, signal);
  if (!answer.ok || answer.kind !== 'profile') return;
  const { name } = answer.profile;
  await forCompany(deps.orm, ref.company, (em) =>
    em.execute(`update settlements set customer_name = ? where company = ? and id = ?::uuid and customer_name = ''`, [name, ref.company, ref.settlement]));
}

const failed = (answer: QueryFailure): Outcome => outcomeOf(answer, BY_HAND);

/**
 * Decides which invoices are paid, once: an invoice that another settlement is about to pay is left to it. Whether the service is suspended is
 * looked at before, as many systems switch it on by themselves.
 * @returns why that cannot be decided now
 */
async function plan({ deps, ref, row, system, signal }: Registering): Promise<Outcome | undefined> {
  const { company } = ref;
  const { rest, looked } = await forCompany(deps.orm, company, async (em) => (
    { rest: await restOf(em, ref, row.amount), looked: (await readSteps(em, ref)).some(({ step }) => step === 'reactivate') }));
  if (cents(rest) <= 0n && looked) return undefined;
  const account = !looked && system.capabilities.has('account') ? await system.ask({ kind: 'account', customer: row.customer }, signal, 'now') : undefined;
  if (account && !account.ok) return failed(account);
  const told = account?.ok === true && account.kind === 'account' ? account.account : undefined;
  const isMore = told !== undefined && isMoreThan(row, told.balance);
  const returning = looked ? undefined : await returningOf({ deps, ref, row, system, signal }, told);
  const { booking } = paymentManners[system.system];
  const answer = booking !== 'account' && system.capabilities.has('invoices') ? await system.ask({ kind: 'invoices', customer: row.customer, limit: MOST_INVOICES }, signal, 'now') : undefined;
  if (answer && !answer.ok) return failed(answer);
  const open = answer?.ok && answer.kind === 'invoices' ? answer.invoices.filter((one) => isPayable(one, row)) : [];
  await forCompany(deps.orm, company, async (em) => {
    await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 20))', [`${company}/${row.customer}`]);
    const taken = await takenInvoices(em, ref, row.customer);
    const due = open.filter(({ id }) => !taken.has(id)).map(({ id, number, dueOn, amount }) => ({ id, number, dueOn, amount: amount.amount }));
    const left = await restOf(em, ref, row.amount);
    if (cents(left) > 0n) await addParts(em, ref, allocate(left, due, { meant: row.invoice ?? undefined, booking }), 'pending');
    if (!returning) return;
    if (isMore) await noteOverpaid(em, ref);
    await writeStep(em, ref, 'reactivate', returning);
  });
  return undefined;
}

const isMoreThan = ({ amount, currency }: SettlementRow, owed: Money): boolean => currency === owed.currency && cents(amount) > cents(owed.amount);

/** Whether the service is to come back; one that its system switches on with the payment itself must not be, where something overdue stays open. */
async function returningOf({ deps, ref, row, system }: Registering, account: Account | undefined): Promise<Outcome> {
  const isByPayment = !system.capabilities.has('reactivate');
  if (account?.suspended === false) return { state: 'skipped', note: 'El servicio no estaba suspendido.' };
  if (!row.policy.actions.reactivate) return { state: 'skipped', note: 'La empresa reactiva por su cuenta.' };
  if (account === undefined) return { state: 'skipped', note: isByPayment && row.policy.reactivateOnPartial !== false ? serviceNotes.asked : serviceNotes.untold };
  const kept = !isByPayment ? undefined : await keptOff(deps, ref, row, account, row.amount);
  return kept ?? { state: 'pending' };
}

const isPayable = ({ state, amount }: InvoiceSummary, { currency }: SettlementRow): boolean =>
  (state === 'open' || state === 'in-review') && amount.currency === currency && cents(amount.amount) > 0n;

/** Invoices of this customer that an order of another settlement may be paying. */
async function takenInvoices(em: EntityManager, { company, settlement }: SettlementRef, customer: string): Promise<Set<string>> {
  const rows = await em.execute<{ invoice: string }[]>(
    `select p.invoice from settlement_parts p join settlements s on s.company = p.company and s.id = p.settlement
      where p.company = ? and s.customer = ? and s.id <> ?::uuid and p.invoice is not null and p.state in ('pending', 'unknown') and s.state in ('registering', 'stuck', 'reversing')`,
    [company, customer, settlement]);
  return new Set(rows.map(({ invoice }) => invoice));
}

/** @returns what became of it all; undefined where somebody said no meanwhile */
async function payParts(registering: Registering): Promise<Outcome | undefined> {
  const { deps, ref, row } = registering;
  const { parts, isReturning } = await forCompany(deps.orm, ref.company, async (em) => (
    { parts: await readParts(em, ref), isReturning: row.policy.reactivateOnPartial !== false || (await readSteps(em, ref)).some(({ step, state }) => step === 'reactivate' && state === 'pending') }));
  const open = parts.filter(({ state }) => state === 'pending' || state === 'unknown');
  let isNew = false;
  for (const part of open) {
    const begun = await begin(registering, part);
    if (begun !== 'now') return begun === 'doubt' ? outcomeOf({ ok: false, reason: 'unknown' }, BY_HAND) : undefined;
    const result = await registering.system.act(orderOf(registering, part, isReturning && part === open.at(-1)), registering.signal);
    await forCompany(deps.orm, ref.company, (em) => writePart(em, ref, part.position, stateOf(result), result.ok ? result.id : undefined));
    if (!result.ok) return outcomeOf(result, BY_HAND);
    isNew ||= result.done === 'now';
  }
  return { state: isNew || open.length === 0 ? 'done' : 'already' };
}

/**
 * Writes that an order is given, before it is. no: somebody has said no · doubt: it was given before, nobody knows what became of it, and the system
 * could not tell it from another: only a person who has looked lets it be given again.
 */
function begin({ deps, ref, system }: Registering, part: PartRow): Promise<'now' | 'no' | 'doubt'> {
  return forCompany(deps.orm, ref.company, async (em) => {
    const { reversal } = await readSettlement(em, ref, 'for update');
    if (reversal !== null) return 'no';
    const step = (await readSteps(em, ref)).find((one) => one.step === 'register');
    const isLetBy = step?.state === 'pending' && step.by_name !== null;
    if (part.state === 'unknown' && !paymentManners[system.system].tellsReference && !isLetBy) return 'doubt';
    await writePart(em, ref, part.position, 'unknown');
    // What a person let happen, they let happen once.
    if (isLetBy) await em.execute(`update settlement_steps set by_name = null where company = ? and settlement = ?::uuid and step = 'register'`, [ref.company, ref.settlement]);
    return 'now';
  });
}

/** A system that cannot be told to reactivate does it with the payment: with the last one, where the service is to come back. */
function orderOf({ ref, row, system }: Registering, part: PartRow, isReturning: boolean): Extract<CustomerOrder, { kind: 'pay' }> {
  return {
    kind: 'pay', customer: row.customer, ...(part.invoice === null ? {} : { invoice: part.invoice }), amount: { amount: part.amount, currency: row.currency },
    method: row.method, reference: referenceOf(ref, part), paidAt: new Date(row.paid_at).toISOString(),
    reactivate: isReturning && row.policy.actions.reactivate && !system.capabilities.has('reactivate'),
  };
}

function stateOf(result: OrderResult): PartRow['state'] {
  if (result.ok) return result.done === 'already' ? 'already' : 'done';
  return result.reason === 'unknown' ? 'unknown' : result.reason === 'unavailable' ? 'pending' : 'failed';
}

/** Parts that may have to be taken back. */
export const mayStand = (part: PartRow): boolean => isStanding(part) || part.state === 'unknown';
