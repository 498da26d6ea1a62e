import { createDecipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { getMediaKeys, type MediaType } from '@whiskeysockets/baileys';

/** What the network needs to give a file, and we need to read it. */
export interface EncryptedFile {
  /** What its keys are derived for. */
  type: MediaType;
  mediaKey?: Uint8Array | null | undefined;
  directPath?: string | null | undefined;
  url?: string | null | undefined;
  /** SHA-256 of the file itself. */
  fileSha256?: Uint8Array | null | undefined;
}

/**
 * gone: the network has dropped it, the phone may upload it again · corrupt: not what the sender hashed and encrypted · no-file: the
 * message does not say where it is or how to read it · unreachable: not now.
 */
export type DownloadFailure = 'gone' | 'too-large' | 'corrupt' | 'no-file' | 'unreachable';
export type Download = { bytes: Buffer } | { failure: DownloadFailure };

export interface DownloadLimits {
  /** Of the file itself; one that has more is given up as soon as that is known. */
  bytes: number;
  /** For everything. */
  ms: number;
}

/** Statuses by which the media host says that it has the file no more (Baileys asks for it again on the same two). */
const GONE: ReadonlySet<number> = new Set([404, 410]);
const MAC_BYTES = 10;
const MOST_PADDING = 16;

/**
 * Where the file lies. Always at the network's own media host: a stranger's message may name any host, and must not make this process
 * call on it; nor may that host send us on to another.
 */
function addressOf({ directPath, url }: EncryptedFile, host: string): URL | undefined {
  const path = directPath ?? (url ? pathOf(url) : undefined);
  const base = `https://${host}`;
  if (!path || !URL.canParse(path, base)) return undefined;
  const address = new URL(path, base);
  return address.origin === new URL(base).origin ? address : undefined;
}

function pathOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { pathname, search } = new URL(url);
  return pathname + search;
}

/** Reads a body, and no more of it than the limit. @returns nothing when there is more */
async function bounded(response: Response, limit: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (Number(response.headers.get('content-length') ?? 0) > limit) {
    await response.body?.cancel();
    return undefined;
  }
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > limit) return undefined; // leaving the loop cancels the body
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Takes the encryption off, once the sender's key has vouched for every byte. */
async function decrypted(encrypted: Buffer, file: EncryptedFile): Promise<Buffer | undefined> {
  const { iv, cipherKey, macKey } = await getMediaKeys(file.mediaKey, file.type);
  const ciphertext = encrypted.subarray(0, -MAC_BYTES);
  const mac = createHmac('sha256', macKey!).update(iv).update(ciphertext).digest().subarray(0, MAC_BYTES);
  if (encrypted.byteLength <= MAC_BYTES || !timingSafeEqual(mac, encrypted.subarray(-MAC_BYTES))) return undefined;
  const decipher = createDecipheriv('aes-256-cbc', cipherKey, iv);
  const bytes = Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  const { fileSha256 } = file;
  return fileSha256?.byteLength && !createHash('sha256').update(bytes).digest().equals(fileSha256) ? undefined : bytes;
}

/**
 * Fetches a file from the media host and decrypts it. Never throws. The client's own download (rc14) is not used: it goes to any host
 * that the message names, checks neither MAC nor hash, takes no signal, and a connection that breaks off amid it ends the process
 * (`pipe` carries no error). Format: research/whatsapp-simulator.md, section 6.
 * @param host name of the network's media host, with its port if it has one
 */
export async function download(file: EncryptedFile, host: string, limits: DownloadLimits): Promise<Download> {
  const address = addressOf(file, host);
  if (!address || !file.mediaKey?.byteLength) return { failure: 'no-file' };
  try {
    const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(limits.ms), headers: { origin: 'https://web.whatsapp.com' } });
    if (!response.ok) {
      await response.body?.cancel();
      return { failure: GONE.has(response.status) ? 'gone' : 'unreachable' };
    }
    const encrypted = await bounded(response, limits.bytes + MOST_PADDING + MAC_BYTES);
    if (!encrypted) return { failure: 'too-large' };
    const bytes = await decrypted(encrypted, file).catch(() => undefined);
    return bytes ? { bytes } : { failure: 'corrupt' };
  } catch {
    return { failure: 'unreachable' };
  }
}
