import PDFDocument from 'pdfkit';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { parseReceipt } from '../domain/receipt/parse.js';
import { writtenReceipts } from '../domain/receipt/scripted-receipts.js';
import { openPdf, pdfOpener } from './pdf.js';
import { picturePrint, printDistance } from './picture-print.js';
import { level } from './prepare.js';
import { checkReceiptFile } from './receipt-file.js';
import { loopingPdf, unfoldingPdf } from './scripted-pdfs.js';

async function pdfOf(write: (document: PDFKit.PDFDocument) => void, options: PDFKit.PDFDocumentOptions = {}): Promise<Buffer> {
  const document = new PDFDocument({ compress: true, ...options });
  write(document);
  document.end();
  const pieces: Buffer[] = [];
  for await (const piece of document as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** A picture like none other: bars whose places depend on the seed. */
const bars = (seed: number): Promise<Buffer> =>
  sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="400" height="800"><rect width="400" height="800" fill="#fff"/>${Array.from({ length: 14 }, (_, i) => `<rect x="${20 + ((seed * (i + 3) * 37) % 120)}" y="${20 + i * 54}" width="${60 + ((seed * (i + 7) * 53) % 190)}" height="${10 + ((seed * i * 11) % 26)}" fill="#222"/>`).join('')}</svg>`)).png().toBuffer();

describe('a file that may be a receipt', () => {
  it('is a picture or PDF by its content, within its bounds', async () => {
    expect(await checkReceiptFile(await bars(1))).toEqual({ ok: true, kind: 'image' });
    expect(await checkReceiptFile(await pdfOf((document) => document.text('hola')))).toEqual({ ok: true, kind: 'pdf' });
    expect(await checkReceiptFile(Buffer.alloc(0))).toEqual({ ok: false, fault: 'empty' });
    expect(await checkReceiptFile(Buffer.alloc(10 * 1024 * 1024 + 1, 0xff))).toEqual({ ok: false, fault: 'too-large' });
    expect(await checkReceiptFile(Buffer.from('MZ, I am a picture'))).toEqual({ ok: false, fault: 'not-a-picture' });
    expect(await checkReceiptFile(Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]))).toEqual({ ok: false, fault: 'broken' });
  });

  it('does not unfold into gigabytes', async () => {
    const bomb = await sharp({ create: { width: 12_000, height: 6_000, channels: 3, background: '#fff' } }).png({ compressionLevel: 9 }).toBuffer();
    expect(bomb.length).toBeLessThan(1024 * 1024);
    expect(await checkReceiptFile(bomb)).toEqual({ ok: false, fault: 'too-many-pixels' });
    await expect(level(bomb)).rejects.toThrow(/pixel/iu);
  });
});

describe('a PDF', () => {
  it('is read by its own text, label and value in columns', async () => {
    const { text, read } = writtenReceipts.find(({ name }) => name === 'Brubank')!;
    const pdf = await pdfOf((document) => text.split('\n').forEach((line, i) => document.text(line, 50, 60 + i * 24)));
    const opened = await openPdf(pdf);
    expect(opened).toMatchObject({ ok: true, scans: [] });
    expect(parseReceipt(opened.ok ? opened.lines : [], { usual: 'AR', today: '2026-11-27' })).toMatchObject(read);
  });

  it('of a scanner gives its picture', async () => {
    const picture = await bars(5);
    const opened = await openPdf(await pdfOf((document) => document.image(picture, 50, 50, { width: 400 })));
    expect(opened.ok && opened.lines).toEqual([]);
    expect(opened.ok && opened.scans).toHaveLength(1);
    if (opened.ok) expect(printDistance(await picturePrint(opened.scans[0]!), await picturePrint(picture))).toBeLessThan(10);
  });

  it('made of very many pieces is read as far as receipts go', async () => {
    // At one height, each would be held against all others of its row.
    const pieces = `BT /F1 8 Tf ${'1 0 0 1 10 700 Tm (hola) Tj '.repeat(100_000)}ET`;
    const pdf = await pdfOf((document) => (document.text('hola') as unknown as { addContent(text: string): void }).addContent(pieces));
    expect(pdf.length).toBeLessThan(100_000);
    const beganAt = performance.now();
    const opened = await openPdf(pdf);
    expect(opened).toMatchObject({ ok: true });
    expect(opened.ok && opened.lines.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(100_000);
    expect(performance.now() - beganAt).toBeLessThan(15_000);
  }, 60_000);

  it.each([['never ends', loopingPdf()], ['unfolds into gigabytes', unfoldingPdf()]])('that %s is broken, and holds up nothing else', async (_, pdf) => {
    expect(pdf.length).toBeLessThan(15_000);
    const open = pdfOpener({ megabytes: 300, milliseconds: 1_500 });
    const beganWith = process.memoryUsage.rss();
    let ticks = 0;
    const ticking = setInterval(() => (ticks += 1), 20);
    const [opened, checked] = await Promise.all([open(pdf), checkReceiptFile(pdf)]);
    clearInterval(ticking);
    expect(opened).toEqual({ ok: false, fault: 'broken' });
    expect(checked).toEqual({ ok: true, kind: 'pdf' }); // by its first bytes: nobody opens it who may not
    expect(ticks).toBeGreaterThan(20);
    expect(process.memoryUsage.rss() - beganWith).toBeLessThan(200 * 1024 * 1024);
  }, 60_000);

  it('says why it is not read', async () => {
    expect(await openPdf(await pdfOf((document) => document.text('hola'), { userPassword: 'secret' }))).toEqual({ ok: false, fault: 'encrypted' });
    const long = pdfOf((document) => {
      for (let page = 0; page < 6; page += 1) document.addPage();
    });
    expect(await openPdf(await long)).toEqual({ ok: false, fault: 'too-many-pages' });
    expect(await openPdf(Buffer.from('%PDF-1.7 and nothing more'))).toEqual({ ok: false, fault: 'broken' });
  });
});

describe('what a picture looks like', () => {
  it('stays when it is sent again, made smaller or taken anew, and differs from others', async () => {
    const original = await bars(3);
    const print = await picturePrint(original);
    const again = [
      await sharp(original).jpeg({ quality: 40 }).toBuffer(),
      await sharp(original).resize(230).webp().toBuffer(),
      await sharp(original).extend({ top: 60, bottom: 90, left: 10, right: 10, background: '#fff' }).png().toBuffer(),
      await sharp(original).modulate({ brightness: 0.8 }).png().toBuffer(),
    ];
    for (const picture of again) expect(printDistance(await picturePrint(picture), print)).toBeLessThanOrEqual(40);
    for (const seed of [7, 11, 19]) expect(printDistance(await picturePrint(await bars(seed)), print)).toBeGreaterThan(60);
  });

  it('is taken also of a plain one', async () => {
    const plain = await sharp({ create: { width: 50, height: 50, channels: 3, background: '#fff' } }).png().toBuffer();
    expect(await picturePrint(plain)).toHaveLength(32);
  });
});
