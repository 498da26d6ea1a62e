import sharp from 'sharp';
import { MOST_PIXELS } from './prepare.js';

const MIB = 1024 * 1024;
/** What customers may send as a receipt (product W5). */
export const MOST_BYTES = 10 * MIB;
/** A receipt has one page; statements and contracts have many. */
export const MOST_PAGES = 5;

/**
 * empty · too-large: more than 10 MB · not-a-picture: neither a picture nor a PDF, by content · too-many-pixels: a small file that unfolds into
 * gigabytes · broken: its content cannot be decoded · encrypted: a PDF with a password · too-many-pages.
 */
export const fileFaults = ['empty', 'too-large', 'not-a-picture', 'too-many-pixels', 'broken', 'encrypted', 'too-many-pages'] as const;
export type FileFault = (typeof fileFaults)[number];

export type CheckedFile = { ok: true; kind: 'image' | 'pdf' } | { ok: false; fault: FileFault };

const begins = (bytes: Uint8Array, ...start: number[]): boolean => start.every((byte, i) => bytes[i] === byte);
const ascii = (bytes: Uint8Array, from: number, to: number): string => Buffer.from(bytes.subarray(from, to)).toString('latin1');

/** JPEG, PNG, WebP by their first bytes: what phones send and sharp decodes everywhere. */
const isPicture = (bytes: Uint8Array): boolean =>
  begins(bytes, 0xff, 0xd8, 0xff) || begins(bytes, 0x89, 0x50, 0x4e, 0x47) || (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP');

async function checkPicture(bytes: Uint8Array): Promise<CheckedFile> {
  try {
    const { width, height, pages = 1 } = await sharp(bytes, { limitInputPixels: false, sequentialRead: true }).metadata();
    return width * height * pages > MOST_PIXELS ? { ok: false, fault: 'too-many-pixels' } : { ok: true, kind: 'image' };
  } catch {
    return { ok: false, fault: 'broken' };
  }
}

/** Whether a file may be read as a receipt, by its content; a PDF's pages are looked at when it is opened (`pdf.ts`). */
export async function checkReceiptFile(bytes: Uint8Array): Promise<CheckedFile> {
  if (bytes.length === 0) return { ok: false, fault: 'empty' };
  if (bytes.length > MOST_BYTES) return { ok: false, fault: 'too-large' };
  if (ascii(bytes, 0, 1024).includes('%PDF-')) return { ok: true, kind: 'pdf' };
  return isPicture(bytes) ? checkPicture(bytes) : { ok: false, fault: 'not-a-picture' };
}
