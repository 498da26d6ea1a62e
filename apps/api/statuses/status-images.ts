import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { forCompany } from '../../../libs/db/company.js';
import { checkFile } from '../../../libs/media/check-file.js';
import { MediaUnavailable } from '../../../libs/media/media-store.js';
import { readFileBody } from '../platform/file-bodies.js';
import { ProblemException } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import type { StatusImage } from './status.schema.js';

/** What every phone shows, whatever its age. */
const shownEverywhere: ReadonlySet<string> = new Set(['image/jpeg', 'image/png']);
/** WhatsApp's own bound for an image that a business sends is 5 MB (Meta, Cloud API, "Media"). */
const MOST_BYTES = 5_000_000;

const said = { form: 'Tiene que ser una imagen JPEG o PNG.', tooLarge: 'La imagen pesa más de 5 MB.' };

const orAway = (error: unknown): never => {
  throw error instanceof MediaUnavailable ? new ProblemException('files-away') : error;
};

/** Images of statuses: only these are shown, whatever else the media store holds of the company. */
@Injectable()
export class StatusImages {
  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  /** Reads an image from a request and keeps it. @throws ProblemException `too-large`, `unsupported-media-type`, `files-away` */
  async put(company: string, request: Pick<FastifyRequest, 'body'>): Promise<StatusImage> {
    const bytes = await readFileBody(request, MOST_BYTES, said);
    const check = checkFile('image', { bytes });
    if (!check.ok || !shownEverywhere.has(check.mimetype)) throw new ProblemException('unsupported-media-type', { detail: said.form });
    const { sha256, size } = await this.sources.media.put(company, bytes).catch(orAway);
    await forCompany(this.sources.orm, company, (em) => em.execute(
      'insert into status_images (company, sha256, mimetype, size) values (?, ?, ?, ?) on conflict do nothing', [company, sha256, check.mimetype, size]));
    return { sha256, mimetype: check.mimetype, size };
  }

  /** @throws ProblemException `not-found` for what was not put up for a status of this company, `files-away` */
  async open(company: string, sha256: string): Promise<{ bytes: Uint8Array; mimetype: string }> {
    const [row] = await forCompany(this.sources.orm, company, (em) =>
      em.execute<{ mimetype: string }[]>('select mimetype from status_images where company = ? and sha256 = ?', [company, sha256]));
    const bytes = row && (await this.sources.media.open(company, sha256).catch(orAway));
    if (!row || !bytes) throw new ProblemException('not-found');
    return { bytes, mimetype: row.mimetype };
  }
}
