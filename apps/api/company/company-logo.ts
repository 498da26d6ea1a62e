import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import sharp from 'sharp';
import { writeAudit, type Actor } from '../../../libs/db/audit.js';
import { changeProfile, logoOf } from '../../../libs/db/company-profile.js';
import { forCompany } from '../../../libs/db/company.js';
import { Company } from '../../../libs/db/entities/company.js';
import { LOGO_SIDE, type CompanyLogo } from '../../../libs/domain/company-profile.js';
import { checkFile } from '../../../libs/media/check-file.js';
import { MediaUnavailable } from '../../../libs/media/media-store.js';
import { readFileBody } from '../platform/file-bodies.js';
import { ProblemException } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';

const taken: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp']);
const MOST_BYTES = 5_000_000;
/** What a picture may unfold to: a small file can say that it is enormous. */
const MOST_PIXELS = 25_000_000;
const LEAST_SIDE = 32;

const said = {
  form: 'Tiene que ser una imagen PNG, JPEG o WebP.', tooLarge: 'La imagen pesa más de 5 MB.',
  unreadable: 'No pudimos leer esa imagen: está dañada o es demasiado grande.', tooSmall: `La imagen tiene que medir al menos ${LEAST_SIDE} píxeles de lado.`,
};

const orAway = (error: unknown): never => {
  throw error instanceof MediaUnavailable ? new ProblemException('files-away') : error;
};

/** For the audit log: which one it is, not what it shows. */
const factsOf = (logo: CompanyLogo | undefined) => (logo === undefined ? undefined : { file: logo.sha256.slice(0, 12), size: `${logo.width}×${logo.height}` });

/** The company's logo: whatever was put up is drawn again as a PNG of bounded size, so that nothing else of the file goes anywhere. */
@Injectable()
export class CompanyLogos {
  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  /** Reads an image from a request and keeps it as the logo. @throws ProblemException `too-large`, `unsupported-media-type`, `image-refused`, `files-away` */
  async put(by: Actor, request: Pick<FastifyRequest, 'body'>): Promise<CompanyLogo> {
    const { png, width, height } = await drawn(await readFileBody(request, MOST_BYTES, said));
    const { sha256 } = await this.sources.media.put(by.company, png).catch(orAway);
    const logo = { sha256, width, height };
    await this.#change(by, logo);
    return logo;
  }

  remove(by: Actor): Promise<void> {
    return this.#change(by, undefined);
  }

  /** @throws ProblemException `not-found`, `files-away` */
  async open(company: Company): Promise<{ bytes: Uint8Array; sha256: string }> {
    const logo = logoOf(company);
    const bytes = logo && (await this.sources.media.open(company.id, logo.sha256).catch(orAway));
    if (!logo || !bytes) throw new ProblemException('not-found');
    return { bytes, sha256: logo.sha256 };
  }

  async #change(by: Actor, logo: CompanyLogo | undefined): Promise<void> {
    const { company } = by;
    await forCompany(this.sources.orm, company, async (em) => {
      const before = logoOf(await em.findOneOrFail(Company, { id: company }));
      if (before?.sha256 === logo?.sha256) return;
      const columns = { logoSha256: logo?.sha256 ?? null, logoWidth: logo?.width ?? null, logoHeight: logo?.height ?? null };
      await em.nativeUpdate(Company, { id: company }, columns);
      await changeProfile(em, company, {});
      const [was, is] = [factsOf(before), factsOf(logo)];
      await writeAudit(em, by, { action: 'company.logo-changed', subject: company, ...(was ? { before: was } : {}), ...(is ? { after: is } : {}) });
    });
  }
}

/** @throws ProblemException for what is no picture, cannot be read, or is too small to be a logo */
async function drawn(bytes: Uint8Array): Promise<{ png: Buffer; width: number; height: number }> {
  const check = checkFile('image', { bytes });
  if (!check.ok || !taken.has(check.mimetype)) throw new ProblemException('unsupported-media-type', { detail: said.form });
  try {
    const image = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' }).rotate().resize(LOGO_SIDE, LOGO_SIDE, { fit: 'inside', withoutEnlargement: true });
    const { data, info } = await image.png({ compressionLevel: 9 }).toBuffer({ resolveWithObject: true });
    if (Math.max(info.width, info.height) < LEAST_SIDE) throw new ProblemException('image-refused', { detail: said.tooSmall });
    return { png: data, width: info.width, height: info.height };
  } catch (error) {
    throw error instanceof ProblemException ? error : new ProblemException('image-refused', { detail: said.unreadable });
  }
}
