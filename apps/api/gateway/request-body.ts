import { Readable } from 'node:stream';
import { ProblemException } from '../platform/problem.js';

/** A form or JSON: the longest text, escaped in every way, and fields that nobody reads. */
export const MOST_BYTES = 256 * 1024;
/** A form with a file in it. */
export const MOST_WITH_FILE = 17 * 1024 * 1024;
const LIMIT_MS = 15_000;
const LIMIT_WITH_FILE_MS = 120_000;

/**
 * Reads a gateway's body, no more and no longer than it may be: a sender that trickles keeps its company's others out.
 * @throws ProblemException `too-large`, `bad-request` for one that does not come to its end
 */
export async function readBody(body: unknown, hasFile: boolean): Promise<Buffer> {
  if (!(body instanceof Readable)) return Buffer.alloc(0);
  const most = hasFile ? MOST_WITH_FILE : MOST_BYTES;
  const clock = setTimeout(() => body.destroy(new Error('too slow')), hasFile ? LIMIT_WITH_FILE_MS : LIMIT_MS);
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of body as AsyncIterable<Uint8Array>) {
      size += part.byteLength;
      if (size > most) parts.length = 0;
      else parts.push(part);
    }
  } catch {
    throw new ProblemException('bad-request', { detail: 'El pedido no llegó entero.' });
  } finally {
    clearTimeout(clock);
  }
  if (size > most) throw new ProblemException('too-large');
  return Buffer.concat(parts);
}
