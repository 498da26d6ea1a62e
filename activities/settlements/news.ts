import type { EntityManager } from '@mikro-orm/postgresql';
import { forCompany } from '../../libs/db/company.js';
import { companyById } from '../../libs/db/platform.js';
import { readReceiptPolicy } from '../../libs/db/receipt-policy.js';
import { formatMoney } from '../../libs/domain/conversation/format.js';
import { firstName } from '../../libs/domain/customers.js';
import { tellingOf, type ReceiptText } from '../../libs/domain/receipt/texts.js';
import type { SettlementStep, StepState } from '../../libs/domain/settlement/settlement.js';
import { refusedLine, reversalWords, settledLine, serviceNotes } from '../../libs/domain/settlement/words.js';
import type { SettlementRef } from '../../workflows/settlement/contract.js';
import { newWaId } from '../message-id.js';
import { queueTelling, sayTold, type Told } from '../telling.js';
import type { SettlementDeps } from './deps.js';
import { readSettlement, readSteps, writeStep, type SettlementRow } from './rows.js';

/** A text to a group that waits to be sent: ids. */
export interface SettlementNotice {
  channel: string;
  /** Id of its row in `group_messages`. */
  message: string;
}

const isDone = (state: StepState | undefined): boolean => state === 'done' || state === 'already';

interface Scene {
  row: SettlementRow;
  stateOf(step: SettlementStep): StepState | undefined;
  /** What people have to know of the service. */
  note?: string;
  company: string;
  amount: string;
}

async function sceneOf(deps: SettlementDeps, em: EntityManager, ref: SettlementRef): Promise<Scene> {
  const company = (await companyById(deps.orm, ref.company))!;
  const row = await readSettlement(em, ref, 'for update');
  const steps = new Map((await readSteps(em, ref)).map((one) => [one.step, one]));
  const note = Object.values<string>(serviceNotes).find((one) => one === steps.get('reactivate')?.note);
  return { row, stateOf: (step) => steps.get(step)?.state, ...(note !== undefined && { note }), company: company.name, amount: formatMoney({ amount: row.amount, currency: row.currency }, company) };
}

async function textOf(em: EntityManager, ref: SettlementRef, kind: ReceiptText, { row, company, amount }: Scene): Promise<string> {
  const { texts } = await readReceiptPolicy(em, ref.company);
  return tellingOf(kind, texts, {
    empresa: company, nombre: firstName(row.customer_name), importe: amount,
    ...(row.invoice_number === null ? {} : { factura: row.invoice_number }), ...(row.reversal === null ? {} : { motivo: reversalWords[row.reversal] }),
  });
}

/** Tells the customer in the conversation, once by the settlement, and writes the step with it. */
async function say(deps: SettlementDeps, ref: SettlementRef, step: 'tell' | 'tell-reversal', what: (scene: Scene) => { kind: ReceiptText } | { skip: string }): Promise<void> {
  const told = await forCompany(deps.orm, ref.company, async (em): Promise<Told | undefined> => {
    const scene = await sceneOf(deps, em, ref);
    const { conversation } = scene.row;
    const wanted = conversation === null ? { skip: 'No vino por una conversación.' } : what(scene);
    const text = 'kind' in wanted ? await textOf(em, ref, wanted.kind, scene) : '';
    if ('skip' in wanted || text === '' || conversation === null) {
      await writeStep(em, ref, step, { state: 'skipped', note: 'skip' in wanted ? wanted.skip : 'La empresa no dice nada.' });
      return undefined;
    }
    const waiting = await queueTelling(em, { company: ref.company, conversation, key: `settlement/${ref.settlement}/${step}`, text });
    await writeStep(em, ref, step, { state: 'done' });
    return waiting;
  });
  // A repeat after a crash finds the row that waits.
  if (told) await sayTold(deps.engine, told);
}

export const tellAccepted = (deps: SettlementDeps, ref: SettlementRef): Promise<void> => say(deps, ref, 'tell', ({ row, stateOf }) => {
  if (!row.policy.actions.tell) return { skip: 'La empresa no le avisa al cliente.' };
  if (!isDone(stateOf('register'))) return { skip: 'No se registró en el sistema: no se avisa.' };
  return { kind: isDone(stateOf('reactivate')) ? 'reactivated' : 'accepted' };
});

export const tellReversed = (deps: SettlementDeps, ref: SettlementRef): Promise<void> => say(deps, ref, 'tell-reversal', ({ row, stateOf }) => (
  isDone(stateOf('tell')) ? { kind: row.reversal === 'refunded' ? 'refunded' : 'reversed' } : { skip: 'Al cliente no se le había avisado del pago.' }));

/** Writes a line for the group of the conversation's number, where it has one, once. @returns what waits to be sent */
async function lineFor(em: EntityManager, { company, settlement }: SettlementRef, conversation: string | null, purpose: 'settled' | 'refused', text: string): Promise<SettlementNotice | undefined> {
  await em.execute(
    `insert into group_messages (company, channel, group_jid, settlement, purpose, text, wa_id)
      select h.company, h.id, h.group_jid, ?::uuid, ?, ?, ? from conversations c join channels h on h.company = c.company and h.id = c.channel and h.group_jid is not null
        where c.company = ? and c.id = ?::uuid on conflict do nothing`, [settlement, purpose, text, newWaId(), company, conversation]);
  const [unsent] = await em.execute<SettlementNotice[]>(
    `select channel, id::text message from group_messages where company = ? and settlement = ?::uuid and purpose = ? and state in ('queued', 'sending', 'unknown')`,
    [company, settlement, purpose]);
  return unsent;
}

/** Lets people know: their screens by the change log, the number's group by a line. */
export async function notifyPeople(deps: SettlementDeps, ref: SettlementRef, step: 'notify' | 'notify-reversal'): Promise<{ notice?: SettlementNotice }> {
  const notice = await forCompany(deps.orm, ref.company, async (em) => {
    const { row, amount, stateOf, note } = await sceneOf(deps, em, ref);
    if (step === 'notify' && !row.policy.actions.notify) {
      await writeStep(em, ref, step, { state: 'skipped', note: 'La empresa no quiere avisos.' });
      return undefined;
    }
    const line = { amount, customer: row.customer_name || row.customer, method: row.method };
    const text = step === 'notify' ? settledLine(line, isDone(stateOf('reactivate')), note) : refusedLine(line, row.reversal!, isDone(stateOf('reverse')));
    const waiting = await lineFor(em, ref, row.conversation, step === 'notify' ? 'settled' : 'refused', text);
    await writeStep(em, ref, step, { state: 'done' });
    return waiting;
  });
  return notice ? { notice } : {};
}
