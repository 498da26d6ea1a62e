import type { FileToSend, MessageToSend } from '../content.js';
import { MEDIA_KINDS } from '../media/media-crypto.js';
import type { FileSource } from './content-schemas.js';
import { reject } from './problem.js';

const FETCH_LIMIT_MS = 20_000;

type WithSources = Omit<MessageToSend, (typeof MEDIA_KINDS)[number]> & Partial<Record<(typeof MEDIA_KINDS)[number], FileSource>>;

/** The same message with the bytes of its file. @throws Rejected, if an address gives none */
export async function withFiles(message: WithSources): Promise<MessageToSend> {
  const kind = MEDIA_KINDS.find((one) => message[one]);
  const source = kind && message[kind];
  if (!source) return message as MessageToSend;
  return { ...message, [kind]: await read(source) } as MessageToSend;
}

async function read({ base64, url, ...facts }: FileSource): Promise<FileToSend> {
  const bytes = url === undefined ? Buffer.from(base64 ?? '', 'base64') : await fetched(url);
  return { bytes, ...facts };
}

async function fetched(url: string): Promise<Buffer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_LIMIT_MS) }).catch(() => undefined);
  if (!response?.ok) throw reject(422, 'url_unreachable', `No se pudo bajar el archivo: ${response ? `respondió ${response.status}` : 'no respondió'}.`);
  return Buffer.from(await response.arrayBuffer());
}
