import { getDocument, PDFWorker, Util } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PageViewport, PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import type { PlacedText } from './pdf-places';

/** A page as a picture. */
export interface PdfPage {
  /** `blob:` address of a PNG; whoever shows it revokes it. */
  readonly picture: string;
  readonly texts: readonly PlacedText[];
}

export interface DrawnPdf {
  readonly pages: readonly PdfPage[];
  /** Pages that are not drawn: a receipt has one. */
  readonly more: number;
}

/** locked: it has a password · broken: it is none, or takes too long. */
export class PdfUndrawable extends Error {
  constructor(readonly why: 'locked' | 'broken') {
    super(`A PDF cannot be drawn: ${why}`);
  }
}

/** As many as are read (libs/receipts). */
const MOST_PAGES = 5;
/** Of a page: a receipt has hundreds; a small file may unfold into millions. */
const MOST_TEXTS = 3_000;
const LIMIT_MS = 20_000;
/** Wide enough to be enlarged threefold on an ordinary screen. */
const WIDTH = 1_600;
const MOST_PIXELS = 16_000_000;

function viewportOf(page: PDFPageProxy, turned: number): PageViewport {
  const rotation = (page.rotate + turned) % 360;
  const { width, height } = page.getViewport({ scale: 1, rotation });
  return page.getViewport({ scale: Math.min(WIDTH / width, Math.sqrt(MOST_PIXELS / (width * height))), rotation });
}

async function pictureOf(page: PDFPageProxy, viewport: PageViewport): Promise<string> {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.floor(viewport.width));
  canvas.height = Math.max(1, Math.floor(viewport.height));
  await page.render({ canvas, viewport, background: '#fff' }).promise;
  const blob = await new Promise<Blob | null>((taken) => canvas.toBlob(taken));
  [canvas.width, canvas.height] = [0, 0]; // its memory is given back at once
  if (!blob) throw new PdfUndrawable('broken');
  return URL.createObjectURL(blob);
}

/** Where a piece of text stands on the page as it is shown; parts of its width and height. */
function placed({ str, transform, width, height }: { str: string; transform: number[]; width: number; height: number }, viewport: PageViewport): PlacedText {
  const [a, b, c, d, e, f] = Util.transform(viewport.transform, transform) as [number, number, number, number, number, number];
  // Along the writing, and up from its line, in pixels: both may be turned.
  const [along, up] = [Math.hypot(a, b) || 1, Math.hypot(c, d) || 1];
  const [length, tall] = [width * viewport.scale, (height || Math.hypot(transform[2]!, transform[3]!)) * viewport.scale];
  const xs = [e, e + (a / along) * length, e + (c / up) * tall, e + (a / along) * length + (c / up) * tall];
  const ys = [f, f + (b / along) * length, f + (d / up) * tall, f + (b / along) * length + (d / up) * tall];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { text: str, x: x / viewport.width, y: y / viewport.height, w: (Math.max(...xs) - x) / viewport.width, h: (Math.max(...ys) - y) / viewport.height };
}

async function textsOf(page: PDFPageProxy, viewport: PageViewport): Promise<PlacedText[]> {
  const reader = (page.streamTextContent() as ReadableStream<{ items: object[] }>).getReader();
  const texts: PlacedText[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return texts;
    for (const item of value.items) if ('str' in item && (item as { str: string }).str.trim() !== '') texts.push(placed(item as Parameters<typeof placed>[0], viewport));
    if (texts.length < MOST_TEXTS) continue;
    await reader.cancel(new Error('enough'));
    return texts;
  }
}

async function pagesOf(pdf: PDFDocumentProxy, turned: number, pages: PdfPage[]): Promise<DrawnPdf> {
  for (let number = 1; number <= Math.min(pdf.numPages, MOST_PAGES); number += 1) {
    const page = await pdf.getPage(number);
    const viewport = viewportOf(page, turned);
    pages.push({ picture: await pictureOf(page, viewport), texts: await textsOf(page, viewport) });
    page.cleanup();
  }
  return { pages, more: Math.max(0, pdf.numPages - MOST_PAGES) };
}

/**
 * Draws the pages of a PDF in this browser: nothing in it is run (no scripts, no forms, no evaluated code), and its reader is a worker of its own that is
 * stopped when it takes too long.
 * @param turned degrees, by quarters
 * @throws PdfUndrawable
 */
export async function drawPdf(url: string, turned: number, signal: AbortSignal): Promise<DrawnPdf> {
  const port = new Worker(new URL('./pdf.worker', import.meta.url), { type: 'module' });
  const stop = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
  const stopped = new Promise<never>((_, reject) => stop.addEventListener('abort', () => reject(new PdfUndrawable('broken')), { once: true }));
  const task = getDocument({
    url, worker: PDFWorker.create({ port }), isEvalSupported: false, useWasm: false, enableXfa: false, disableRange: true, disableStream: true, maxImageSize: 40_000_000, verbosity: 0,
  });
  const pages: PdfPage[] = [];
  try {
    return await Promise.race([task.promise.then((pdf) => pagesOf(pdf, turned, pages)), stopped]);
  } catch (problem) {
    for (const { picture } of pages) URL.revokeObjectURL(picture);
    if (problem instanceof PdfUndrawable) throw problem;
    throw new PdfUndrawable(problem instanceof Error && problem.name === 'PasswordException' ? 'locked' : 'broken');
  } finally {
    void task.destroy().catch(() => undefined);
    port.terminate();
  }
}
