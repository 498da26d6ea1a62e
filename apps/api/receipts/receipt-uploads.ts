import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../../libs/db/audit.js';
import { forCompany } from '../../../libs/db/company.js';
import { MediaUnavailable } from '../../../libs/media/media-store.js';
import { openPdf } from '../../../libs/receipts/pdf.js';
import { checkReceiptFile, MOST_BYTES, type FileFault } from '../../../libs/receipts/receipt-file.js';
import type { ReceiptState } from '../../../libs/domain/receipt/case.js';
import { startReceipt } from '../../../workflows/receipt/client.js';
import { workflowId } from '../../../workflows/receipt/contract.js';
import { uploadAtHand } from '../conversations/uploads.js';
import type { SignedIn } from '../platform/access/signed-in.js';
import { Engine, type Fate } from '../platform/engine/engine.js';
import { takeBack } from '../platform/engine/take-back.js';
import { KeyedSlots } from '../platform/engine/keyed-slots.js';
import { readFileBody } from '../platform/file-bodies.js';
import { ProblemException } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import type { NewReceipt, ReceiptUpload } from './receipt.schema.js';
import { iso } from './receipts.queries.js';

/** Files of one person that are read at once: each is held in memory. */
const AT_ONCE = 2;

const said = { form: 'El archivo va solo, como application/octet-stream.', tooLarge: 'El comprobante pesa más de 10 MB.' };
const faults: Readonly<Record<FileFault, string>> = {
  empty: 'El archivo está vacío.', 'too-large': said.tooLarge, 'not-a-picture': 'Tiene que ser una imagen JPEG, PNG o WebP, o un PDF.', 'too-many-pixels': 'La imagen es demasiado grande.',
  broken: 'Ese archivo no se puede abrir.', encrypted: 'Ese PDF tiene contraseña.', 'too-many-pages': 'Ese PDF tiene demasiadas páginas para ser un comprobante.',
};
/** What `checkReceiptFile` lets through, by its first bytes. */
const mimetypeOf = (bytes: Uint8Array): string => (bytes[0] === 0xff ? 'image/jpeg' : bytes[0] === 0x89 ? 'image/png' : 'image/webp');

/** Receipts that somebody puts up in the panel: the file first, then whose payment it is. */
@Injectable()
export class ReceiptUploads {
  readonly #reading = new KeyedSlots(AT_ONCE);

  constructor(
    @Inject(SOURCES) private readonly sources: Sources,
    private readonly engine: Engine,
  ) {}

  /** Keeps a file for a day. @throws ProblemException `unsupported-media-type`, `too-large`, `file-refused`, `files-away` */
  put(me: SignedIn, request: Pick<FastifyRequest, 'body'>, name: string | undefined): Promise<ReceiptUpload> {
    return this.#reading.run(`${me.company}/${me.user.id}`, () => this.#keep(me, request, name));
  }

  /** Opens a PDF, too: whoever puts it up can still bring another. */
  async #kindOf(bytes: Buffer): Promise<'image' | 'pdf'> {
    const check = await checkReceiptFile(bytes);
    if (!check.ok) throw new ProblemException('file-refused', { detail: faults[check.fault] });
    const opened = check.kind === 'pdf' ? await openPdf(bytes) : undefined;
    if (opened?.ok === false) throw new ProblemException('file-refused', { detail: faults[opened.fault] });
    return check.kind;
  }

  async #keep({ company, user }: SignedIn, request: Pick<FastifyRequest, 'body'>, name: string | undefined): Promise<ReceiptUpload> {
    const bytes = await readFileBody(request, MOST_BYTES, said);
    const kind = await this.#kindOf(bytes);
    const { sha256, size } = await this.sources.media.put(company, bytes).catch((error: unknown) => {
      throw error instanceof MediaUnavailable ? new ProblemException('files-away') : error;
    });
    const mimetype = kind === 'pdf' ? 'application/pdf' : mimetypeOf(bytes);
    return forCompany(this.sources.orm, company, async (em) => {
      const [row] = await em.execute<{ id: string }[]>(
        'insert into uploads (company, owner, kind, sha256, size, mimetype, file_name) values (?, ?::uuid, ?, ?, ?, ?, ?) returning id',
        [company, user.id, kind === 'pdf' ? 'document' : 'image', sha256, size, mimetype, name ?? null]);
      const [known] = await em.execute<{ id: string; customer_name: string | null; state: ReceiptState; received_at: string }[]>(
        'select id, customer_name, state, received_at from receipts where company = ? and sha256 = ? order by received_at limit 1', [company, sha256]);
      return {
        upload: row!.id, kind, size,
        ...(known ? { known: { receipt: known.id, state: known.state, receivedAt: iso(known.received_at), ...(known.customer_name === null ? {} : { customerName: known.customer_name }) } } : {}),
      };
    });
  }

  /** Has what was put up read as this customer's. @returns its id, which is the command's. @throws ProblemException `upload-unknown`, `idempotency-key-reused` for another receipt's id, `engine-away`; then nothing of it stays behind */
  async start(me: SignedIn, by: Actor, command: string, { upload, customer, customerName, invoice, method, comment }: NewReceipt): Promise<{ id: string }> {
    const { company } = me;
    const { orm } = this.sources;
    await forCompany(orm, company, async (em) => {
      const { file } = await uploadAtHand(em, me, upload);
      // The command's id is the caller's to choose: one that names another receipt would show this file and customer as that one's.
      const [other] = await em.execute<object[]>(
        `select 1 from receipts r where r.company = ? and r.id = ?::uuid
          and not exists (select from receipt_drafts d where d.company = r.company and d.receipt = r.id and d.actor = ?::uuid and d.sha256 = ?)`, [company, command, by.id, file.sha256]);
      if (other) throw new ProblemException('idempotency-key-reused');
      await em.execute(
        `insert into receipt_drafts (company, receipt, sha256, size, mimetype, file_name, customer, customer_name, invoice, method, comment, actor, actor_name, request, address)
          values (?, ?::uuid, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::uuid, ?, ?, ?) on conflict (company, receipt) do nothing`,
        [company, command, file.sha256, file.size, file.mimetype, file.fileName ?? null, customer, customerName, invoice ?? null, method ?? null, comment || null, by.id, by.name, by.request ?? null, by.address ?? null]);
    });
    const ref = { company, receipt: command };
    await this.engine.order({
      workflow: workflowId(ref), command, settle: () => this.#takeBack(company, command),
      question: async (client) => {
        await startReceipt(client, ref);
        return { ok: true };
      },
    });
    return { id: command };
  }

  /** A draft that is held has become a receipt, or is about to. */
  #takeBack(company: string, receipt: string): Promise<Fate> {
    return takeBack(this.sources.orm, company, {
      hold: ['select from receipt_drafts where company = ? and receipt = ?::uuid for update', [company, receipt]],
      done: ['select 1 from receipts where company = ? and id = ?::uuid', [company, receipt]],
      remove: ['delete from receipt_drafts where company = ? and receipt = ?::uuid', [company, receipt]],
    });
  }
}
