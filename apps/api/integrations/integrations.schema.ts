import { z } from 'zod';
import { outsideSystemIds } from '../../../libs/crm/registry.js';
import { crmFaults } from '../../../libs/domain/customers.js';
import { limitRanges } from '../../../libs/domain/isp/connection.js';

export const outsideIdSchema = z.enum(outsideSystemIds);
export const systemIdSchema = z.enum(['embedded', ...outsideSystemIds]);
const faultSchema = z.enum(crmFaults);
const value = z.union([z.string(), z.number(), z.boolean()]);

export const settingsFieldSchema = z
  .object({
    name: z.string(),
    label: z.string().meta({ description: 'Key of its words' }),
    help: z.string().optional(),
    kind: z.enum(['text', 'url', 'secret', 'choice', 'number', 'switch', 'structure']),
    required: z.boolean(),
    choices: z.array(z.string()).optional(),
    default: value.optional(),
  })
  .meta({ id: 'IspSettingsField', description: 'What a company has to tell of its ISP system' });
export type SettingsField = z.infer<typeof settingsFieldSchema>;

const ranged = ({ least, most }: { least: number; most: number }) => z.number().int().min(least).max(most);
const lineShape = {
  limitMs: ranged(limitRanges.limitMs).meta({ description: 'How long one question may take' }),
  perSecond: ranged(limitRanges.perSecond),
  atOnce: ranged(limitRanges.atOnce),
  budgetDay: z.number().int().min(1).max(10_000_000).nullable().meta({ description: 'Requests a day; null: as many as it takes' }),
  budgetMonth: z.number().int().min(1).max(100_000_000).nullable(),
  monthStartsOn: ranged(limitRanges.monthStartsOn),
};
const pem = z.string().trim().max(40_000).regex(/^-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----$/u);
const tlsSchema = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('system') }), z.object({ mode: z.literal('pinned'), pem }), z.object({ mode: z.literal('insecure') }),
]).meta({ description: 'Whose certificate is trusted' });

export const connectionBodySchema = z
  .object({
    system: outsideIdSchema,
    settings: z.record(z.string(), z.unknown()).meta({ description: 'By field. A secret that is left out stays as it is; null takes it away' }),
    tls: tlsSchema,
    ...lineShape,
  })
  .meta({ id: 'IspConnectionChange' });
export type ConnectionBody = z.infer<typeof connectionBodySchema>;

export const testBodySchema = z
  .object({ system: systemIdSchema, draft: connectionBodySchema.omit({ system: true }).optional().meta({ description: 'What is typed and not saved; absent: what is saved' }) })
  .meta({ id: 'IspConnectionTry' });
export type TestBody = z.infer<typeof testBodySchema>;

export const testResultSchema = z
  .object({
    ok: z.boolean(),
    ms: z.number().int(),
    version: z.string().optional(),
    found: z.record(z.string(), z.string()).optional().meta({ description: 'Settings that were found out' }),
    fault: faultSchema.optional(),
    detail: z.string().optional().meta({ description: 'For whoever looks after the system; never a key' }),
  })
  .meta({ id: 'IspConnectionTest' });
export type TestResult = z.infer<typeof testResultSchema>;

export const activationBodySchema = z
  .object({ system: systemIdSchema, evenIfFailing: z.boolean().default(false).meta({ description: 'Activate it although its test fails' }) })
  .meta({ id: 'IspActivation' });
export type ActivationBody = z.infer<typeof activationBodySchema>;

export const activationResultSchema = z.object({ active: systemIdSchema, activated: z.boolean(), test: testResultSchema }).meta({ id: 'IspActivationResult' });
export type ActivationResult = z.infer<typeof activationResultSchema>;

const connectionSchema = z
  .object({
    settings: z.record(z.string(), z.unknown()),
    secrets: z.record(z.string(), z.string()).meta({ description: 'Those that are configured, each with its last four characters (none of a short one)' }),
    tls: tlsSchema,
    ...lineShape,
    savedAt: z.iso.datetime(),
    savedBy: z.object({ id: z.uuid(), name: z.string() }).optional(),
  })
  .meta({ id: 'IspConnection' });

const healthSchema = z
  .object({ state: z.enum(['up', 'down']), since: z.iso.datetime(), fault: faultSchema.optional(), okAt: z.iso.datetime().optional(), probeAt: z.iso.datetime().optional() })
  .meta({ id: 'IspHealth', description: 'As calls have found it; absent while it was never called' });

export const integrationSchema = z
  .object({
    system: systemIdSchema,
    name: z.string(),
    active: z.boolean(),
    capabilities: z.array(z.string()),
    fields: z.array(settingsFieldSchema),
    connection: connectionSchema.optional(),
    health: healthSchema.optional(),
    usage: z.object({ today: z.number().int(), month: z.number().int(), monthFrom: z.iso.date() }).optional(),
  })
  .meta({ id: 'IspIntegration' });
export type IntegrationView = z.infer<typeof integrationSchema>;

export const ispErrorSchema = z
  .object({
    system: outsideIdSchema,
    kind: z.enum(['fault', 'unmapped']),
    operation: z.string(),
    fault: faultSchema.optional(),
    detail: z.string().optional(),
    times: z.number().int(),
    firstAt: z.iso.datetime(),
    lastAt: z.iso.datetime(),
  })
  .meta({ id: 'IspError', description: 'What went wrong, once each; `unmapped`: names of fields that no adapter knows' });
export type IspErrorView = z.infer<typeof ispErrorSchema>;
