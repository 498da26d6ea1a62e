import { z } from 'zod';
import { receiptEventKinds, receiptSources, receiptStates } from '../../../libs/domain/receipt/case.js';
import { comparisonCodes } from '../../../libs/domain/receipt/compare.js';
import { receiptModes, refusalPolicies } from '../../../libs/domain/receipt/policy.js';
import { paymentStates, receiptFields, receiptKinds, referenceTypes } from '../../../libs/domain/receipt/receipt.js';
import { reversalCauses, settlementStates, settlementSteps, stepStates } from '../../../libs/domain/settlement/settlement.js';
import { moneySchema } from '../customers/customer.schema.js';

/** review: somebody has to decide · waiting: a source that could confirm it has not said yet, or it is being read · stuck: accepted, and its payment needs somebody. */
export const receiptFilters = ['all', 'review', 'waiting', 'stuck', 'accepted', 'rejected', 'asked-another', 'other'] as const;
export type ReceiptFilter = (typeof receiptFilters)[number];
export const receiptSorts = ['newest', 'oldest', 'amount'] as const;

export const receiptQuerySchema = z.object({
  filter: z.enum(receiptFilters).default('all'),
  q: z.string().trim().max(100).default('').meta({ description: 'Words of the customer’s or the payer’s name or of the invoice; an amount; an operation’s number; a phone; each in any spelling' }),
  from: z.iso.date().optional().meta({ description: 'On the company’s clocks, included' }),
  to: z.iso.date().optional().meta({ description: 'Included' }),
  sort: z.enum(receiptSorts).default('newest'),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  size: z.coerce.number().int().min(1).max(100).default(20),
});
export type ReceiptQuery = z.infer<typeof receiptQuerySchema>;

const verdicts = ['good', 'warn', 'bad', 'none'] as const;
const decisionSchema = z.object({
  by: z.enum(['policy', 'person']), name: z.string().optional(), why: z.string().optional(), at: z.iso.datetime(),
});

const listedFields = {
  id: z.uuid(),
  state: z.enum(receiptStates),
  source: z.enum(receiptSources),
  customerName: z.string().optional().meta({ description: 'Absent: nobody knows whose payment it is' }),
  amount: moneySchema.optional(),
  issuer: z.string().optional().meta({ description: 'Name of the bank or wallet' }),
  paidOn: z.iso.date().optional(),
  receivedAt: z.iso.datetime(),
  headline: z.enum(comparisonCodes).optional().meta({ description: 'What decided, or what most asks for somebody' }),
  missing: moneySchema.optional().meta({ description: 'With `amount-below-due`: how much, where it is known' }),
  fault: z.string().optional().meta({ description: 'Why its file could not be read' }),
  settlement: z.enum(settlementStates).optional().meta({ description: 'How its payment fares' }),
  late: z.boolean().optional().meta({ description: 'It has waited for a person longer than the company lets it' }),
  decided: decisionSchema.optional(),
};
export const listedReceiptSchema = z.object(listedFields).meta({ id: 'ListedReceipt', description: 'A proof of payment' });
export type ListedReceipt = z.infer<typeof listedReceiptSchema>;

const counts = Object.fromEntries(receiptFilters.map((one) => [one, z.number().int()])) as Record<ReceiptFilter, z.ZodNumber>;
export const receiptPageSchema = z
  .object({
    items: z.array(listedReceiptSchema), total: z.number().int(), counts: z.object(counts),
    acceptedAlone: z.number().int().meta({ description: 'Accepted today without a person' }),
  })
  .meta({ id: 'ReceiptPage' });
export type ReceiptPage = z.infer<typeof receiptPageSchema>;

const party = z.object({ name: z.string().optional(), document: z.string().optional(), account: z.string().optional(), alias: z.string().optional(), bank: z.string().optional() });
const place = z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() });
const ofFields = <T extends z.ZodType>(one: T) => z.object(Object.fromEntries(receiptFields.map((field) => [field, one.optional()])) as Record<(typeof receiptFields)[number], z.ZodOptional<T>>);

