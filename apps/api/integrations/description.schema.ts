import { z } from 'zod';
import { dateFormats, descriptionShape } from '../../../libs/crm/generic/description.js';
import { systemUrl } from '../../../libs/crm/wire/settings.js';
import { entities, operationNames, type Entity, type FieldKind } from '../../../libs/crm/generic/operations.js';
import { crmFaults } from '../../../libs/domain/customers.js';

const entityNames = Object.keys(entities) as [Entity, ...Entity[]];
const fieldKinds = ['text', 'joined', 'texts', 'amount', 'number', 'date', 'instant', 'choice', 'rows'] as const satisfies readonly FieldKind[];
/** Whatever somebody wrote or imported: what is wrong with it is told, not refused. */
const draft = z.record(z.string(), z.unknown());

const operation = z.object({
  name: z.enum(operationNames),
  entity: z.enum(entityNames),
  list: z.boolean(),
  changes: z.boolean().meta({ description: 'It changes something in the system' }),
  values: z.array(z.string()).meta({ description: 'What its templates may use' }),
  needs: z.array(z.string()),
}).meta({ id: 'GenericOperationFacts' });
const field = z.object({ name: z.string(), kind: z.enum(fieldKinds), required: z.boolean(), choices: z.array(z.string()) });
const entity = z.object({ name: z.enum(entityNames), fields: z.array(field) }).meta({ id: 'GenericEntityFacts' });
const preset = z.object({ id: z.string(), name: z.string(), verified: z.boolean(), url: z.string().optional(), description: descriptionShape }).meta({ id: 'GenericPreset' });

export const languageSchema = z
  .object({ operations: z.array(operation), entities: z.array(entity), dateFormats: z.array(z.enum(dateFormats)), presets: z.array(preset) })
  .meta({ id: 'GenericLanguage', description: 'What a description of a system can say' });
export type LanguageView = z.infer<typeof languageSchema>;

export const savedSchema = z.object({
  url: z.string().optional(), hasSecret: z.boolean(), description: descriptionShape.optional().meta({ description: 'Absent: none was saved, or one of an older form' }),
}).meta({ id: 'GenericSaved' });
export type SavedView = z.infer<typeof savedSchema>;

export const draftSchema = z.object({ description: draft }).meta({ id: 'GenericDraft' });
export type Draft = z.infer<typeof draftSchema>;

export const checkSchema = z.object({
  problems: z.array(z.object({ at: z.string().meta({ description: 'operations.pay.path' }), code: z.string() })),
  capabilities: z.array(z.string()),
}).meta({ id: 'GenericCheck' });
export type CheckView = z.infer<typeof checkSchema>;

export const trySchema = z.object({
  url: systemUrl(),
  secret: z.string().trim().max(4_000).optional().meta({ description: 'Absent: the saved one, for the saved address' }),
  description: draft,
  operation: z.enum(operationNames),
  sample: z.record(z.string().max(40), z.string().max(500)),
}).meta({ id: 'GenericTry' });
export type TryBody = z.infer<typeof trySchema>;

const problem = z.object({
  entity: z.enum(entityNames), field: z.string(), from: z.array(z.string()), row: z.number().int().optional(), problem: z.string(), said: z.string().optional(), fatal: z.boolean(),
}).meta({ id: 'GenericMappingProblem' });
export const triedSchema = z.object({
  request: z.object({ method: z.string(), url: z.string(), headers: z.record(z.string(), z.string()), body: z.string().optional() }).optional(),
  answer: z.object({ status: z.number().int(), contentType: z.string(), text: z.string(), cut: z.boolean() }).optional(),
  outcome: z.enum(['answer', 'not-found', 'rejected', 'fault', 'value-missing']),
  fault: z.enum(crmFaults).optional(),
  why: z.string().optional(),
  rows: z.number().int().optional(),
  problems: z.array(problem),
  mapped: z.string().optional(),
  ms: z.number(),
}).meta({ id: 'GenericTried' });
export type TriedView = z.infer<typeof triedSchema>;
