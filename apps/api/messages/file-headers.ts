import type { StoredFile } from './files.js';

/** What a browser shows by itself and cannot be led to run: pictures, sound and film. Everything else is saved to disk. */
const SHOWN = /^(image\/(jpeg|png|webp|gif|avif)|audio\/[\w.+-]+|video\/[\w.+-]+)$/;
/** A type that may be told; anything else is bytes. */
const TOLD = /^(text\/plain|text\/csv|text\/vcard|application\/(pdf|json|zip|msword|rtf|vnd\.[\w.+-]+)|image\/heic)$/;

/** RFC 8187: what a header holds of a name in any script. */
const encoded = (name: string): string => encodeURIComponent(name).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
/** The same for clients that know ASCII only. */
const ascii = (name: string): string => name.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[^\x20-\x7e]|["\\%;]/gu, '_');
/** A name is no path and no header. */
const bare = (name: string | null): string => [...(name ?? '').replace(/[\p{Cc}\p{Cf}/\\]/gu, '_').trim()].slice(0, 150).join('') || 'archivo';

/**
 * Pure: headers under which a stranger's file does no harm: it is what it was found to be, runs nothing, frames nothing, and is shown only if
 * it is picture, sound or film.
 */
export function fileHeaders({ mimetype, fileName, sha256 }: StoredFile): Record<string, string> {
  const shown = SHOWN.test(mimetype);
  const name = bare(fileName);
  return {
    'content-type': shown || TOLD.test(mimetype) ? mimetype : 'application/octet-stream',
    'content-disposition': `${shown ? 'inline' : 'attachment'}; filename="${ascii(name)}"; filename*=UTF-8''${encoded(name)}`,
    'content-security-policy': `default-src 'none'; sandbox`,
    'x-content-type-options': 'nosniff',
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-cache', // kept, and asked for again: whoever may no longer see it gets nothing
    etag: `"${sha256}"`,
  };
}