export const correctionSchema = z
  .object({
    amount: z.string().regex(/^(?!0+(\.0{1,2})?$)\d{1,10}(\.\d{1,2})?$/).optional().meta({ description: 'Decimal, in the company’s currency' }),
    paidOn: z.iso.date().optional(),
    reference: z.string().trim().min(3).max(60).regex(/\d/).optional(),
    payerName: z.string().trim().min(2).max(100).optional(),
    beneficiaryName: z.string().trim().min(2).max(100).optional(),
    beneficiaryAccount: z.string().trim().min(4).max(40).optional(),
    customer: z.string().trim().min(1).max(100).optional().meta({ description: 'The ISP system’s id of whose payment it is' }),
    invoice: z.string().trim().min(1).max(100).optional().meta({ description: 'And of the invoice that is meant' }),
  })
  .meta({ id: 'ReceiptCorrection' });

const readSchema = z.object({
  by: z.enum(['text', 'characters', 'model', 'model-and-characters']).optional(), model: z.string().optional(),
  kind: z.enum(receiptKinds), state: z.enum(paymentStates),
  amount: moneySchema.optional(),
  paidAt: z.object({ on: z.string(), at: z.string().optional(), yearGuessed: z.boolean().optional() }).optional(),
  payer: party, beneficiary: party,
  references: z.array(z.object({ type: z.enum(referenceTypes), value: z.string() })),
  concept: z.string().optional(),
  confidence: ofFields(z.number()),
});

const earlierSchema = z.object({
  how: z.enum(['file', 'picture', 'reference', 'confusable', 'alike', 'payment', 'follows']), receipt: z.uuid(), customerName: z.string().optional(), receivedAt: z.iso.datetime(), state: z.enum(receiptStates), sameCustomer: z.boolean(),
});
const incomingSchema = z.object({
  id: z.uuid(), source: z.enum(['statement', 'mercadopago']), paidOn: z.iso.date(), amount: moneySchema, payerName: z.string().optional(), description: z.string(), settles: z.boolean(),
});
const policySchema = z.object({
  mode: z.enum(receiptModes), maxAgeDays: z.number(), minConfidence: z.number(), cleanCap: z.string(), trustedAfter: z.number(), partial: z.enum(['register', 'review']), onRefusal: z.enum(refusalPolicies),
});
const settlementSchema = z.object({
  id: z.uuid(), state: z.enum(settlementStates), amount: moneySchema, invoiceNumber: z.string().optional(), reversal: z.enum(reversalCauses).optional(), reversalWhy: z.string().optional(),
  onRefusal: z.enum(refusalPolicies), openedAt: z.iso.datetime(),
  steps: z.array(z.object({ step: z.enum(settlementSteps), state: z.enum(stepStates), attempts: z.number().int(), fault: z.string().optional(), note: z.string().optional(), by: z.string().optional(), at: z.iso.datetime() })),
});

export const receiptSchema = z
  .object({
    ...listedFields,
    version: z.number().int(),
    customer: z.string().optional(),
    invoice: z.string().optional(),
    invoiceNumber: z.string().optional(),
    method: z.string().optional(),
    comment: z.string().optional(),
    phone: z.string().optional().meta({ description: 'Digits, of whoever sent it' }),
    conversation: z.uuid().optional(),
    ticket: z.uuid().optional().meta({ description: 'The newest of its conversation' }),
    file: z.object({ kind: z.enum(['image', 'pdf', 'none']), name: z.string().optional(), size: z.number().int().optional(), mimetype: z.string().optional() }),
    text: z.string().optional().meta({ description: 'What is written on it' }),
    read: readSchema.optional().meta({ description: 'As it counts: corrections over what was read' }),
    corrected: z.array(z.string()).meta({ description: 'Names of what people set right' }),
    regions: ofFields(place).optional().meta({ description: 'Where on the picture each field was read; parts of its width and height' }),
    comparisons: z.array(z.object({ code: z.enum(comparisonCodes), verdict: z.enum(verdicts) })),
    reasons: z.array(z.enum(comparisonCodes)),
    confidence: z.number().optional(),
    policy: policySchema.optional().meta({ description: 'What it was judged by' }),
    nextLookAt: z.iso.datetime().optional(),
    known: z.number().int().meta({ description: 'Receipts that it was held against' }),
    ownAccount: z.string().optional().meta({ description: 'Name of the company’s account that it names' }),
    earlier: z.array(earlierSchema),
    incoming: z.array(incomingSchema),
    payment: settlementSchema.optional().meta({ description: 'Its payment on its way into the ISP’s system' }),
    trail: z.array(z.object({ kind: z.enum(receiptEventKinds), by: z.string().optional(), why: z.string().optional(), at: z.iso.datetime() })),
    workflowUrl: z.string().optional(),
  })
  .meta({ id: 'Receipt' });
