import { z } from 'zod';
import { FAULT_KINDS } from '../faults.js';
import { contents, hasOneContent, ONE_CONTENT } from './content-schemas.js';

/** Phone numbers: E.164 digits without `+`. */
export const number = z.string().regex(/^\d{6,15}$/, 'un número en formato internacional: solo dígitos, sin +');
/** A group's id. */
export const groupId = z.string().regex(/^\d{10,20}@g\.us$/, 'el id de un grupo: dígitos y @g.us');
export const text = z.string().min(1).max(65_536);
const name = z.string().trim().min(1).max(100);
export const id = z.string().regex(/^[\w.-]{1,64}$/, 'letras, dígitos, punto, guion o guion bajo');
const delayMs = z.number().int().min(0).max(3_600_000);

export const scan = z.strictObject({ qr: z.string().min(1).max(2048) });
const eightCharacters = /^[0-9A-Za-z]{4}[\s-]?[0-9A-Za-z]{4}$/;
export const code = z.strictObject({ code: z.string().regex(eightCharacters, 'un código de 8 caracteres') });
export const account = z.strictObject({ name: name.optional(), business: z.boolean().optional() });
const moment = z.iso.datetime({ offset: true }).transform((at) => new Date(at).toISOString());
/** Null lifts it. */
export const restriction = z
  .strictObject({ kind: z.enum(['reachout', 'capping']).nullable(), until: moment.optional() })
  .transform(({ kind, until }) => (kind ? { kind, ...(until && { until }) } : undefined));
export const person = z.strictObject({
  name,
  lid: z.union([z.string().regex(/^\d{6,20}$/, 'los dígitos del LID'), z.boolean()]).optional(),
  hidePhone: z.boolean().optional(),
  ad: z.boolean().optional(),
});
/** A person or business, or a group. */
const to = z.union([number, groupId]);
export const message = z.strictObject({ to, ...contents, quote: id.optional(), id: id.optional() }).refine(hasOneContent, ONE_CONTENT);
/** An empty emoji takes the reaction back. */
export const reaction = z.strictObject({ to, id, emoji: z.string().max(40) });
export const edit = z.strictObject({ to, id, text });
export const deletion = z.strictObject({ to, id });
/** Without an id: the whole chat. */
export const read = z.strictObject({ to, id: id.optional(), played: z.boolean().optional() });
export const call = z.strictObject({ to: number, video: z.boolean().optional(), ms: delayMs.optional() });
const pastMessage = z.strictObject({ from: z.enum(['person', 'account']), text, at: z.iso.datetime({ offset: true }) });
const pastChat = z.strictObject({ with: number, messages: z.array(pastMessage).max(10_000) });
export const history = z.strictObject({ chats: z.array(pastChat).max(10_000) });
export const typing = z.strictObject({ to, state: z.enum(['composing', 'recording', 'paused']) });

/** Without a count or a time: once; a freeze: five seconds; a delay (and the longest wait of `reorder`): two; a ban: until it is cleared. */
export const fault = z
  .strictObject({
    kind: z.enum(FAULT_KINDS),
    account: number.optional(),
    times: z.number().int().min(1).max(1_000_000).optional(),
    ms: delayMs.optional(),
    code: z.number().int().min(400).max(599).optional(),
  })
  .refine(({ kind, code }) => code === undefined || kind === 'stream-error', 'code: solo con stream-error')
  .transform((wanted) => {
    if (wanted.kind === 'freeze') return { ms: 5_000, ...wanted, times: undefined };
    if (wanted.kind === 'ban') return wanted;
    if (wanted.kind === 'delay' || wanted.kind === 'reorder') return { ms: 2_000, times: 1, ...wanted };
    return wanted.ms === undefined ? { times: 1, ...wanted } : wanted;
  });
export const rules = z
  .strictObject({
    lidChats: z.boolean(),
    tcToken: z.boolean(),
    peerToken: z.boolean(),
    oneNamespace: z.boolean(),
    statusLids: z.boolean(),
    receiptDelayMs: delayMs,
    readDelayMs: delayMs.nullable(),
    ackDelayMs: delayMs,
  })
  .partial();
export const nothing = z.union([z.strictObject({}), z.undefined()]);
