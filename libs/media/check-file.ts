import type { MediaKind } from '../domain/message/details.js';
import { sniff } from './signatures.js';

const MIB = 1024 * 1024;

/**
 * Most bytes of a file, by kind. WhatsApp's own bounds for what businesses send are 16 MiB for sound, film and 100 MiB for documents
 * (Meta, "Media", Cloud API); phones may send more. Ours bound what one fetch may hold in memory.
 */
export const maxBytes: Readonly<Record<MediaKind, number>> = {
  image: 16 * MIB,
  video: 64 * MIB,
  audio: 16 * MIB,
  document: 64 * MIB,
  sticker: 2 * MIB,
};

/**
 * empty: no bytes · too-large: more than `maxBytes` · wrong-type: its content is not of its kind (a program that calls itself a
 * picture) · forbidden-type: a document that a computer would run.
 */
export type FileRefusal = 'empty' | 'too-large' | 'wrong-type' | 'forbidden-type';
export type FileCheck = { ok: true; mimetype: string } | { ok: false; reason: FileRefusal };

/** What may be a file of a kind, by content. MP4 and Ogg are containers: sound may come in those of films. */
const allowed: Readonly<Record<Exclude<MediaKind, 'document'>, ReadonlyMap<string, string>>> = {
  image: asThemselves('image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/heic', 'image/avif'),
  video: asThemselves('video/mp4', 'video/3gpp', 'video/quicktime', 'video/webm', 'image/gif'),
  audio: new Map([
    ...asThemselves('audio/ogg', 'audio/mpeg', 'audio/mp4', 'audio/aac', 'audio/amr', 'audio/wav'),
    ['video/mp4', 'audio/mp4'], ['video/3gpp', 'audio/3gpp'], ['video/webm', 'audio/webm'],
  ]),
  sticker: asThemselves('image/webp'),
};

/** Documents that run when they are opened. */
const programs: ReadonlySet<string> = new Set(['application/x-msdownload', 'application/x-executable', 'application/x-ms-shortcut', 'application/x-sh']);
/** The same by name, for those that are text or archives inside. */
const programNames = /\.(exe|com|scr|pif|msi|msp|bat|cmd|ps1|psm1|vbs|vbe|js|jse|mjs|wsf|wsh|hta|cpl|jar|apk|apks|xapk|app|deb|rpm|dmg|pkg|sh|lnk|reg|inf|iso)$/i;

/** Office documents are archives inside: their name says which. */
const archives: Readonly<Record<string, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
};
const oldOffice: Readonly<Record<string, string>> = {
  doc: 'application/msword', xls: 'application/vnd.ms-excel', ppt: 'application/vnd.ms-powerpoint',
};
const texts: Readonly<Record<string, string>> = { csv: 'text/csv', vcf: 'text/vcard', json: 'application/json' };

/**
 * Whether a file may be stored, by what it is and not by what it says to be. Used for what comes and for what agents attach.
 * @param file.fileName as the sender calls it, if at all; only documents are judged by it, and only against them
 * @returns its media type, to be served as such
 */
export function checkFile(kind: MediaKind, file: { bytes: Uint8Array; fileName?: string | undefined }): FileCheck {
  const { bytes, fileName } = file;
  if (bytes.byteLength === 0) return { ok: false, reason: 'empty' };
  if (bytes.byteLength > maxBytes[kind]) return { ok: false, reason: 'too-large' };
  const found = sniff(bytes);
  if (kind === 'document') return checkDocument(found, fileName ?? '');
  const mimetype = allowed[kind].get(found);
  return mimetype === undefined ? { ok: false, reason: 'wrong-type' } : { ok: true, mimetype };
}

function checkDocument(found: string, fileName: string): FileCheck {
  // Windows drops dots and blanks at the end of a name.
  const name = fileName.replace(/[\s.]+$/, '');
  if (programs.has(found) || programNames.test(name)) return { ok: false, reason: 'forbidden-type' };
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const inside: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'application/zip': archives, 'application/x-ole-storage': oldOffice, 'text/plain': texts,
  };
  return { ok: true, mimetype: inside[found]?.[extension] ?? found };
}

function asThemselves(...mimetypes: string[]): ReadonlyMap<string, string> {
  return new Map(mimetypes.map((mimetype) => [mimetype, mimetype]));
}
