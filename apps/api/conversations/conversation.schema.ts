import { z } from 'zod';
import { customerStates, invoiceStates } from '../../../libs/domain/customers.js';
import { customerGroupSchema } from '../settings/customer-fields.schema.js';
import { channelKinds } from '../../../libs/channels/registry.js';
import { mediaKinds } from '../../../libs/domain/message/details.js';
import { receiptStates } from '../../../libs/domain/receipt/case.js';
import { contactViewSchema, namedSchema, ticketItemSchema } from '../tickets/ticket.schema.js';

/** Who speaks with the customer at this moment. */
export const owners = ['bot', 'agent', 'owner'] as const;

export const conversationSchema = z
  .object({
    id: z.uuid(),
    contact: contactViewSchema,
    channel: namedSchema,
    owner: z.enum(owners).meta({ description: 'agent: a ticket is open; owner: the person on the linked phone wrote a moment ago' }),
    ticket: ticketItemSchema.optional().meta({ description: 'Its open ticket' }),
    workflowUrl: z.string().optional().meta({ description: 'Its workflow in the Temporal UI, for administrators' }),
  })
  .meta({ id: 'Conversation' });
export type ConversationView = z.infer<typeof conversationSchema>;

/** A message's id. What the phone remembered before it was linked has one below zero. */
export const messageIdSchema = z.string().regex(/^-?\d{1,18}$/);

const mediaSchema = z
  .object({
    mimetype: z.string(),
    size: z.number().int().optional(),
    fileName: z.string().optional(),
    seconds: z.number().int().optional(),
    voice: z.boolean().optional().meta({ description: 'A voice note' }),
    gif: z.boolean().optional().meta({ description: 'A film that repeats without sound' }),
    width: z.number().int().optional(),
    height: z.number().int().optional(),
  })
  .meta({ id: 'MessageMedia', description: 'What its sender says of a file; what was fetched is in `file`' });

/** `MessageDetails` of libs/domain/message/details.ts, as screens get it. */
export const messageDetailsSchema = z
  .object({
    quote: z.object({ waId: z.string(), kind: z.string(), text: z.string().optional(), fromMe: z.boolean() }).optional(),
    target: z.string().optional().meta({ description: 'WhatsApp’s id of the message that a reaction, an edit or a deletion is about' }),
    media: mediaSchema.optional(),
    location: z
      .object({ latitude: z.number(), longitude: z.number(), name: z.string().optional(), address: z.string().optional(), live: z.boolean().optional() })
      .optional(),
    contacts: z.array(z.object({ name: z.string(), phones: z.array(z.string()) })).optional(),
    unreadable: z.string().optional().meta({ description: 'Why nobody can read it: no-text, decrypt, view-once, unsupported, edit-unreadable' }),
    call: z.object({ video: z.boolean() }).optional(),
  })
  .meta({ id: 'MessageDetails' });

/** How far the file of a message has come. */
export const entryFileSchema = z
  .object({
    state: z.enum(['wanted', 'stored', 'failed', 'expired']),
    reason: z.string().optional().meta({ description: 'Why it is not there, or what the last try ran into' }),
    mimetype: z.string().optional().meta({ description: 'What its content was found to be' }),
    size: z.number().int().optional(),
    fileName: z.string().optional(),
  })
  .meta({ id: 'EntryFile' });

/** One thing in a chat: a message, an internal note, or something that happened to its ticket. */
export const entrySchema = z
  .object({
    id: z.string(),
    kind: z.enum(['message', 'note', 'event']),
    direction: z.enum(['in', 'out']).optional(),
    author: z.string().meta({ description: 'customer, owner, bot, agent or system' }),
    agent: namedSchema.optional(),
    contentKind: z.string().optional().meta({ description: 'Of a message: text, image, …; of an event: opened, taken, transferred, closed, reopened, alarmed' }),
    waId: z.string().optional().meta({ description: 'WhatsApp’s id of a message: what quotes and targets name' }),
    text: z.string().optional(),
    details: messageDetailsSchema.optional(),
    file: entryFileSchema.optional(),
    at: z.iso.datetime(),
    state: z.string().optional().meta({ description: 'Of what goes out: queued, sending, sent, delivered, read, failed, unknown' }),
    cause: z.string().optional().meta({ description: 'Why it failed, or why nobody knows' }),
    seq: z.number().int().optional(),
    outcome: z.string().optional().meta({ description: 'How an inbound message ended: answered, agent, owner, noted, silent:…, kept:…' }),
    request: z.uuid().optional().meta({ description: 'Of a reply: the idempotency key that it was sent with' }),
    receipt: z.object({ id: z.uuid(), state: z.enum(receiptStates) }).optional().meta({ description: 'It was looked at as a proof of payment' }),
  })
  .meta({ id: 'Entry' });
export type Entry = z.infer<typeof entrySchema>;

export const entryPageSchema = z
  .object({ items: z.array(entrySchema), older: z.boolean().meta({ description: 'There is more before the first of them' }) })
  .meta({ id: 'EntryPage', description: 'Oldest first' });
export type EntryPage = z.infer<typeof entryPageSchema>;

