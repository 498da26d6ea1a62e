import { normalizeMessageContent, proto, type WASocket } from '@whiskeysockets/baileys';
import { fileOf } from '../message-file.js';
import type { Session } from '../session.js';
import { askAgain } from './ask-again.js';
import { download, type Download, type DownloadFailure, type DownloadLimits } from './download.js';

/** A file of a row, as the row has it. */
export interface FileToFetch {
  waId: string;
  fromMe: boolean;
  /** Address of the chat. */
  address: string;
  /** The message's protobuf. */
  raw: Uint8Array;
}

/** not-on-phone: the network and the phone have dropped it. no-answer: the network has, and the phone does not say. */
export type Fetched = { bytes: Buffer; fileName?: string } | { failure: Exclude<DownloadFailure, 'gone'> | 'not-on-phone' | 'no-answer' };

const ASK_LIMIT_MS = 30_000;

/** Fetches a file; one that the network has dropped is asked of the phone, and fetched once more. Never throws. */
export async function fetchFile(
  parts: { sock: WASocket; session: Session; mediaHost: string },
  { waId, fromMe, address, raw }: FileToFetch,
  limits: DownloadLimits,
): Promise<Fetched> {
  const file = fileIn(raw);
  if (!file) return { failure: 'no-file' };
  const wanted = { ...file.node, type: file.type };
  const named = (found: Download): Fetched => {
    if ('failure' in found) return { failure: found.failure === 'gone' ? 'no-answer' : found.failure };
    return { bytes: found.bytes, ...(file.node.fileName ? { fileName: file.node.fileName } : {}) };
  };
  const first = await download(wanted, parts.mediaHost, limits);
  if (!('failure' in first) || first.failure !== 'gone' || !wanted.mediaKey) return named(first);
  const again = await askAgain(parts, { key: { id: waId, remoteJid: address, fromMe }, mediaKey: wanted.mediaKey }, ASK_LIMIT_MS);
  if (typeof again === 'string') return { failure: again };
  return named(await download({ ...wanted, directPath: again.directPath }, parts.mediaHost, limits));
}

function fileIn(raw: Uint8Array) {
  try {
    const content = normalizeMessageContent(proto.Message.decode(raw));
    return content && fileOf(content);
  } catch {
    return undefined;
  }
}
