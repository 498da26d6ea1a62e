import { forCompany } from '../../libs/db/company.js';
import type { MikroORM } from '../../libs/db/orm.js';
import { readReceiptPolicy } from '../../libs/db/receipt-policy.js';
import { dateAt } from '../../libs/domain/conversation/format.js';
import { crossCheck } from '../../libs/domain/receipt/cross-check.js';
import type { Picture, VisionRequest } from '../../libs/ai/vision-reader.js';
import { openPdf } from '../../libs/receipts/pdf.js';
import { countryOfCompany } from '../receipts/receipt-rows.js';
import type { SecondReader } from '../receipts/reading.js';
import type { VisionReaders } from './vision-readers.js';

export interface SecondReaderDeps {
  orm: MikroORM;
  readers: VisionReaders;
  /** Milliseconds since 1970. */
  now(): number;
}

/** A model that repairs its answer takes twice its time: the conversation waits two minutes at most to say what the picture is. */
const MOST_MS = 90_000;

const isPicture = (mimetype: string): mimetype is Picture['mimetype'] => ['image/jpeg', 'image/png', 'image/webp'].includes(mimetype);

/** What of a file a model is shown: the picture, a PDF's own text, or the scans of its pages. */
async function shown(bytes: Uint8Array, mimetype: string): Promise<Pick<VisionRequest, 'pictures' | 'text'> | undefined> {
  if (isPicture(mimetype)) return { pictures: [{ mimetype, bytes }] };
  const pdf = await openPdf(bytes);
  if (!pdf.ok) return undefined;
  if (pdf.scans.length > 0) return { pictures: pdf.scans.map((scan) => ({ mimetype: 'image/png', bytes: new Uint8Array(scan) })) };
  return { pictures: [], text: pdf.lines.map(({ text }) => text).join('\n') };
}

/** The company's model as a second reader of what the rules have read. Where there is none, or it fails, the rules' reading stands: nobody waits for a model. */
export function secondReader({ orm, readers, now }: SecondReaderDeps): SecondReader {
  return {
    read: async (company, { bytes, mimetype }, rules, facts, signal) => {
      const { reader } = await readers.of(company);
      if (!reader) return undefined;
      const file = await shown(bytes, mimetype);
      if (!file) return undefined;
      const context = { usual: countryOfCompany(facts), today: dateAt(now(), facts) };
      const late = AbortSignal.timeout(MOST_MS);
      const reading = await reader.read({ ...file, context }, AbortSignal.any([signal, late])).catch((problem: unknown) => {
        if (late.aborted && !signal.aborted) return undefined;
        throw problem;
      });
      if (!reading?.ok) return undefined;
      const { policy: { minConfidence } } = await forCompany(orm, company, (em) => readReceiptPolicy(em, company));
      return { read: crossCheck(rules.read, reading, { ...context, minConfidence }), by: 'model-and-characters', model: reading.model };
    },
  };
}
