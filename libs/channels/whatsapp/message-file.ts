import type { proto } from '@whiskeysockets/baileys';
import type { Media, MediaKind } from '../../domain/message/details.js';

/** The file that a message carries, as its sender tells of it. */
export interface MessageFile {
  kind: MediaKind;
  /** What the client derives the file's keys for. */
  type: 'image' | 'video' | 'audio' | 'document' | 'sticker' | 'ptv';
  caption?: string | null | undefined;
  /** The part of the protobuf that has the address, the key and the hashes. */
  node: FileNode;
}

/** What the protobufs of all kinds of files have in common, as far as it is read. */
export interface FileNode {
  mimetype?: string | null | undefined;
  fileLength?: unknown;
  fileSha256?: Uint8Array | null | undefined;
  mediaKey?: Uint8Array | null | undefined;
  directPath?: string | null | undefined;
  url?: string | null | undefined;
  fileName?: string | null | undefined;
  seconds?: number | null | undefined;
  ptt?: boolean | null | undefined;
  gifPlayback?: boolean | null | undefined;
  width?: number | null | undefined;
  height?: number | null | undefined;
  viewOnce?: boolean | null | undefined;
}

/** Pure: the file in a message without its wrappers, if it carries one. */
export function fileOf(content: proto.IMessage): MessageFile | undefined {
  const { imageMessage, videoMessage, ptvMessage, audioMessage, documentMessage, lottieStickerMessage } = content;
  const stickerMessage = content.stickerMessage ?? lottieStickerMessage?.message?.stickerMessage;
  if (imageMessage) return { kind: 'image', type: 'image', caption: imageMessage.caption, node: imageMessage };
  if (videoMessage) return { kind: 'video', type: 'video', caption: videoMessage.caption, node: videoMessage };
  if (ptvMessage) return { kind: 'video', type: 'ptv', node: ptvMessage };
  if (audioMessage) return { kind: 'audio', type: 'audio', node: audioMessage };
  if (documentMessage) return { kind: 'document', type: 'document', caption: documentMessage.caption, node: documentMessage };
  if (stickerMessage) return { kind: 'sticker', type: 'sticker', node: stickerMessage };
  return undefined;
}

/** A whole number that any bigint column holds; a stranger may claim anything. */
const whole = (value: unknown): number | undefined => {
  const number = Number(value);
  return Number.isSafeInteger(number) && number > 0 ? number : undefined;
};

/** Pure: the facts of a file that screens show. */
export function mediaOf({ node }: MessageFile): Media {
  const size = whole(node.fileLength);
  const seconds = whole(node.seconds);
  const width = whole(node.width);
  const height = whole(node.height);
  return {
    mimetype: node.mimetype ?? 'application/octet-stream',
    ...(size === undefined ? {} : { size }),
    ...(node.fileName ? { fileName: node.fileName } : {}),
    ...(seconds === undefined ? {} : { seconds }),
    ...(node.ptt ? { voice: true } : {}),
    ...(node.gifPlayback ? { gif: true } : {}),
    ...(width === undefined || height === undefined ? {} : { width, height }),
  };
}
