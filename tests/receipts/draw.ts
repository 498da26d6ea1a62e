import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';
import { layouts } from './layouts.js';
import type { TrueReceipt } from './true-receipt.js';

/** The house's own letters: a machine without fonts draws the same. */
const letters = readFileSync(createRequire(import.meta.url).resolve('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2')).toString('base64');
const common = `@font-face{font-family:Inter;src:url(data:font/woff2;base64,${letters})}*{font-family:Inter;box-sizing:border-box}body{margin:0;padding:22px;font-size:16px;color:#1a1a1a}
.row{display:flex;justify-content:space-between;gap:16px;padding:6px 0}.row span,.stack span,.party span{color:#555}.row b{text-align:right;overflow-wrap:anywhere}.stack span,.party span,.party i,.party b,.stack b{display:block;font-style:normal}.party{padding:10px 0}.amount{font-weight:700;padding:10px 0}h2{font-size:18px}`;

/** Draws receipts as a phone's screen shows them: 400 points wide, two pixels a point. */
export async function openDrawing(browser: Browser): Promise<{ draw(receipt: TrueReceipt): Promise<Buffer>; close(): Promise<void> }> {
  const page = await browser.newPage({ viewport: { width: 400, height: 720 }, deviceScaleFactor: 2 });
  return {
    async draw(receipt) {
      const layout = layouts.find(({ id }) => id === receipt.layout)!;
      await page.setContent(`<!doctype html><meta charset="utf-8"><style>${common}${layout.style}</style><main>${layout.body(receipt)}${receipt.state === 'pending' ? '<p><b>Estado: En proceso</b></p>' : ''}</main>`);
      await page.evaluate('document.fonts.ready');
      return page.screenshot({ fullPage: true, type: 'png' });
    },
    close: () => page.close(),
  };
}
