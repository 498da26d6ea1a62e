import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { FastifyRequest } from 'fastify';
import type { AcceptedFile } from '../../../libs/db/accepted-texts.js';
import { forCompany } from '../../../libs/db/company.js';
import type { MediaKind } from '../../../libs/domain/message/details.js';
import { mayWriteIn } from '../../../libs/domain/ticket/access.js';
import { checkFile, maxBytes, type FileRefusal } from '../../../libs/media/check-file.js';
import { MediaUnavailable } from '../../../libs/media/media-store.js';
import type { SignedIn } from '../platform/access/signed-in.js';
import { KeyedSlots } from '../platform/engine/keyed-slots.js';
import { readFileBody } from '../platform/file-bodies.js';
import { ProblemException } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import type { Upload, UploadQuery } from './conversation.schema.js';
import { conversationAtHand } from './conversations.queries.js';

/** How long a file may be sent after it was put up. */
const USABLE = '1 day';

/** Files of one person that are read at once: each is held in memory. */
const AT_ONCE = 2;

const refusals: Readonly<Record<FileRefusal, string>> = {
  'empty': 'El archivo está vacío.',
  'too-large': 'El archivo es más grande de lo que se puede mandar.',
  'wrong-type': 'El archivo no es lo que dice ser.',
  'forbidden-type': 'Los programas no se mandan.',
};

/** Files that agents put up to send them: checked by content, kept by hash. */
@Injectable()
export class Uploads {
  readonly #reading = new KeyedSlots(AT_ONCE);

  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  /**
   * Reads a file from a request, for a conversation in which this person may write.
   * @throws ProblemException `not-found`, `not-yours`, `unsupported-media-type`, `too-large`, `file-refused`, `files-away`
   */
  async put(me: SignedIn, conversation: string, request: Pick<FastifyRequest, 'body'>, about: UploadQuery): Promise<Upload> {
    const { company, user } = me;
    await forCompany(this.sources.orm, company, async (em) => {
      const { newest } = await conversationAtHand(em, me, conversation);
      if (!newest || !mayWriteIn(user, newest.facts)) throw new ProblemException('not-yours');
    });
    return this.#reading.run(`${company}/${user.id}`, () => this.#keep(me, request, about));
  }

  async #keep({ company, user }: SignedIn, request: Pick<FastifyRequest, 'body'>, { kind, name }: UploadQuery): Promise<Upload> {
    const bytes = await readFileBody(request, maxBytes[kind], { form: 'El archivo va solo, como application/octet-stream.', tooLarge: refusals['too-large'] });
    const check = checkFile(kind, { bytes, fileName: name });
    if (!check.ok) throw new ProblemException('file-refused', { detail: refusals[check.reason] });
    const { sha256, size } = await this.sources.media.put(company, bytes).catch((error: unknown) => {
      throw error instanceof MediaUnavailable ? new ProblemException('files-away') : error;
    });
    const { mimetype } = check;
    const id = await forCompany(this.sources.orm, company, async (em) => {
      await em.execute(`delete from uploads where company = ? and at < now() - interval '${USABLE}'`, [company]);
      const [row] = await em.execute<{ id: string }[]>(
        `insert into uploads (company, owner, kind, sha256, size, mimetype, file_name) values (?, ?::uuid, ?, ?, ?, ?, ?) returning id`,
        [company, user.id, kind, sha256, size, mimetype, name ?? null]);
      return row!.id;
    });
    return { id, kind, mimetype, size, ...(name === undefined ? {} : { name }) };
  }
}

/** A file that this person put up and may still send. @throws ProblemException `upload-unknown` */
export async function uploadAtHand(em: EntityManager, { company, user }: SignedIn, id: string): Promise<{ kind: MediaKind; file: AcceptedFile }> {
  const [row] = await em.execute<{ kind: MediaKind; sha256: string; size: string; mimetype: string; file_name: string | null }[]>(
    `select kind, sha256, size::text, mimetype, file_name from uploads
      where company = ? and id = ?::uuid and owner = ?::uuid and at > now() - interval '${USABLE}'`, [company, id, user.id]);
  if (!row) throw new ProblemException('upload-unknown');
  const { kind, sha256, size, mimetype, file_name: fileName } = row;
  return { kind, file: { sha256, size: Number(size), mimetype, ...(fileName === null ? {} : { fileName }) } };
}
