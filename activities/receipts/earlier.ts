import type { EntityManager } from '@mikro-orm/postgresql';
import { textArray } from '../../libs/db/text-array.js';
import type { ReceiptState } from '../../libs/domain/receipt/case.js';
import type { Earlier, Evidence } from '../../libs/domain/receipt/evidence.js';
import type { ReadReceipt } from '../../libs/domain/receipt/receipt.js';
import { isSameReceipt, NEAR_PRINT, tellingReferences } from '../../libs/domain/receipt/repeats.js';
import { foldedReference } from '../../libs/domain/receipt/values.js';
import type { ReceiptRow } from './receipt-rows.js';

interface Candidate {
  id: string;
  state: ReceiptState;
  /** The same person sent it, or it is the same customer's. */
  same: boolean;
  read: ReadReceipt | null;
  same_file: boolean;
  same_reference: boolean;
  confusable: boolean;
  near: boolean;
}

/** Older pictures are not looked for by their look; their numbers still are. */
const PRINTS_FOR_DAYS = 400;
const MOST = 60;

/**
 * Receipts that may be this one again: those before it, and of the others those that were accepted meanwhile, so that of two at once one is the
 * first. Accepted ones of the same customer first: they say most.
 */
const CANDIDATES = `with me as (select * from receipts where company = :company and id = :receipt::uuid)
  select * from (
    select o.id, o.state, o.read, o.received_at,
        coalesce(case when o.customer is not null and :customer::text is not null then o.customer = :customer else o.contact = me.contact end, false) same,
        coalesce(o.sha256 = me.sha256, false) same_file,
        exists (select from receipt_references f where f.company = o.company and f.receipt = o.id and f.reference = any(:references)) same_reference,
        exists (select from receipt_references f where f.company = o.company and f.receipt = o.id and f.folded = any(:folded) and f.reference <> all(:references)) confusable,
        coalesce(o.received_at > me.received_at - interval '${PRINTS_FOR_DAYS} days'
          and bit_count(('x' || encode(o.print, 'hex'))::bit(256) # ('x' || encode(me.print, 'hex'))::bit(256)) <= ${NEAR_PRINT}, false) near
      from receipts o, me
      where o.company = me.company and o.id <> me.id and o.state <> 'other' and ((o.received_at, o.id) < (me.received_at, me.id) or o.state = 'accepted')) c
    where same_file or same_reference or confusable or near
    order by (state = 'accepted') desc, same desc, received_at limit ${MOST}`;

const stateOf = (state: ReceiptState): Earlier['state'] => (state === 'accepted' ? 'accepted' : state === 'rejected' || state === 'asked-another' ? 'rejected' : 'open');

/** What of this receipt was received before. @param customer whose it is, as far as that is known */
export async function earlierOf(em: EntityManager, company: string, row: ReceiptRow, known: ReadReceipt, customer: string | undefined): Promise<Evidence['earlier']> {
  const references = tellingReferences(known);
  const found = await em.execute<Candidate[]>(named(CANDIDATES), valuesOf(CANDIDATES, {
    company, receipt: row.id, customer: customer ?? null, references: textArray(references), folded: textArray(references.map(foldedReference)),
  }));
  const follows = row.earlier?.follows; // it was asked for in place of that one: that it looks the same is expected
  const others = found.filter(({ id }) => id !== follows);
  const as = (one: Candidate | undefined): Earlier | undefined => one && { receipt: one.id, isSameCustomer: one.same, state: stateOf(one.state) };
  const [file, reference, confusable, picture] = [
    as(others.find(({ same_file }) => same_file)), as(others.find(({ same_reference }) => same_reference)), as(others.find((one) => one.confusable)),
    as(others.find(({ near, read }) => near && read !== null && isSameReceipt(read, known))),
  ];
  return { ...(file && { file }), ...(reference && { reference }), ...(confusable && { confusable }), ...(picture && { picture }) };
}

const names = /:(company|receipt|customer|references|folded)\b/gu;
/** The driver numbers its arguments: a name that stands twice is given twice. */
const named = (sql: string): string => sql.replace(names, (_, name: string) => (name === 'references' || name === 'folded' ? '?::text[]' : '?'));
const valuesOf = (sql: string, values: Record<string, string | null>): (string | null)[] => [...sql.matchAll(names)].map(([, name]) => values[name!] ?? null);
