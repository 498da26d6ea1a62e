import { z } from 'zod';

export const methodKinds = ['mercadopago', 'transfer', 'other'] as const;

const name = z.string().trim().min(1).max(60);
const short = z.string().trim().max(80);
const transfer = z.object({ kind: z.literal('transfer'), name, visible: z.boolean(), number: short.optional(), alias: short.optional(), holder: z.string().trim().min(1).max(120), document: short.optional(), bank: short.optional() });
const other = z.object({ kind: z.literal('other'), name, visible: z.boolean(), text: z.string().trim().min(1).max(1_000) });
const mercadoPago = z.object({ kind: z.literal('mercadopago'), name, visible: z.boolean() });

export const newMethodSchema = z.discriminatedUnion('kind', [transfer, other]).meta({ id: 'NewPaymentMethod' });
export type NewMethod = z.infer<typeof newMethodSchema>;
export const methodChangeSchema = z.discriminatedUnion('kind', [transfer, other, mercadoPago]).meta({ id: 'PaymentMethodChange' });
export type MethodChange = z.infer<typeof methodChangeSchema>;
export const methodOrderSchema = z.object({ ids: z.array(z.uuid()).max(50) }).meta({ id: 'PaymentMethodOrder' });

export const methodSchema = z.object({
  id: z.uuid(), kind: z.enum(methodKinds), name: z.string(), visible: z.boolean(), number: z.string().optional(), alias: z.string().optional(), holder: z.string().optional(), document: z.string().optional(),
  bank: z.string().optional(), text: z.string(),
}).meta({ id: 'PaymentMethod', description: 'How customers can pay, in their order' });
export type MethodView = z.infer<typeof methodSchema>;

export const platformFaults = ['unavailable', 'auth', 'rejected', 'unknown', 'not-found', 'unreadable'] as const;
export const platformSchema = z.object({
  tokenEnding: z.string(), hasSecret: z.boolean(), account: z.string(), accountName: z.string(), currency: z.string(),
  notifications: z.url().meta({ description: 'Address to enter at MercadoPago for its notices' }),
  formerUntil: z.iso.datetime().optional().meta({ description: 'Until when notices are taken at the address that it had before' }),
  fault: z.enum(platformFaults).optional(), lastOkAt: z.iso.datetime().optional(), lastNoticeAt: z.iso.datetime().optional(),
}).meta({ id: 'PaymentPlatform', description: 'The account at MercadoPago; keys are not read back' });
export type PlatformView = z.infer<typeof platformSchema>;

export const methodsSchema = z.object({ methods: z.array(methodSchema), mercadopago: platformSchema.optional() }).meta({ id: 'PaymentMethods' });
export type MethodsView = z.infer<typeof methodsSchema>;

const key = z.string().trim().min(8).max(500);
export const platformBodySchema = z.object({
  accessToken: key.optional().meta({ description: 'Absent: the one that is saved stays' }), secret: key.optional().meta({ description: 'Of the webhooks. Absent: stays' }),
}).meta({ id: 'PaymentPlatformKeys' });
export type PlatformBody = z.infer<typeof platformBodySchema>;

export const platformTestSchema = z.object({ ok: z.boolean(), fault: z.enum(platformFaults).optional(), account: z.string().optional(), currency: z.string().optional() }).meta({ id: 'PaymentPlatformTest' });
export type PlatformTest = z.infer<typeof platformTestSchema>;