export type ReceiptView = z.infer<typeof receiptSchema>;

export const outlookSchema = z
  .object({
    system: z.string().meta({ description: 'Name of the ISP’s system' }),
    unavailable: z.boolean(),
    customer: z.object({ id: z.string(), name: z.string(), suspended: z.boolean().optional(), plan: z.string().optional() }).optional(),
    invoices: z.array(z.object({ id: z.string(), number: z.string(), dueOn: z.string(), amount: moneySchema })),
    steps: z.array(z.object({ step: z.enum(['register', 'reactivate', 'tell', 'notify']), will: z.enum(['will', 'if-suspended', 'if-settled', 'policy', 'not-suspended', 'no-conversation']) })),
    onRefusal: z.enum(refusalPolicies),
  })
  .meta({ id: 'ReceiptOutlook', description: 'What the ISP’s system says now, and what follows an approval' });
export type Outlook = z.infer<typeof outlookSchema>;

export const payerSchema = z.object({ id: z.string(), name: z.string(), number: z.string().optional(), detail: z.string().optional() }).meta({ id: 'FoundPayer' });
export type FoundPayer = z.infer<typeof payerSchema>;
export const payerQuerySchema = z.object({ q: z.string().trim().min(2).max(100) });
export const foundPayersSchema = z.object({ items: z.array(payerSchema), unavailable: z.boolean(), byWords: z.boolean().meta({ description: 'Names are searched, too; else documents and phones alone' }) }).meta({ id: 'FoundPayers' });
export type FoundPayers = z.infer<typeof foundPayersSchema>;

const why = z.string().trim().max(500);
export const approvalSchema = z.object({ why: why.optional(), despite: z.boolean().default(false).meta({ description: 'Although its payment, or its number, is another’s' }) }).meta({ id: 'ReceiptApproval' });
export const refusalSchema = z.object({ why: why.min(1).meta({ description: 'The customer is told it' }) }).meta({ id: 'ReceiptRefusalReason' });
export type Approval = z.infer<typeof approvalSchema>;
export type Correction = z.infer<typeof correctionSchema>;

export const receiptUploadSchema = z
  .object({ upload: z.uuid(), kind: z.enum(['image', 'pdf']), size: z.number().int(), known: z.object({ receipt: z.uuid(), customerName: z.string().optional(), state: z.enum(receiptStates), receivedAt: z.iso.datetime() }).optional() })
  .meta({ id: 'ReceiptUpload' });
export type ReceiptUpload = z.infer<typeof receiptUploadSchema>;
export const receiptUploadQuerySchema = z.object({ name: z.string().trim().max(200).optional() });

export const newReceiptSchema = z
  .object({
    upload: z.uuid(), customer: z.string().trim().min(1).max(100), customerName: z.string().trim().min(1).max(200), invoice: z.string().trim().min(1).max(100).optional(),
    method: z.string().trim().min(1).max(60).optional(), comment: z.string().trim().max(1000).optional(),
  })
  .meta({ id: 'NewReceipt' });
export type NewReceipt = z.infer<typeof newReceiptSchema>;
export const startedReceiptSchema = z.object({ id: z.uuid() }).meta({ id: 'StartedReceipt' });

