import { z } from 'zod';
import { invoiceStates } from '../../../libs/domain/customers.js';
import { amountSchema, daySchema, pageQuery } from '../customers/customer.schema.js';

const who = z.object({ id: z.uuid(), number: z.string(), name: z.string() });
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/).meta({ description: 'A month, as 2026-11' });

export const bookInvoiceSchema = z
  .object({
    id: z.uuid(), number: z.string(), customer: who, issuedOn: daySchema, dueOn: daySchema, amount: z.string(), paid: z.string(), rest: z.string(), currency: z.string(),
    state: z.enum(invoiceStates), paidOn: daySchema.optional(), period: z.string().optional(), overdue: z.boolean(), cancelledWhy: z.string().optional(),
  })
  .meta({ id: 'BookInvoice' });
export type BookInvoiceView = z.infer<typeof bookInvoiceSchema>;

export const invoiceFilters = ['owed', 'overdue', 'paid', 'cancelled', 'all'] as const;
export const invoiceQuerySchema = z.object({
  q: z.string().trim().max(100).default(''), filter: z.enum(invoiceFilters).default('all'), customer: z.uuid().optional(), ...pageQuery,
});
export type InvoiceQuery = z.infer<typeof invoiceQuerySchema>;
export const invoicePageSchema = z
  .object({
    items: z.array(bookInvoiceSchema),
    counts: z.object({ owed: z.number().int(), overdue: z.number().int(), paid: z.number().int(), cancelled: z.number().int(), all: z.number().int() }),
  })
  .meta({ id: 'BookInvoicePage' });
export type InvoicePage = z.infer<typeof invoicePageSchema>;

export const newInvoiceSchema = z
  .object({
    customer: z.uuid(), dueOn: daySchema,
    lines: z.array(z.object({ text: z.string().trim().min(1).max(200), amount: amountSchema })).min(1).max(20),
  })
  .meta({ id: 'NewBookInvoice' });
export type NewInvoice = z.infer<typeof newInvoiceSchema>;
export const whySchema = z.object({ why: z.string().trim().min(1).max(300) }).meta({ id: 'Why' });

export const paymentSchema = z
  .object({
    id: z.uuid(), customer: who, amount: z.string(), currency: z.string(), method: z.string(), reference: z.string(), paidAt: z.iso.datetime(), madeBy: z.string().optional(),
    invoices: z.array(z.object({ number: z.string(), amount: z.string() })), reversedAt: z.iso.datetime().optional(), reversedWhy: z.string().optional(), reversedBy: z.string().optional(),
  })
  .meta({ id: 'BookPayment' });
export type PaymentView = z.infer<typeof paymentSchema>;
export const paymentQuerySchema = z.object({ customer: z.uuid().optional(), ...pageQuery });
export type PaymentQuery = z.infer<typeof paymentQuerySchema>;
export const paymentPageSchema = z.object({ items: z.array(paymentSchema), total: z.number().int() }).meta({ id: 'BookPaymentPage' });
export type PaymentPage = z.infer<typeof paymentPageSchema>;
export const newPaymentSchema = z
  .object({
    customer: z.uuid(), invoice: z.uuid().optional().meta({ description: 'Covered first; what is over covers the others, earliest due date first' }),
    amount: amountSchema.refine((amount) => Number(amount) > 0), method: z.string().trim().min(1).max(60),
    reference: z.string().trim().min(1).max(100).meta({ description: 'Of the receipt; a payment that comes again under it is the same one' }),
    paidOn: daySchema, reactivate: z.boolean().default(false),
  })
  .meta({ id: 'NewBookPayment' });
export type NewPayment = z.infer<typeof newPaymentSchema>;

const dueRule = { dueKind: z.enum(['day-of-month', 'days-after']), dueValue: z.number().int().min(0).max(90) };
export const invoicingSettingsSchema = z
  .object({ invoicePrefix: z.string().regex(/^\d{1,5}$/), ...dueRule, prorate: z.boolean(), lastInvoice: z.number().int() })
  .meta({ id: 'InvoicingSettings' });
export type InvoicingSettings = z.infer<typeof invoicingSettingsSchema>;
export const invoicingSettingsChangeSchema = z
  .object({ invoicePrefix: z.string().regex(/^\d{1,5}$/), ...dueRule, prorate: z.boolean() })
  .refine(({ dueKind, dueValue }) => dueKind === 'days-after' || (dueValue >= 1 && dueValue <= 31), 'a day of the month is 1 to 31')
  .meta({ id: 'InvoicingSettingsChange' });
export type InvoicingSettingsChange = z.infer<typeof invoicingSettingsChangeSchema>;

export const runWantedSchema = z.object({ period: month, dueOn: daySchema.optional() }).meta({ id: 'InvoicingRunWanted' });
export type RunWantedBody = z.infer<typeof runWantedSchema>;
export const runPreviewSchema = z
  .object({
    period: z.string(), issuedOn: daySchema, dueOn: daySchema, currency: z.string(), total: z.string(), already: z.number().int(),
    invoices: z.array(z.object({
      service: z.uuid(), customer: z.uuid(), customerName: z.string(), customerNumber: z.string(), serviceNumber: z.string(), amount: z.string(), line: z.string(), days: z.number().int().optional(),
    })),
  })
  .meta({ id: 'InvoicingPreview' });
export const runConfirmedSchema = runWantedSchema.extend({ seen: z.object({ invoices: z.number().int(), total: z.string() }) }).meta({ id: 'InvoicingRunConfirmed' });
export type RunConfirmed = z.infer<typeof runConfirmedSchema>;
export const runSchema = z
  .object({
    id: z.uuid(), period: z.string(), issuedOn: daySchema, dueOn: daySchema, state: z.enum(['done', 'undone']), invoices: z.number().int(), total: z.string(), currency: z.string(),
    madeBy: z.string(), madeAt: z.iso.datetime(), undoneAt: z.iso.datetime().optional(), paid: z.number().int().meta({ description: 'Invoices of which something is paid' }),
  })
  .meta({ id: 'InvoicingRun' });
export type RunView = z.infer<typeof runSchema>;
