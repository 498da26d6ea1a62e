import { z } from 'zod';
import { channelStates } from '../../../libs/domain/channel.js';
import { signals, stops } from '../../../libs/domain/number-safety/restriction.js';

export const pairingViewSchema = z.object({
  qr: z.string().optional().meta({ description: 'Text of the QR to scan, renewed about every 20 s' }),
  code: z.string().optional().meta({ description: 'Code to type on the phone' }),
  until: z.iso.datetime(),
});

/** A WhatsApp number of the company. */
export const channelSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    number: z.string().nullable().meta({ description: 'E.164 digits; null until a phone has been linked' }),
    wanted: z.boolean().meta({ description: 'Somebody asked for it to be linked' }),
    state: z.enum(channelStates),
    stateReason: z.string().nullable().meta({ description: 'Why it is not linked, where that is known: logged-out, banned, ordinary-whatsapp, replaced, refused-for-now …' }),
    stateAt: z.iso.datetime(),
    pairing: pairingViewSchema.optional().meta({ description: 'Only for who may link, and while the number waits for its phone' }),
    restriction: z
      .object({ stops: z.enum(stops), signal: z.enum(signals), until: z.iso.datetime() })
      .optional()
      .meta({ description: 'What WhatsApp forbids this number for now; it lifts by itself' }),
    simulatorUrl: z.string().optional().meta({ description: 'The simulated phone, where WhatsApp is simulated' }),
  })
  .meta({ id: 'Channel' });
export type ChannelView = z.infer<typeof channelSchema>;

/** @property code number of the phone, in digits, to be linked by a code typed on it instead of a QR */
export const linkSchema = z.object({ code: z.string().regex(/^[0-9]{6,15}$/).optional() }).meta({ id: 'LinkWish' });
export type LinkWish = z.infer<typeof linkSchema>;

export const channelNameSchema = z.object({ name: z.string().trim().min(1).max(60) }).meta({ id: 'ChannelName' });
export type ChannelName = z.infer<typeof channelNameSchema>;

/** A group that a number is in. */
export const groupSchema = z
  .object({
    id: z.string().meta({ description: 'WhatsApp’s address of it' }),
    name: z.string(),
    members: z.number().int(),
    notified: z.boolean().meta({ description: 'It hears of the number’s new tickets, and agents may take them there' }),
  })
  .meta({ id: 'Group' });
export type GroupView = z.infer<typeof groupSchema>;

/** @property group that hears of new tickets from now on; null for none */
export const notifiedGroupSchema = z.object({ group: z.string().regex(/^[0-9-]{5,60}@g\.us$/).nullable() }).meta({ id: 'NotifiedGroup' });
export type NotifiedGroup = z.infer<typeof notifiedGroupSchema>;
