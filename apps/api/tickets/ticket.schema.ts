import { z } from 'zod';
import { ticketStates } from '../../../libs/domain/ticket/state.js';

export const namedSchema = z.object({ id: z.uuid(), name: z.string() });
export type Named = z.infer<typeof namedSchema>;

export const contactViewSchema = namedSchema.extend({
  phone: z.string().optional().meta({ description: 'E.164 digits; absent when the person hides the number' }),
});

/** A ticket as lists show it. */
export const ticketItemSchema = z
  .object({
    id: z.uuid(),
    number: z.number().int(),
    state: z.enum(ticketStates),
    summary: z.string(),
    contact: contactViewSchema,
    conversation: z.uuid(),
    department: namedSchema.optional(),
    assignee: namedSchema.optional(),
    openedAt: z.iso.datetime(),
    takenAt: z.iso.datetime().optional(),
    waitingSince: z.iso.datetime().optional().meta({ description: 'Since when the customer has no answer' }),
    alarmedAt: z.iso.datetime().optional().meta({ description: 'When that became too long' }),
    closedAt: z.iso.datetime().optional(),
    lastMessage: z.object({ text: z.string(), at: z.iso.datetime(), author: z.string() }).optional(),
    unread: z.number().int().meta({ description: 'Messages of the customer since an agent last answered; at most 100' }),
  })
  .meta({ id: 'TicketItem' });
export type TicketItem = z.infer<typeof ticketItemSchema>;

export const ticketEventSchema = z.object({
  id: z.string(),
  kind: z.string().meta({ description: 'opened, taken, transferred, noted, closed, reopened, alarmed' }),
  at: z.iso.datetime(),
  actor: namedSchema.optional(),
  to: namedSchema.optional().meta({ description: 'Colleague or department that it was transferred to' }),
  comment: z.string().optional().meta({ description: 'Of a closing' }),
});
export type TicketEventView = z.infer<typeof ticketEventSchema>;

export const ticketSchema = ticketItemSchema
  .extend({
    events: z.array(ticketEventSchema),
    earlier: z.array(ticketItemSchema).meta({ description: 'Earlier tickets of the contact that I may see, newest first' }),
    workflowUrl: z.string().optional().meta({ description: 'Its workflow in the Temporal UI, for administrators' }),
  })
  .meta({ id: 'Ticket' });
export type TicketView = z.infer<typeof ticketSchema>;

export const ticketAnswerSchema = z.object({ ticket: ticketItemSchema }).meta({ id: 'TicketAnswer' });
export type TicketAnswerView = z.infer<typeof ticketAnswerSchema>;

export const ticketPageSchema = z
  .object({
    items: z.array(ticketItemSchema),
    counts: z.object({ pending: z.number().int(), inProgress: z.number().int(), mine: z.number().int() }),
    cursor: z.string().optional().meta({ description: 'Of the next page, if there is one' }),
  })
  .meta({ id: 'TicketPage' });
export type TicketPage = z.infer<typeof ticketPageSchema>;

const MOST_ITEMS = 200;

/** What of the tickets is asked for. Without a state: those that are open. */
export const ticketQuerySchema = z.object({
  state: z.enum(ticketStates).optional(),
  mine: z.enum(['0', '1']).default('0').transform((text) => text === '1'),
  department: z.uuid().optional(),
  q: z.string().trim().max(100).default(''),
  cursor: z.string().regex(/^-?\d{1,16}\.-?\d{1,16}$/).optional(),
  limit: z.coerce.number().int().min(1).max(MOST_ITEMS).default(50),
});
export type TicketQuery = z.infer<typeof ticketQuerySchema>;

const text = z.string().trim().min(1).max(4_000);
export const noteSchema = z.object({ text }).meta({ id: 'Note' });
export const closeSchema = z.object({ comment: z.string().trim().max(4_000).optional() }).meta({ id: 'Closing' });
export const transferSchema = z
  .object({ to: z.union([z.strictObject({ agent: z.uuid() }), z.strictObject({ department: z.uuid() })]), note: z.string().trim().max(4_000).optional() })
  .meta({ id: 'Transfer' });
export type Transfer = z.infer<typeof transferSchema>;
