import { z } from 'zod';
import { statementFields, statementProblems } from '../../../libs/domain/statement/statement.js';
import { settlementStates } from '../../../libs/domain/settlement/settlement.js';
import { daySchema, pageQuery } from '../customers/customer.schema.js';

const column = z.number().int().min(0).max(200);
export const statementMappingSchema = z
  .object({
    header: z.number().int().min(-1).max(20_000).meta({ description: 'Row of the columns’ names, from 0; -1: there are none' }),
    columns: z.partialRecord(z.enum(statementFields), column).meta({ description: 'Column of each field, from 0' }),
    days: z.enum(['day-first', 'month-first']), decimal: z.enum([',', '.']),
  })
  .meta({ id: 'StatementMapping' });

export const statementAccountSchema = z
  .object({ id: z.uuid(), name: z.string(), holder: z.string(), number: z.string().optional(), bank: z.string().optional() })
  .meta({ id: 'StatementAccount' });
export type StatementAccount = z.infer<typeof statementAccountSchema>;

export const statementUploadSchema = z.object({ account: z.uuid(), fileName: z.string().trim().min(1).max(200).default('extracto') });
export type StatementUpload = z.infer<typeof statementUploadSchema>;

export const statementDraftSchema = z
  .object({
    id: z.uuid(), fileName: z.string(), kind: z.enum(['csv', 'xlsx']), delimiter: z.string().optional(), encoding: z.string().optional(), rows: z.number().int(),
    top: z.array(z.array(z.string())).meta({ description: 'The first rows, the columns’ names among them' }), mapping: statementMappingSchema,
    remembered: z.boolean().meta({ description: 'The mapping is one that people chose for a file like this' }),
  })
  .meta({ id: 'StatementDraft' });
export type StatementDraft = z.infer<typeof statementDraftSchema>;

export const statementOptionsSchema = z
  .object({ mapping: statementMappingSchema, withAlike: z.boolean().default(false).meta({ description: 'Also lines that may be known under another text' }) })
  .meta({ id: 'StatementOptions' });
export type StatementOptions = z.infer<typeof statementOptionsSchema>;

const counts = z
  .object({ fresh: z.number().int(), known: z.number().int(), alike: z.number().int(), debits: z.number().int(), problems: z.number().int() })
  .meta({ id: 'StatementCounts' });
const period = z.object({ from: daySchema, to: daySchema }).optional();
const money = z.object({ on: daySchema, amount: z.string(), payerName: z.string().optional(), payerDocument: z.string().optional(), description: z.string(), references: z.array(z.string()) });
const line = z.number().int().meta({ description: 'Line of the file, from 1' });
const takenBack = z
  .object({
    line, on: daySchema, amount: z.string(), description: z.string(),
    payment: z.uuid().optional().meta({ description: 'What had come in' }), receipt: z.uuid().optional(), customerName: z.string().optional(),
    settled: z.boolean().meta({ description: 'It has been registered for a customer: somebody has to decide' }),
  })
  .meta({ id: 'StatementReturn' });
export type StatementReturnView = z.infer<typeof takenBack>;

export const statementPreviewSchema = z
  .object({
    counts, sum: z.string().meta({ description: 'Of what came in' }), debitSum: z.string(), currency: z.string(), period,
    lines: z.array(money.extend({ line, state: z.enum(['fresh', 'known', 'alike']) })).meta({ description: 'The first fifty as they are understood' }),
    problems: z.array(z.object({ line, code: z.enum(statementProblems), cells: z.array(z.string()) })).meta({ description: 'The first hundred' }),
    receipts: z.array(z.object({ id: z.uuid(), result: z.enum(['confirmed', 'mismatch']), state: z.string(), customerName: z.string().optional(), amount: z.string().optional(), line })),
    returns: z.array(takenBack), before: z.object({ at: z.iso.datetime(), account: z.string() }).optional().meta({ description: 'This very file was imported already' }),
  })
  .meta({ id: 'StatementPreview' });
export type StatementPreview = z.infer<typeof statementPreviewSchema>;

export const statementConfirmedSchema = statementOptionsSchema
  .extend({ seen: z.object({ fresh: z.number().int(), alike: z.number().int() }).meta({ description: 'What the preview said' }) })
  .meta({ id: 'StatementConfirmed' });
export type StatementConfirmed = z.infer<typeof statementConfirmedSchema>;

export const statementImportSchema = z
  .object({
    id: z.uuid(), fileName: z.string(), account: z.object({ id: z.uuid(), name: z.string() }), state: z.enum(['confirmed', 'undone']),
    by: z.string(), at: z.iso.datetime(), undoneBy: z.string().optional(), undoneAt: z.iso.datetime().optional(), period, sum: z.string(), currency: z.string(), counts,
    lines: z.number().int(), settled: z.number().int().meta({ description: 'Lines that have confirmed a payment' }),
    told: z.boolean().meta({ description: 'The receipts that it may concern have heard of it' }), returns: z.array(takenBack),
  })
  .meta({ id: 'StatementImport' });
export type StatementImport = z.infer<typeof statementImportSchema>;

export const incomingQuerySchema = z.object({
  q: z.string().trim().max(100).default(''), import: z.uuid().optional(), filter: z.enum(['all', 'settled', 'free']).default('all'), ...pageQuery,
});
export type IncomingQuery = z.infer<typeof incomingQuerySchema>;

export const incomingPageSchema = z
  .object({
    items: z.array(
      money.extend({
        id: z.uuid(), source: z.enum(['statement', 'mercadopago']), import: z.uuid().optional(), account: z.string().optional(), currency: z.string(),
        state: z.enum(['in', 'pending', 'refunded', 'charged-back', 'undone']),
        settlement: z.object({ id: z.uuid(), state: z.enum(settlementStates), receipt: z.uuid().optional(), customerName: z.string(), invoiceNumber: z.string().optional() }).optional(),
      }).meta({ id: 'IncomingPayment' }),
    ),
    total: z.number().int(),
  })
  .meta({ id: 'IncomingPage' });
export type IncomingPage = z.infer<typeof incomingPageSchema>;
