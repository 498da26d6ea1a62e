import { z } from 'zod';
import { modelApis, modelRanges, structuredForms } from '../../../libs/ai/openai/settings.js';
import { modelFaults } from '../../../libs/ai/vision-reader.js';

const ranged = ({ least, most }: { least: number; most: number }) => z.number().int().min(least).max(most);

/** Its address is shown, and kept in the audit log: no place for a password, and none is called with one. */
const hasUser = (url: string): boolean => URL.canParse(url) && (new URL(url).username !== '' || new URL(url).password !== '');

const shape = {
  baseUrl: z.string().trim().max(500).url({ protocol: /^https?$/u }).refine((url) => !hasUser(url), 'no-user').transform((url) => url.replace(/[?#].*$/u, '').replace(/\/+$/u, '')),
  api: z.enum(modelApis),
  structured: z.enum(structuredForms).meta({ description: 'How its answers are held to a form' }),
  visionModel: z.string().trim().min(1).max(120).regex(/^[\w./:@-]+$/u).meta({ description: 'The model that looks at pictures' }),
  timeoutMs: ranged(modelRanges.timeoutMs),
  maxTokens: ranged(modelRanges.maxTokens),
};
const key = z.string().trim().max(500).regex(/^[\x21-\x7e]+$/u).nullable().optional().meta({ description: 'Absent: the saved one stays, for the saved address; null: none' });

export const modelDraftSchema = z.object({ ...shape, key }).meta({ id: 'ModelDraft' });
export type ModelDraft = z.infer<typeof modelDraftSchema>;

export const modelChangeSchema = z
  .object({
    ...shape, key,
    version: z.number().int().min(0).meta({ description: 'Of what the person saw; 0: none was set up' }),
    budgetDay: ranged(modelRanges.budgetDay).nullable().meta({ description: 'Requests a day; null: as many as it takes' }),
    enabled: z.boolean(),
  })
  .meta({ id: 'ModelChange' });
export type ModelChange = z.infer<typeof modelChangeSchema>;

const range = z.object({ least: z.number(), most: z.number(), usual: z.number() });
const faultSchema = z.enum(modelFaults);
export const modelSchema = z
  .object({
    version: z.number().int(),
    settings: z.object({
      ...shape, baseUrl: z.string(), budgetDay: z.number().int().nullable(), enabled: z.boolean(),
      keyEnding: z.string().optional().meta({ description: 'Of the saved key, the last four characters (none of a short one); absent: there is none' }),
      savedAt: z.iso.datetime(),
    }).optional().meta({ description: 'Absent: none is set up, and receipts are read by rules alone' }),
    today: z.number().int().meta({ description: 'Requests of today, by the company’s calendar' }),
    health: z.object({ okAt: z.iso.datetime().optional(), fault: faultSchema.optional(), faultAt: z.iso.datetime().optional() }).optional(),
    ranges: z.object({ timeoutMs: range, maxTokens: range, budgetDay: range }),
  })
  .meta({ id: 'Model', description: 'The model that reads pictures, as a company has set it up' });
export type ModelView = z.infer<typeof modelSchema>;

export const modelTrySchema = z.object({ draft: modelDraftSchema.optional().meta({ description: 'What is typed and not saved; absent: what is saved' }) }).meta({ id: 'ModelTry' });
export type ModelTry = z.infer<typeof modelTrySchema>;

export const modelTriedSchema = z
  .object({
    ok: z.boolean().meta({ description: 'It answered in form and told what the picture shows' }),
    sees: z.boolean(),
    ms: z.number().int(),
    fault: faultSchema.optional(),
    detail: z.string().optional().meta({ description: 'For whoever looks after the system; never a key' }),
  })
  .meta({ id: 'ModelTried' });
export type ModelTried = z.infer<typeof modelTriedSchema>;
