import fc from 'fast-check';
import PDFDocument from 'pdfkit';
import sharp from 'sharp';
import { beforeAll, expect, it } from 'vitest';
import { mutated } from '../testing/mutated.arbitrary.js';
import { openPdf } from './pdf.js';
import { checkReceiptFile, fileFaults } from './receipt-file.js';

const files: Buffer[] = [];

beforeAll(async () => {
  const scan = await sharp({ create: { width: 240, height: 240, channels: 3, background: '#7a7' } }).jpeg().toBuffer();
  const writings: readonly ((document: PDFKit.PDFDocument) => unknown)[] = [
    (document) => document.text('Comprobante de transferencia, por $ 24.900,00 a Litoral Fibra'), (document) => document.image(scan, 50, 50), (document) => document.addPage().text('dos'),
  ];
  for (const compress of [false, true]) {
    for (const write of writings) {
      const document = new PDFDocument({ compress });
      write(document);
      document.end();
      const pieces: Buffer[] = [];
      for await (const piece of document as AsyncIterable<Buffer>) pieces.push(piece);
      files.push(Buffer.concat(pieces));
    }
  }
});

it('a PDF that was cut or changed anywhere is read, or has a fault with a name', async () => {
  await fc.assert(fc.asyncProperty(mutated(files), async (pdf) => {
    const checked = await checkReceiptFile(pdf);
    if (!checked.ok) {
      expect(fileFaults).toContain(checked.fault);
      return;
    }
    const beganAt = performance.now();
    const opened = await openPdf(pdf);
    expect(performance.now() - beganAt).toBeLessThan(25_000);
    if (opened.ok) expect(opened.lines.every(({ text }) => typeof text === 'string')).toBe(true);
    else expect(fileFaults).toContain(opened.fault);
  }), { numRuns: 120, interruptAfterTimeLimit: 8_000, markInterruptAsFailure: false });
}, 60_000);
