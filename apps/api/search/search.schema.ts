import { z } from 'zod';
import { contactViewSchema, ticketItemSchema } from '../tickets/ticket.schema.js';

export const searchQuerySchema = z.object({ q: z.string().trim().max(100).default('') });

export const foundSchema = z
  .object({
    people: z.array(contactViewSchema.extend({ conversation: z.uuid().optional().meta({ description: 'Their latest one' }) })),
    tickets: z.array(ticketItemSchema.pick({ id: true, number: true, state: true, summary: true, contact: true })),
  })
  .meta({ id: 'Found', description: 'At most ten of each' });
export type Found = z.infer<typeof foundSchema>;
