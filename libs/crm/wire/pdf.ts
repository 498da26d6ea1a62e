import type { InvoiceDocument } from '../../domain/customers.js';
import type { CrmDeps } from '../crm-deps.js';
import { asCrmFailure, CrmFailure } from './crm-failure.js';
import type { Line } from './json-call.js';

const MOST_BYTES = 10 << 20;
/** Blanks and a byte order mark may come first, a page about the document may not. */
const HEAD = /^[\s\u00EF\u00BB\u00BF]{0,64}%PDF-\d/u;

export const isPdf = (bytes: Uint8Array): boolean => HEAD.test(Buffer.from(bytes.subarray(0, 80)).toString('latin1'));

/** A name that is one on every system: "Factura 0001-00000042.pdf". */
export const invoiceFileName = (number: string): string => `Factura ${number.replace(/[^\p{L}\p{N}.-]+/gu, '-').slice(0, 60)}.pdf`;

/**
 * Fetches an invoice's document by a link that a system gave or an administrator typed.
 * @param headers only for links to the system's own host: a link that an answer names gets no key
 * @throws CrmFailure; `bad-response` when what is there is no PDF
 */
export async function fetchPdf(deps: Pick<CrmDeps, 'http'>, line: Line, { url, invoice, headers, signal }: {
  url: string; invoice: InvoiceDocument['invoice']; headers?: Record<string, string>; signal: AbortSignal;
}): Promise<InvoiceDocument> {
  const response = await deps.http({ url, headers, maxBytes: MOST_BYTES, timeoutMs: line.timeoutMs, tls: line.tls, redirects: 3, signal })
    .catch((problem: unknown) => Promise.reject(asCrmFailure(problem)));
  if (response.status !== 200) throw new CrmFailure(response.status >= 500 ? 'unavailable' : 'bad-response', `document: HTTP ${response.status}`);
  if (!isPdf(response.body)) throw new CrmFailure('bad-response', 'document: no PDF');
  return { invoice, fileName: invoiceFileName(invoice.number), mimetype: 'application/pdf', bytes: response.body };
}
