/** pdf.js reads files here, away from the page; it answers what `draw-pdf.ts` asks. */
import 'pdfjs-dist/legacy/build/pdf.worker.mjs';
