import { parseReceipt, type ParseContext } from '../domain/receipt/parse.js';
import { placesOf, type FieldPlaces } from '../domain/receipt/places.js';
import type { ReadLine, ReadReceipt } from '../domain/receipt/receipt.js';
import type { CharacterReader } from './characters.js';
import { openPdf } from './pdf.js';
import { picturePrint } from './picture-print.js';
import { level, placeIn, prepare, type Preparation } from './prepare.js';
import { checkReceiptFile, type FileFault } from './receipt-file.js';
import { rowsOf } from './rows.js';

export type ReceiptReading =
  | {
      ok: true;
      read: ReadReceipt;
      lines: ReadLine[];
      /** Where on the picture each field was read; none of a PDF, whose pages are shown as it likes. */
      places: FieldPlaces;
      /** Absent for a PDF of text. */
      print?: Buffer;
    }
  | { ok: false; fault: FileFault };

/** How much of a receipt was read: what a second look at a picture has to beat. */
function worth({ isReceipt, confidence }: ReadReceipt): number {
  const { amount = 0, paidAt = 0, reference = 0, beneficiaryAccount = 0, beneficiaryName = 0 } = confidence;
  return (isReceipt ? 1 : 0) + 2 * amount + paidAt + reference + 0.5 * Math.max(beneficiaryAccount, beneficiaryName);
}

/** Read so well that no second look is worth its time. */
const GOOD_ENOUGH = 4.6;

async function readPicture(picture: Buffer, characters: CharacterReader, context: ParseContext, signal?: AbortSignal): Promise<Extract<ReceiptReading, { ok: true }>> {
  const levelled = await level(picture);
  const look = async (how: Preparation) => {
    const lines = rowsOf(await characters.read(await prepare(levelled, how), signal), (word) => placeIn(levelled, word));
    return { lines, read: parseReceipt(lines, context) };
  };
  const first = await look('plain');
  const second = worth(first.read) >= GOOD_ENOUGH ? undefined : await look('even');
  const better = second && worth(second.read) > worth(first.read) ? second : first;
  return { ok: true, ...better, places: placesOf(better.lines, better.read), print: await picturePrint(picture) };
}

/**
 * Reads a receipt without any model or network: a PDF by its text, pictures and scans by a reader of characters, then by the rules of
 * `libs/domain/receipt`.
 * @throws PictureUnreadable when the reader of characters gives up
 */
export async function readReceipt(bytes: Uint8Array, characters: CharacterReader, context: ParseContext, signal?: AbortSignal): Promise<ReceiptReading> {
  const checked = await checkReceiptFile(bytes);
  if (!checked.ok) return checked;
  if (checked.kind === 'image') return readPicture(Buffer.from(bytes), characters, context, signal);
  const pdf = await openPdf(bytes);
  if (!pdf.ok) return pdf;
  const [scan] = pdf.scans;
  if (!scan) return { ok: true, lines: pdf.lines, read: parseReceipt(pdf.lines, context), places: {} };
  return { ...(await readPicture(scan, characters, context, signal)), places: {} };
}
