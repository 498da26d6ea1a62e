import type { MediaKind } from '../domain/message/details.js';
import { checkFile, type FileRefusal } from './check-file.js';

export type SentFileCheck = { ok: true; kind: MediaKind; mimetype: string } | { ok: false; reason: FileRefusal };

/** Pictures that phones show as such; films likewise. Everything else is a document: an invoice that is a PDF above all. */
const shown: Readonly<Record<string, MediaKind>> = { 'image/jpeg': 'image', 'image/png': 'image', 'video/mp4': 'video' };

/**
 * As what a file goes out of which nobody has said what it is, by its content, and whether it may.
 * @param name as its sender calls it; empty: nothing
 */
export function checkSentFile(bytes: Uint8Array, name: string): SentFileCheck {
  const asDocument = checkFile('document', { bytes, fileName: name });
  if (!asDocument.ok) return asDocument;
  const kind = shown[asDocument.mimetype] ?? 'document';
  if (kind === 'document') return { ...asDocument, kind };
  const check = checkFile(kind, { bytes, fileName: name });
  // Too large to be shown, it still goes as a file.
  return check.ok ? { ...check, kind } : { ...asDocument, kind: 'document' };
}
