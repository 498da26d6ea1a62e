import { Inject, Injectable } from '@nestjs/common';
import { forCompany } from '../../../libs/db/company.js';
import { checkFile } from '../../../libs/media/check-file.js';
import { MediaUnavailable } from '../../../libs/media/media-store.js';
import { ProblemException } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import type { StatusImage } from './status.schema.js';

/** What every phone shows, whatever its age. */
const shownEverywhere: ReadonlySet<string> = new Set(['image/jpeg', 'image/png']);
/** WhatsApp's own bound for an image that a business sends is 5 MB (Meta, Cloud API, "Media"). */
const MOST_BYTES = 5_000_000;

const orAway = (error: unknown): never => {
  throw error instanceof MediaUnavailable ? new ProblemException('files-away') : error;
};

/** Images of statuses: only these are shown, whatever else the media store holds of the company. */
@Injectable()
export class StatusImages {
  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  /** Reads an image from a request and keeps it. @throws ProblemException `too-large`, `unsupported-media-type`, `files-away` */
  async put(company: string, body: AsyncIterable<Uint8Array>): Promise<StatusImage> {
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of body) {
      size += part.byteLength;
      if (size > MOST_BYTES) throw new ProblemException('too-large', { detail: 'La imagen pesa más de 5 MB.' });
      parts.push(part);
    }
    const bytes = Buffer.concat(parts);
    const check = checkFile('image', { bytes });
    if (!check.ok || !shownEverywhere.has(check.mimetype)) throw new ProblemException('unsupported-media-type', { detail: 'Tiene que ser una imagen JPEG o PNG.' });
    const { sha256 } = await this.sources.media.put(company, bytes).catch(orAway);
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
