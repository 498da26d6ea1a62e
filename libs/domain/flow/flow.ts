import { z } from 'zod';
import { DomainError } from '../errors.js';

/**
 * A flow: what the bot says and where each answer leads. It is data, published in versions; the engine in
 * `../conversation` walks it, `check.ts` says what is wrong with it.
 *
 * Nodes that wait for the customer: menu, ask, receipt, choose (when there is more than one thing to choose from).
 * All others are walked through: message, link, query, identify, goto, end, handoff.
 */

const nodeId = z.string().min(1).max(60);
const text = z.string().max(3000);
const words = z.array(z.string().min(1).max(60)).max(100);

export const flowKinds = ['support', 'sales'] as const;
export type FlowKind = (typeof flowKinds)[number];

/** Says something and goes on. `welcome`: a flow welcomes once in a session, whichever of its welcomes comes first. */
const messageNode = z.object({ type: z.literal('message'), text, next: nodeId, welcome: z.boolean().optional() });

const option = z.object({ label: z.string().max(80), keywords: words.optional(), next: nodeId });

/** Numbered options. `again` is shown instead of the whole menu when an answer leads back to it. */
const menuNode = z.object({
  type: z.literal('menu'),
  text,
  options: z.array(option).max(20),
  again: text.optional(),
});

/** What an `ask` waits for: how it is validated, and the place where the answer is kept. */
export const askedKinds = ['document', 'fact', 'name', 'text'] as const;
export type AskedKind = (typeof askedKinds)[number];

const askNode = z.object({
  type: z.literal('ask'),
  text,
  into: z.enum(askedKinds),
  /** Said when the answer does not have the shape. */
  invalid: text,
  /** Answers without the shape before `onFail`. */
  attempts: z.number().int().min(1).max(5),
  onFail: nodeId,
  next: nodeId,
});

/**
 * Waits for the picture or PDF of a payment. `received`: said when it is one; what becomes of it is told later. What is none is asked for again,
 * and every word that leads elsewhere does. `off`: the company takes no receipts.
 */
const receiptNode = z.object({ type: z.literal('receipt'), text, received: text, next: nodeId, off: nodeId });

/** An address on the web that helps on; shown below the text. */
const linkNode = z.object({ type: z.literal('link'), text, url: z.url({ protocol: /^https$/ }).max(500), next: nodeId });

/** The customer, service or open invoice that is meant, when there are several; passes when there is one. */
const chooseNode = z.object({
  type: z.literal('choose'),
  of: z.enum(['customer', 'service', 'invoice']),
  text,
  none: nodeId,
  next: nodeId,
});

/**
 * Of every query. unavailable: the system did not answer · unidentified: nobody was recognised, or the system does not know them any more.
 * `unsupported`, where there is one, is the way on with a system that cannot answer this at all; else `unavailable` is. A menu does not
 * offer what leads to no more than words about that.
 */
const failures = { unavailable: nodeId, unidentified: nodeId, unsupported: nodeId.optional() };

const accountNode = z.object({
  type: z.literal('query'),
  query: z.literal('account'),
  on: z.object({
    clear: nodeId,
    owing: nodeId,
    overdue: nodeId,
    /** Owes, and is cut off. */
    suspended: nodeId,
    /** Owes nothing, and is cut off all the same: a payment that the system has not seen through. */
    'clear-suspended': nodeId,
    ...failures,
  }),
});

const connectionNode = z.object({
  type: z.literal('query'),
  query: z.literal('connection'),
  on: z.object({
    online: nodeId,
    /** Online with too little light: slow and unstable. */
    weak: nodeId,
    offline: nodeId,
    suspended: nodeId,
    ...failures,
  }),
});

const plansNode = z.object({
  type: z.literal('query'),
  query: z.literal('plans'),
  on: z.object({ found: nodeId, none: nodeId, unavailable: nodeId, unsupported: nodeId.optional() }),
});

/** What a `choose` of an invoice chooses from. open: the unpaid ones · clear: none is unpaid, the newest is meant · none: there are none at all. */
const invoicesNode = z.object({
  type: z.literal('query'),
  query: z.literal('invoices'),
  on: z.object({ open: nodeId, clear: nodeId, none: nodeId, ...failures }),
});

/** Sends the document of the invoice that was chosen; of the newest, when none was. */
const invoiceDocumentNode = z.object({
  type: z.literal('query'),
  query: z.literal('invoice-document'),
  /** Written under the file: `{{factura}}`, `{{importe}}`, `{{vence}}`. */
  caption: text,
  /** no-document: the system has none for this invoice · none: the customer has no invoices. */
  on: z.object({ sent: nodeId, 'no-document': nodeId, none: nodeId, ...failures }),
});

/**
 * How the invoice that was chosen can be paid; the newest unpaid one, when none was. none: nothing is unpaid · off: the company shows no way to
 * pay.
 */
const paymentOptionsNode = z.object({
  type: z.literal('query'),
  query: z.literal('payment-options'),
  on: z.object({ offered: nodeId, none: nodeId, off: nodeId, ...failures }),
});

/** Measures the customer's line, which may take a minute. */
const speedTestNode = z.object({
  type: z.literal('query'),
  query: z.literal('speed-test'),
  /** Said before it begins. */
  meanwhile: text.optional(),
  on: z.object({ measured: nodeId, ...failures }),
});

