import type { EntityManager } from '@mikro-orm/postgresql';
import { actorOf, writeAudit, type AskedBy } from '../../libs/db/audit.js';
import { DomainError } from '../../libs/domain/errors.js';
import type { ReceiptRef } from '../../workflows/receipt/contract.js';
import { addReceiptEvent, findReceipt, lockReceipt, type ReceiptRow } from './receipt-rows.js';

/**
 * A receipt's row, held. What a customer sent has one; of what was put up in the panel it is made here. Whoever sends another picture, as they
 * were asked, means what the first one meant.
 * @throws DomainError `receipt-unknown`
 */
export async function takeUp(em: EntityManager, ref: ReceiptRef): Promise<ReceiptRow> {
  const { company, receipt } = ref;
  if (!(await findReceipt(em, ref))) await fromDraft(em, ref);
  const row = await lockReceipt(em, ref);
  const [known] = await em.execute<object[]>(`select 1 from receipt_events where company = ? and receipt = ?::uuid and kind = 'received'`, [company, receipt]);
  if (known) return row;
  await addReceiptEvent(em, ref, { kind: 'received', data: { source: row.source } });
  return row.conversation === null ? row : follow(em, ref);
}

async function fromDraft(em: EntityManager, { company, receipt }: ReceiptRef): Promise<void> {
  await em.execute('select from receipt_drafts where company = ? and receipt = ?::uuid for update', [company, receipt]); // whoever takes it back waits, and finds it used
  const [made] = await em.execute<object[]>(
    `insert into receipts (company, id, source, sha256, size, mimetype, file_name, customer, customer_name, invoice, method, comment, received_at)
      select company, receipt, 'panel', sha256, size, mimetype, file_name, customer, customer_name, invoice, method, comment, at
        from receipt_drafts where company = ? and receipt = ?::uuid on conflict (company, id) do nothing returning id`, [company, receipt]);
  if (made) await auditPutUp(em, { company, receipt });
  if (!made && !(await findReceipt(em, { company, receipt }))) throw new DomainError('receipt-unknown');
}

/** Who put it up, in the transaction in which it becomes a receipt. */
async function auditPutUp(em: EntityManager, { company, receipt }: ReceiptRef): Promise<void> {
  const [draft] = await em.execute<(AskedBy & Record<'customer' | 'customerName' | 'invoice' | 'method', string | null>)[]>(
    'select actor, actor_name, request, address, customer, customer_name "customerName", invoice, method from receipt_drafts where company = ? and receipt = ?::uuid', [company, receipt]);
  const { customer, customerName, invoice, method, ...by } = draft!;
  await writeAudit(em, actorOf(company, by), { action: 'receipt.put-up', subject: receipt, after: { customer, customerName, invoice, method } });
}

/** Links it to the one of which another picture was asked for in this conversation, unless one came already. */
async function follow(em: EntityManager, ref: ReceiptRef): Promise<ReceiptRow> {
  const { company, receipt } = ref;
  await em.execute(
    `update receipts r set earlier = jsonb_build_object('follows', a.id), customer = coalesce(r.customer, a.customer), customer_name = coalesce(r.customer_name, a.customer_name),
        invoice = coalesce(r.invoice, a.invoice), invoice_number = coalesce(r.invoice_number, a.invoice_number), method = coalesce(r.method, a.method)
      from receipts a
      where r.company = ? and r.id = ?::uuid and a.company = r.company and a.id = (
        select o.id from receipts o where o.company = r.company and o.conversation = r.conversation and o.state = 'asked-another' and o.received_at < r.received_at
            and not exists (select from receipts f where f.company = o.company and f.conversation = o.conversation and f.earlier->>'follows' = o.id::text)
          order by o.received_at desc limit 1)
        and (r.customer is null or r.customer is not distinct from a.customer)`, [company, receipt]);
  return lockReceipt(em, ref);
}
