import { z } from 'zod';
import { receiptModes, refusalPolicies } from '../../../libs/domain/receipt/policy.js';
import { receiptKinds } from '../../../libs/domain/receipt/receipt.js';
import { receiptTexts, receiptVariables, unknownVariables, type ReceiptText } from '../../../libs/domain/receipt/texts.js';

/** One schema for each kind of text. */
const each = <S extends z.ZodType>(schema: S) => Object.fromEntries(Object.keys(receiptTexts).map((kind) => [kind, schema])) as Record<ReceiptText, S>;
const longest = 1_000;

const policySchema = z
  .object({
    mode: z.enum(receiptModes),
    kinds: z.array(z.enum(receiptKinds)).max(receiptKinds.length),
    files: z.array(z.enum(['image', 'pdf'])).min(1).max(2),
    maxAgeDays: z.number().int().min(1).max(90),
    minConfidence: z.number().min(0.3).max(0.95),
    cleanCap: z.string().regex(/^\d{1,9}\.\d{2}$/).meta({ description: 'Decimal, in the company’s currency' }),
    trustedAfter: z.number().int().min(1).max(50),
    partial: z.enum(['register', 'review']),
    actions: z.object({ register: z.boolean(), reactivate: z.boolean(), tell: z.boolean(), notify: z.boolean() }),
    reactivateOnPartial: z.boolean().meta({ description: 'Also where something overdue stays open after the payment' }),
    onRefusal: z.enum(refusalPolicies),
    remindAfterHours: z.number().int().min(0).max(168).meta({ description: 'People are reminded of a receipt that waits for them; 0: never' }),
  })
  .meta({ id: 'ReceiptPolicy', description: 'What happens to receipts without a person' });

const text = z.string().max(longest).superRefine((said, context) => {
  for (const name of unknownVariables(said)) context.addIssue({ code: 'custom', message: `variable-unknown: ${name}` });
});
const textsSchema = z.strictObject(each(text.optional())).meta({ id: 'ReceiptTexts', description: 'The company’s own words; absent: ours, empty: nothing is told' });

export const receiptSettingsChangeSchema = z
  .object({ version: z.number().int().min(0).meta({ description: 'Of what the person saw; 0: nothing was chosen yet' }), policy: policySchema, texts: textsSchema })
  .meta({ id: 'ReceiptSettingsChange' });
export type ReceiptSettingsChange = z.infer<typeof receiptSettingsChangeSchema>;

export const receiptSettingsSchema = z
  .object({
    version: z.number().int(),
    policy: policySchema,
    texts: textsSchema,
    ours: z.object(each(z.string())).meta({ description: 'What is told where the company has no words of its own' }),
    variables: z.array(z.object({ name: z.string(), meaning: z.string() })),
    longest: z.number().int(),
    currency: z.string(),
    accounts: z.number().int().meta({ description: 'Accounts of the company’s that receipts are held against' }),
  })
  .meta({ id: 'ReceiptSettings' });
export type ReceiptSettingsView = z.infer<typeof receiptSettingsSchema>;

/** What of the answer is the same for every company. */
export const receiptSettingsFrame = {
  ours: receiptTexts, longest,
  variables: Object.entries(receiptVariables).map(([name, meaning]) => ({ name, meaning })),
} as const;