const phoneNode = z.object({
  type: z.literal('identify'),
  by: z.literal('phone'),
  /** hidden: WhatsApp shows no number, so that only a document can tell who writes; where it is absent, they are unknown. */
  on: z.object({ recognised: nodeId, several: nodeId, unknown: nodeId, hidden: nodeId.optional(), unavailable: nodeId }),
});

export const secondFactKinds = ['phone-ending', 'service-number', 'street-number'] as const;
export type SecondFactKind = (typeof secondFactKinds)[number];

const documentNode = z.object({
  type: z.literal('identify'),
  by: z.literal('document'),
  /** Any one of these, together with the document, identifies. */
  accept: z.array(z.enum(secondFactKinds)).min(1),
  /** Wrong pairs before `exhausted`; from then on every try is, until `identificationBlockHours` are over. */
  attempts: z.number().int().min(1).max(5),
  on: z.object({ recognised: nodeId, several: nodeId, failed: nodeId, exhausted: nodeId, unavailable: nodeId }),
});

/** On to another flow: to its start, or to one of its nodes. */
const gotoNode = z.object({ type: z.literal('goto'), flow: z.enum(flowKinds), node: nodeId.optional() });

/** Gives the conversation to the company's agents: opens a ticket; the bot is silent until it is closed. */
const handoffNode = z.object({
  type: z.literal('handoff'),
  /** Name of the department whose queue it goes to; absent, or not a department of the company: everybody's. */
  department: z.string().min(1).max(60).optional(),
  /** What agents read in their queue; usually what an `ask` before it was answered: `{{texto_escrito}}`. */
  summary: text,
  /** Said when the ticket is open, and again to who asks for an agent while it waits: `{{ticket}}`, `{{lugar}}`. */
  text,
  /** Said when an agent has closed it. */
  closed: text,
});

/** Says good-bye; the next message begins anew. */
const endNode = z.object({ type: z.literal('end'), text });

export const nodeSchema = z.union([
  messageNode,
  menuNode,
  askNode,
  receiptNode,
  linkNode,
  chooseNode,
  z.discriminatedUnion('query', [accountNode, connectionNode, plansNode, invoicesNode, invoiceDocumentNode, paymentOptionsNode, speedTestNode]),
  z.discriminatedUnion('by', [phoneNode, documentNode]),
  gotoNode,
  handoffNode,
  endNode,
]);

export const flowSchema = z.object({
  v: z.literal(1),
  kind: z.enum(flowKinds),
  start: nodeId,
  /** Understood wherever the customer is. The first word of `back` is the one that menus show. */
  words: z.object({ back: words, start: words, greetings: words, thanks: words }),
  texts: z.object({
    /** Label of the way back in menus. */
    back: z.string().max(80),
    notUnderstood: text,
    /** From the second time in a row on: what else can be done. */
    stillNotUnderstood: text,
    unsupported: text,
    unreadable: text,
    /** To who called. Flows of before there was this text say the product's own. */
    calls: text.default('No podemos atender llamadas por acá. Escribinos y te respondemos.'),
    /** Before an answer that is not of this moment: `{{hora}}` is when the system said so. */
    asOf: text.default('_Según lo que sabíamos {{hora}}:_'),
    /** Behind an option that needs the ISP's system, while that does not answer. */
    down: z.string().max(80).default('(ahora no responde)'),
    /** A picture that nobody asked for is a receipt. Where one was asked for, the place has its own words. */
    receiptReceived: text.default('🧾 Recibí tu comprobante. Lo estamos revisando y te avisamos por acá.'),
    /** Nobody can say in time what a picture is. */
    receiptPending: text.default('Recibí tu archivo y lo estoy mirando. Si es un comprobante, te avisamos por acá.'),
    /** Where a receipt is waited for: what came is none. */
    notReceipt: text.default('Eso no parece un comprobante de pago. 🤔 Mandame una foto nítida o el PDF del comprobante.'),
    /** Where a receipt is waited for: the file could not be opened. */
    receiptUnreadable: text.default('No pude abrir ese archivo. Mandame una foto nítida o el PDF del comprobante, sin contraseña y de hasta 10 MB.'),
    thanks: text,
    /** The last thing said before falling silent towards another bot; a person learns how to be heard. */
    botLoop: text,
  }),
  /** Understood wherever the customer is, when the place itself does not understand. */
  shortcuts: z.array(z.object({ keywords: words, next: nodeId })).max(50),
  nodes: z.record(nodeId, nodeSchema),
});

export type Flow = z.infer<typeof flowSchema>;
export type FlowNode = z.infer<typeof nodeSchema>;
export type NodeOf<T extends FlowNode['type']> = Extract<FlowNode, { type: T }>;
export type MenuOption = z.infer<typeof option>;
export type Flows = Record<FlowKind, Flow>;

/** Where a customer can be: a node of a flow. */
export interface Place {
  flow: FlowKind;
  node: string;
}

/** `<flow>/<node>`, as logs and stored messages name a place. */
export function nameOf(place: Place): string {
  return `${place.flow}/${place.node}`;
}

/** Reads a stored or imported flow. @throws DomainError `flow-invalid` with the places that do not have the shape. */
export function parseFlow(json: unknown): Flow {
  const parsed = flowSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new DomainError('flow-invalid', parsed.error.issues.map((issue) => issue.path.join('.')).join(', '));
}
