import { z } from 'zod';
import type { CrmCapability } from '../crm.js';
import { problemsOf } from './check.js';
import { entities, operationNames, operationSpec, type Entity } from './operations.js';
import { isPath, LONGEST_PATH } from './path.js';

/**
 * How an unknown system is asked, and what its answers mean: data that an ISP's technician writes in the screen or imports as a file. It holds no
 * address (each company has its own) and no secret, so one description serves all ISPs with the same system.
 */

const path = z.string().max(LONGEST_PATH).refine(isPath, { error: 'path' });
const name = z.string().trim().min(1).max(60);
const words = z.array(z.string().max(80)).max(20);
const template = z.string().max(500);
const statuses = z.array(z.int().min(100).max(599)).max(20);
/** Names of headers, queries and form fields. */
const token = z.string().regex(/^[\w.[\]-]{1,60}$/u, { error: 'name' });
const headerName = z.string().regex(/^[A-Za-z0-9-]{1,60}$/u, { error: 'name' });
/** Visible ASCII: a header can be broken by nothing else. */
const headerValue = z.string().max(200).regex(/^[\x20-\x7e]*$/u, { error: 'header' });

export const dateFormats = ['YYYY-MM-DD', 'YYYY/MM/DD', 'DD/MM/YYYY', 'DD-MM-YYYY', 'MM/DD/YYYY', 'YYYYMMDD', 'unix', 'unix-ms'] as const;
export type DateFormat = (typeof dateFormats)[number];

export const authSchema = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('none') }),
  z.strictObject({ mode: z.literal('header'), name: headerName, prefix: headerValue.optional() }),
  z.strictObject({ mode: z.literal('query'), name: token }),
  z.strictObject({ mode: z.literal('body'), name: token }),
  z.strictObject({ mode: z.literal('bearer') }),
  z.strictObject({ mode: z.literal('basic'), user: headerValue.refine((user) => !user.includes(':'), { error: 'user' }) }),
]).meta({ id: 'GenericAuth', description: 'Where the secret goes; the secret itself is kept apart, sealed' });

export const conditionSchema = z.strictObject({
  path,
  in: words.optional().meta({ description: 'The value there is one of these, as text; upper and lower case are the same' }),
  is: z.enum(['present', 'absent', 'empty']).optional().meta({ description: 'empty: nothing, null, an empty text or an empty list' }),
}).refine((one) => (one.in === undefined) !== (one.is === undefined), { error: 'condition' }).meta({ id: 'GenericCondition' });
export type Condition = z.infer<typeof conditionSchema>;

const outcomeRule = z.strictObject({ status: statuses.optional(), json: z.array(conditionSchema).max(10).optional() });

export const faultsOfRules = ['auth', 'forbidden', 'rejected', 'rate-limited', 'quota', 'licence', 'unavailable', 'not-found'] as const;
const errorRule = outcomeRule.extend({ as: z.enum(faultsOfRules), message: path.optional() });

const pollSchema = z.strictObject({
  path: template,
  task: path.optional().meta({ description: 'Where the first answer names the task: `{{task}}` of the path' }),
  everySeconds: z.int().min(1).max(30),
  atMostSeconds: z.int().min(5).max(120),
  done: z.array(conditionSchema).min(1).max(10),
  failed: z.array(conditionSchema).max(10).optional(),
}).meta({ id: 'GenericPoll', description: 'An answer that comes later: asked for again and again until it is done' });

export const operationSchema = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  path: template,
  query: z.record(token, template).optional(),
  headers: z.record(headerName, headerValue).optional(),
  body: z.strictObject({ type: z.enum(['json', 'form']), content: z.string().max(4_000) }).optional()
    .meta({ description: 'content: JSON text with templates in its texts; a form takes an object of texts' }),
  list: path.optional(),
  ok: outcomeRule.optional().meta({ description: 'Absent: status 200 to 299' }),
  notFound: outcomeRule.optional(),
  poll: pollSchema.optional(),
}).meta({ id: 'GenericOperation' });
export type Operation = z.infer<typeof operationSchema>;

export const fieldSchema = z.strictObject({
  from: z.array(path).min(1).max(4),
  formats: z.array(z.enum(dateFormats)).min(1).max(4).optional().meta({ description: 'Of dates; absent: YYYY-MM-DD or DD/MM/YYYY' }),
  decimal: z.enum(['.', ',', 'auto']).optional().meta({ description: 'Of amounts in texts: the decimal mark' }),
  negate: z.boolean().optional().meta({ description: 'Of amounts: the system counts debts below zero' }),
  values: z.record(name, words).optional().meta({ description: 'Of choices: our word, and theirs' }),
  otherwise: name.optional().meta({ description: 'Of choices: our word for everything else; absent: an unknown word is an error' }),
}).meta({ id: 'GenericField' });
export type Field = z.infer<typeof fieldSchema>;

const entityNames = Object.keys(entities) as [Entity, ...Entity[]];

/** The shape alone; `genericDescription` checks the sense, too. The API's types are made of it. */
export const descriptionShape = z.strictObject({
  version: z.literal(1),
  name,
  auth: authSchema,
  operations: z.partialRecord(z.enum(operationNames), operationSchema),
  map: z.partialRecord(z.enum(entityNames), z.record(name, fieldSchema)),
  statusPath: path.optional().meta({ description: 'Where the answer repeats its real HTTP status (systems that always answer 200)' }),
  errors: z.array(errorRule).max(30).optional().meta({ description: 'The first that fits counts' }),
  documentHosts: z.array(z.string().regex(/^[a-z0-9.-]{1,120}$/u, { error: 'host' })).max(5).optional()
    .meta({ description: 'Other hosts from which documents of invoices may be fetched, without the secret' }),
}).meta({ id: 'GenericDescription', description: 'A system in the declarative language of the generic adapter' });
export type GenericDescription = z.infer<typeof descriptionShape>;

/** A description that makes sense: templates use what there is, what is needed is mapped. Issues carry a code as their message. */
export const genericDescription = descriptionShape.superRefine((description, context) => {
  for (const { at, code } of problemsOf(description)) context.addIssue({ code: 'custom', path: at, message: code });
});

/** What a system of this description can be asked or told. */
export function capabilitiesOf({ operations, map }: GenericDescription): CrmCapability[] {
  const described = operationNames.filter((one) => operations[one] !== undefined).flatMap((one) => operationSpec(one).capability ?? []);
  const byRows: CrmCapability[] = operations.invoices === undefined ? [] : [
    ...(operations.profile === undefined ? [] : ['account' as const]),
    ...(map.invoice?.documentUrl === undefined ? [] : ['invoice-document' as const]),
  ];
  return [...new Set([...described, ...byRows])];
}
