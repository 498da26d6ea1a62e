import { z } from 'zod';
import { importFields } from '../../../libs/domain/customer-import/fields.js';

const column = z.number().int().min(0).max(200);
const mapping = z.partialRecord(z.enum(importFields), column).meta({ description: 'Column of each field, from 0' });
const counts = z
  .object({ create: z.number().int(), update: z.number().int(), services: z.number().int(), invoices: z.number().int(), skip: z.number().int(), error: z.number().int() })
  .meta({ id: 'ImportCounts' });

export const importDraftSchema = z
  .object({
    id: z.uuid(), fileName: z.string(), kind: z.enum(['csv', 'xlsx']), delimiter: z.string().optional(), encoding: z.string().optional(),
    headers: z.array(z.string()), sample: z.array(z.array(z.string())).meta({ description: 'The first rows' }), rows: z.number().int(), guesses: mapping,
  })
  .meta({ id: 'ImportDraft' });
export type ImportDraft = z.infer<typeof importDraftSchema>;

export const importOptionsSchema = z
  .object({
    mapping, existing: z.enum(['update', 'skip']),
    only: z.enum(['all', 'problems', 'error']).default('all'), page: z.number().int().min(1).default(1), size: z.number().int().min(1).max(200).default(50),
  })
  .meta({ id: 'ImportOptions' });
export type ImportOptionsBody = z.infer<typeof importOptionsSchema>;

export const importPreviewSchema = z
  .object({
    counts, total: z.number().int(), plans: z.array(z.object({ name: z.string(), price: z.string() })),
    rows: z.array(z.object({
      line: z.number().int(), action: z.enum(['create', 'update', 'join', 'skip', 'error']), name: z.string(), document: z.string(), number: z.string(), phones: z.array(z.string()),
      plan: z.string(), serviceNumber: z.string(), service: z.enum(['create', 'update', 'none']), balance: z.string(),
      problems: z.array(z.object({ field: z.enum(importFields), code: z.string(), stops: z.boolean() })),
    })),
  })
  .meta({ id: 'ImportPreview' });
export type ImportPreview = z.infer<typeof importPreviewSchema>;

export const importConfirmedSchema = z.object({ mapping, existing: z.enum(['update', 'skip']), seen: counts }).meta({ id: 'ImportConfirmed' });
export type ImportConfirmed = z.infer<typeof importConfirmedSchema>;

export const importBatchSchema = z
  .object({
    id: z.uuid(), fileName: z.string(), state: z.enum(['draft', 'done', 'undone']), madeBy: z.string(), madeAt: z.iso.datetime(), counts: counts.optional(),
    doneAt: z.iso.datetime().optional(), undoneAt: z.iso.datetime().optional(),
  })
  .meta({ id: 'ImportBatch' });
export type ImportBatch = z.infer<typeof importBatchSchema>;

export const uploadQuerySchema = z.object({ fileName: z.string().trim().min(1).max(200).default('clientes') });
