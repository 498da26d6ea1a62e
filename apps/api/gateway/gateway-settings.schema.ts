import { z } from 'zod';

export const tokenSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    hint: z.string().meta({ description: 'Its last four characters' }),
    expiryMinutes: z.number().int().meta({ description: 'How long its notices are worth sending' }),
    ratePerMinute: z.number().int(),
    createdAt: z.iso.datetime(),
    previousUntil: z.iso.datetime().optional().meta({ description: 'The one before the last rotation works until then' }),
  })
  .meta({ id: 'GatewayToken' });
export type TokenView = z.infer<typeof tokenSchema>;

export const gatewaySettingsSchema = z
  .object({
    tokens: z.array(tokenSchema),
    callback: z.object({ url: z.string() }).optional(),
    channels: z.array(z.object({ id: z.uuid(), name: z.string(), number: z.string().optional(), path: z.string().meta({ description: 'Of the end point, behind the host' }) })),
    untold: z.number().int().meta({ description: 'States that the callback has not heard yet' }),
    givenUp: z.number().int().meta({ description: 'States of the last week that it never heard' }),
    lastAnswer: z.string().optional().meta({ description: 'What the callback answered last: a status, or why there was none' }),
  })
  .meta({ id: 'GatewaySettings' });
export type GatewaySettingsView = z.infer<typeof gatewaySettingsSchema>;

const name = z.string().trim().min(1).max(60);
const expiryMinutes = z.number().int().min(5).max(10_080);
const ratePerMinute = z.number().int().min(1).max(60_000);

export const newTokenSchema = z.object({ name, expiryMinutes: expiryMinutes.optional(), ratePerMinute: ratePerMinute.optional() }).meta({ id: 'NewGatewayToken' });
export type NewToken = z.infer<typeof newTokenSchema>;

export const tokenChangeSchema = newTokenSchema.partial().meta({ id: 'GatewayTokenChange' });
export type TokenChange = z.infer<typeof tokenChangeSchema>;

/** Minutes for which the token before a rotation still works. */
export const rotationSchema = z.object({ graceMinutes: z.number().int().min(0).max(10_080).default(1_440) }).meta({ id: 'GatewayTokenRotation' });

export const givenTokenSchema = z.object({ token: tokenSchema, secret: z.string().meta({ description: 'The token itself, shown this once' }) }).meta({ id: 'GivenGatewayToken' });
export type GivenToken = z.infer<typeof givenTokenSchema>;

export const callbackSchema = z.object({ url: z.string().trim().min(1).max(2_000) }).meta({ id: 'GatewayCallback' });
export const givenCallbackSchema = z.object({ url: z.string(), secret: z.string().optional().meta({ description: 'Signs what is told; shown this once, when it is new' }) }).meta({ id: 'GivenGatewayCallback' });
export type GivenCallback = z.infer<typeof givenCallbackSchema>;

export const testNoticeSchema = z.object({ to: z.string().min(1).max(60), message: z.string().min(1).max(4_096), channel: z.uuid().optional() }).meta({ id: 'TestNotice' });
export type TestNotice = z.infer<typeof testNoticeSchema>;
