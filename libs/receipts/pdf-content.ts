import sharp from 'sharp';
import { extractImages, getDocumentProxy } from 'unpdf';
import type { ReadLine } from '../domain/receipt/receipt.js';
import { MOST_PIXELS } from './prepare.js';
import { MOST_PAGES, type FileFault } from './receipt-file.js';
import { rowsOf, type Word } from './rows.js';

export type OpenedPdf =
  /** `lines`: the text that the PDF itself carries; `scans`: its pages' pictures (PNG), where it carries none. */
  | { ok: true; lines: ReadLine[]; scans: Buffer[] }
  | { ok: false; fault: FileFault };

/** Fewer letters than this on all pages: what one sees is a picture. */
const HARDLY_TEXT = 40;
/** Of all pages: a receipt has hundreds; where there are more, what follows is not read. */
const MOST_PIECES = 3_000;
const LONGEST_PIECE = 500;

interface Item {
  str: string;
  /** a, b, c, d, x, y: position from the bottom left, in points. */
  transform: number[];
  width: number;
  height: number;
}

/** Pieces of text where they stand, as words of a picture would. `floor`: how far down the page begins, as pages follow one another. */
function wordsOf(items: readonly Item[], pageHeight: number, floor: number): Word[] {
  return items.filter(({ str }) => str.trim() !== '').map(({ str, transform, width, height }) => {
    const [left = 0, bottom = 0] = transform.slice(4);
    const tall = height || Math.abs(transform[3] ?? 10);
    return { text: str.trim().slice(0, LONGEST_PIECE), confidence: 1, left, right: left + width, top: floor + pageHeight - bottom - tall, bottom: floor + pageHeight - bottom };
  });
}

type Document = Awaited<ReturnType<typeof getDocumentProxy>>;

type Page = Awaited<ReturnType<Document['getPage']>>;

/** A page's pieces of text, as they come: a small file may unfold into millions, so that no more are asked for than are read. */
async function piecesOf(page: Page, most: number): Promise<Item[]> {
  const reader = (page.streamTextContent() as ReadableStream<{ items: object[] }>).getReader();
  const pieces: Item[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return pieces;
    for (const item of value.items) if ('str' in item && pieces.length < most) pieces.push(item as Item);
    if (pieces.length >= most) {
      await reader.cancel(new Error('enough'));
      return pieces;
    }
  }
}

async function textOf(pdf: Document): Promise<ReadLine[]> {
  const words: Word[] = [];
  let [floor, left] = [0, MOST_PIECES];
  for (let number = 1; number <= pdf.numPages && left > 0; number += 1) {
    const page = await pdf.getPage(number);
    const { height } = page.getViewport({ scale: 1 });
    const pieces = await piecesOf(page, left);
    words.push(...wordsOf(pieces, height, floor));
    left -= pieces.length;
    floor += height;
  }
  return rowsOf(words);
}

/** The largest picture of each page. */
async function scansOf(pdf: Document): Promise<Buffer[]> {
  const scans: Buffer[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const pictures = (await extractImages(pdf, number)).filter(({ width, height }) => width * height <= MOST_PIXELS && width >= 200 && height >= 200);
    const [largest] = pictures.sort((one, other) => other.width * other.height - one.width * one.height);
    if (largest) scans.push(await sharp(largest.data, { raw: { width: largest.width, height: largest.height, channels: largest.channels } }).png().toBuffer());
  }
  return scans;
}

/** Opens a PDF's text or, of a scanned one, its pictures. Scripts in it are not run; it may take for ever and all memory, so that only a process apart does it. */
export async function pdfContent(bytes: Uint8Array): Promise<OpenedPdf> {
  let pdf: Document | undefined;
  try {
    pdf = await getDocumentProxy(Uint8Array.from(bytes), { stopAtErrors: true, maxImageSize: MOST_PIXELS });
    if (pdf.numPages > MOST_PAGES) return { ok: false, fault: 'too-many-pages' };
    const lines = await textOf(pdf);
    const letters = lines.reduce((sum, { text }) => sum + text.length, 0);
    return { ok: true, lines, scans: letters < HARDLY_TEXT ? await scansOf(pdf) : [] };
  } catch (problem) {
    return { ok: false, fault: problem instanceof Error && problem.name === 'PasswordException' ? 'encrypted' : 'broken' };
  } finally {
    await pdf?.loadingTask.destroy();
  }
}