/** @property before id of the first entry of the page that is known */
export const entryQuerySchema = z.object({
  before: messageIdSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type EntryQuery = z.infer<typeof entryQuerySchema>;

/** Id of a message's row. */
const messageId = z.string().regex(/^-?\d{1,18}$/);

/** What is written to a customer: a text, a file with its text, a place, a card or a reaction; all but the last may quote a message. */
export const replySchema = z
  .object({
    text: z.string().trim().max(channelKinds.whatsapp.maxTextLength).optional(),
    file: z
      .object({
        upload: z.uuid(),
        voice: z.boolean().optional().meta({ description: 'A voice note: Ogg with Opus' }),
        seconds: z.number().min(0).max(86_400).optional(),
      })
      .optional(),
    location: z
      .object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180), name: z.string().trim().max(200).optional(), address: z.string().trim().max(400).optional() })
      .optional(),
    contact: z.object({ name: z.string().trim().min(1).max(200), phones: z.array(z.string().trim().min(3).max(40)).min(1).max(10) }).optional(),
    quote: messageId.optional().meta({ description: 'Id of the message that it answers' }),
    reaction: z
      .object({ message: messageId, emoji: z.string().regex(/^[^\p{L}\s]{0,16}$/u).meta({ description: 'Empty takes it back' }) })
      .optional(),
  })
  .refine(({ text, file, location, contact, reaction, quote }) => {
    const others = [location, contact, reaction].filter((one) => one !== undefined).length;
    if (others + (file ? 1 : 0) > 1 || (others > 0 && text)) return false;
    return others === 1 || file !== undefined ? !(reaction && quote) : Boolean(text);
  }, 'one text, file with its text, place, card or reaction')
  .meta({ id: 'Reply', description: 'A text, a file with its text, a place, a contact card or a reaction' });
export type ReplyContent = z.infer<typeof replySchema>;

export const uploadQuerySchema = z.object({ kind: z.enum(mediaKinds).default('document'), name: z.string().trim().min(1).max(200).optional() });
export type UploadQuery = z.infer<typeof uploadQuerySchema>;

export const uploadSchema = z
  .object({ id: z.uuid(), kind: z.enum(mediaKinds), mimetype: z.string(), size: z.number().int(), name: z.string().optional() })
  .meta({ id: 'Upload', description: 'A file that may be sent for a day by whoever put it up' });
export type Upload = z.infer<typeof uploadSchema>;

const moneySchema = z.object({ amount: z.string().meta({ description: 'Decimal, never a float' }), currency: z.string() }).meta({ id: 'Money' });

/** How a payment link stands. */
export const linkStates = ['pending', 'paid', 'expired'] as const;

/** What the company's ISP system knows about whoever has the contact's phone. */
export const customerPanelSchema = z
  .object({
    found: z.boolean(),
    asOf: z.iso.datetime().meta({ description: 'How old the oldest of it is' }),
    sendsInvoices: z.boolean().meta({ description: 'The system has the documents of invoices' }),
    sendsLinks: z.boolean().meta({ description: 'A payment platform is set up and shown to customers' }),
    layout: z.array(customerGroupSchema).meta({ description: 'Which facts are shown, in which order' }),
    unavailable: z.boolean().optional().meta({ description: 'The system did not answer: what is shown is not all, or nothing' }),
    customers: z.array(
      z.object({
        id: z.string().meta({ description: 'As the ISP system names them' }),
        name: z.string(),
        number: z.string(),
        document: z.string().optional().meta({ description: 'Masked' }),
        status: z.enum(customerStates).optional(),
        phones: z.array(z.string()).optional(),
        email: z.string().optional(),
        address: z.string().optional(),
        services: z.array(
          z.object({
            plan: z.string(),
            address: z.string(),
            number: z.string().optional(),
            price: moneySchema.optional().meta({ description: 'A month' }),
            installedOn: z.iso.date().optional(),
            ip: z.string().optional(),
            onuSerial: z.string().optional(),
            status: z.string().optional(),
            online: z.boolean().optional(),
            since: z.iso.datetime().optional(),
            signalDbm: z.number().optional(),
          }),
        ),
        balance: moneySchema.optional().meta({ description: 'What is owed; negative: in their favour; absent: the system did not say' }),
        dueOn: z.iso.date().optional(),
        invoices: z.array(z.object({
          id: z.string().optional().meta({ description: 'With one, its document can be asked for' }),
          number: z.string(), dueOn: z.iso.date(), amount: moneySchema, state: z.enum(invoiceStates),
          rest: moneySchema.optional().meta({ description: 'What of it is still owed, where a part was paid' }),
          link: z.object({ state: z.enum(linkStates), amount: moneySchema, expiresAt: z.iso.datetime() }).optional().meta({ description: 'Its newest payment link' }),
        })).meta({ description: 'Newest first; only unpaid ones from a system that lists no others' }),
      }),
    ),
  })
  .meta({ id: 'CustomerPanel' });

export const invoiceToSendSchema = z
  .object({ customer: z.string().min(1).max(200), invoice: z.string().min(1).max(200) })
  .meta({ id: 'InvoiceToSend', description: 'Ids as the ISP system names them: those of the customer beside the chat' });
export type InvoiceToSend = z.infer<typeof invoiceToSendSchema>;

export const linkToSendSchema = z
  .object({ customer: z.string().min(1).max(200), invoice: z.string().min(1).max(200), amount: z.object({ amount: z.string().regex(/^\d{1,10}(?:\.\d{1,2})?$/), currency: z.string().length(3) }) })
  .meta({ id: 'LinkToSend', description: 'An invoice of the customer beside the chat, and what the agent has seen that is owed of it' });
export type LinkToSend = z.infer<typeof linkToSendSchema>;
export type CustomerPanel = z.infer<typeof customerPanelSchema>;
