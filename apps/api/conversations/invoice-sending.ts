import { Inject, Injectable } from '@nestjs/common';
import type { Answer } from '../../../activities/isp-systems.js';
import { checkFile } from '../../../libs/media/check-file.js';
import { MediaUnavailable } from '../../../libs/media/media-store.js';
import type { SignedIn } from '../platform/access/signed-in.js';
import { ProblemException } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { ChatCustomers } from './chat-customers.js';
import type { Entry, InvoiceToSend } from './conversation.schema.js';
import type { Outgoing } from './reply-content.js';
import { Replies } from './replies.js';

export interface AskedInvoice {
  me: SignedIn;
  conversation: string;
  request: string;
  invoice: InvoiceToSend;
}

/** How long an agent waits for the company's ISP system at most. */
const LIMIT_MS = 20_000;

/** "Enviar factura": the document of an invoice, as a message of the agent who has the ticket, in order with their texts. */
@Injectable()
export class InvoiceSending {
  constructor(
    @Inject(SOURCES) private readonly sources: Sources,
    private readonly customers: ChatCustomers,
    private readonly replies: Replies,
  ) {}

  /**
   * Only of whoever has this chat's number in the ISP's system: nobody is sent what is somebody else's.
   * @returns the message, queued
   * @throws ProblemException `not-yours`, `ticket-closed`, `customer-not-theirs`, `invoice-without-document`, `isp-away`, `files-away`, `engine-away`
   */
  async send({ me, conversation, request, invoice }: AskedInvoice): Promise<Entry> {
    return this.replies.send({ me, conversation, request, outgoing: () => this.#document(me, conversation, invoice) });
  }

  async #document(me: SignedIn, conversation: string, { customer, invoice }: InvoiceToSend): Promise<Outgoing> {
    const { ask } = await this.customers.of(me, conversation, customer, AbortSignal.timeout(LIMIT_MS));
    return this.#keep(me.company, invoice, await ask({ kind: 'invoice-document', customer, invoice }));
  }

  async #keep(company: string, invoice: string, answer: Answer): Promise<Outgoing> {
    if (!answer.ok) throw new ProblemException(answer.reason === 'unavailable' ? 'isp-away' : 'invoice-without-document');
    if (answer.kind !== 'document' || answer.document.invoice.id !== invoice) throw new ProblemException('isp-away');
    const { bytes, fileName, invoice: { number } } = answer.document;
    const check = checkFile('document', { bytes, fileName });
    if (!check.ok) throw new ProblemException('invoice-without-document');
    const { sha256, size } = await this.sources.media.put(company, bytes).catch((problem: unknown) => {
      throw problem instanceof MediaUnavailable ? new ProblemException('files-away') : problem;
    });
    const file = { sha256, size, mimetype: check.mimetype, fileName };
    return { text: `Factura N.º ${number}`, content: { kind: 'document', details: { media: { mimetype: check.mimetype, size, fileName } }, file } };
  }
}
