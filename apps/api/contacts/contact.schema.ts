import { z } from 'zod';
import { contactViewSchema, namedSchema } from '../tickets/ticket.schema.js';

/** An address as people may read it: a LID is of no use to anybody, and says only that the number is hidden. */
export const contactAddressSchema = z
  .object({
    kind: z.enum(['phone', 'hidden', 'group']).meta({ description: 'hidden: WhatsApp gives no number for it · group: no person’s' }),
    phone: z.string().optional().meta({ description: 'E.164 digits' }),
  })
  .meta({ id: 'ContactAddress' });
export type ContactAddressView = z.infer<typeof contactAddressSchema>;

export const contactSchema = contactViewSchema
  .extend({
    addresses: z.array(contactAddressSchema),
    since: z.iso.datetime(),
    mergedInto: z.uuid().optional().meta({ description: 'The contact that it is part of' }),
  })
  .meta({ id: 'Contact', description: 'One person, under all addresses that are known to be theirs' });
export type ContactView = z.infer<typeof contactSchema>;

export const contactMergeSchema = z
  .object({
    id: z.uuid(),
    contact: contactViewSchema.meta({ description: 'Who was merged: the newer of the two' }),
    addresses: z.array(contactAddressSchema).meta({ description: 'Theirs, at that moment' }),
    reason: z.enum(['envelope', 'spelling', 'by-hand']).meta({ description: 'envelope: WhatsApp named both as one · spelling: one phone, written in two ways' }),
    at: z.iso.datetime(),
    by: namedSchema.optional(),
    undoneAt: z.iso.datetime().optional(),
    undoneBy: namedSchema.optional(),
  })
  .meta({ id: 'ContactMerge' });
export type ContactMergeView = z.infer<typeof contactMergeSchema>;

export const mergeRequestSchema = z.object({ with: z.uuid() }).meta({ id: 'MergeRequest', description: 'The other contact; the older of the two remains' });
export type MergeRequest = z.infer<typeof mergeRequestSchema>;
