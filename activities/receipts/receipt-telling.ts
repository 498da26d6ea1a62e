import { forCompany } from '../../libs/db/company.js';
import type { MikroORM } from '../../libs/db/orm.js';
import { readReceiptPolicy } from '../../libs/db/receipt-policy.js';
import { formatMoney } from '../../libs/domain/conversation/format.js';
import { firstName } from '../../libs/domain/customers.js';
import { isRepetition, reasonInWords } from '../../libs/domain/receipt/reasons.js';
import { tellingOf, type ReceiptText, type ReceiptVariable } from '../../libs/domain/receipt/texts.js';
import type { ReceiptRef } from '../../workflows/receipt/contract.js';
import { queueTelling, sayTold, type Engine } from '../telling.js';
import { addReceiptEvent, companyFacts, knownOf, lockReceipt, type CompanyFacts, type ReceiptRow } from './receipt-rows.js';

export interface ReceiptTellingDeps {
  orm: MikroORM;
  engine: Engine;
}

/** What a customer is told of a receipt as it is now; what is accepted its settlement tells. */
function textFor({ state, reasons, decided_by }: ReceiptRow): ReceiptText | undefined {
  if (state === 'review' || state === 'asked-another') return state === 'review' ? 'review' : 'another';
  if (state !== 'rejected') return undefined;
  return decided_by === 'policy' && isRepetition(reasons) ? 'repeated' : 'rejected';
}

function valuesFor(row: ReceiptRow, facts: CompanyFacts): Partial<Record<ReceiptVariable, string>> {
  const { amount } = knownOf(row, facts);
  const why = row.decided_why?.trim().replace(/[.\s]+$/u, '') ?? reasonInWords(row.reasons);
  return {
    empresa: facts.name, ...(row.customer_name === null ? {} : { nombre: firstName(row.customer_name) }), ...(amount ? { importe: formatMoney(amount, facts) } : {}),
    ...(row.invoice_number === null ? {} : { factura: row.invoice_number }), ...(why === undefined ? {} : { motivo: why }),
  };
}

/** Once for a review, however often it is weighed; once for each decision. */
const keyOf = (row: ReceiptRow, kind: ReceiptText): string =>
  kind === 'review' ? `receipt/${row.id}/review` : `receipt/${row.id}/${kind}/${row.decided_by === 'person' ? row.last_command : row.weight}`;

/**
 * Tells the customer how their receipt is, once each; the row says what there is to tell. Who has no conversation, or whose company says nothing,
 * is not told, and the trail says so.
 */
export async function tellOfReceipt({ orm, engine }: ReceiptTellingDeps, ref: ReceiptRef): Promise<void> {
  const { company } = ref;
  const told = await forCompany(orm, company, async (em) => {
    const row = await lockReceipt(em, ref);
    const kind = textFor(row);
    if (kind === undefined) return undefined;
    const { texts } = await readReceiptPolicy(em, company);
    const facts = await companyFacts(em, company);
    const text = tellingOf(kind, texts, valuesFor(row, facts));
    const key = keyOf(row, kind);
    const not = row.conversation === null ? 'no-conversation' : text === '' ? 'no-text' : undefined;
    const queued = row.conversation === null ? undefined : await queueTelling(em, { company, conversation: row.conversation, key, text });
    const [known] = await em.execute<object[]>(`select 1 from receipt_events where company = ? and receipt = ?::uuid and kind = 'told' and data->>'key' = ?`, [company, ref.receipt, key]);
    if (!known) await addReceiptEvent(em, ref, { kind: 'told', data: { key, text: kind, ...(not === undefined ? {} : { not }) } });
    return queued;
  });
  if (told) await sayTold(engine, told);
}
