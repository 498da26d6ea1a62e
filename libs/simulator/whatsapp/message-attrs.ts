import { getContentType, normalizeMessageContent, proto } from '@whiskeysockets/baileys';

const { REVOKE, MESSAGE_EDIT } = proto.Message.ProtocolMessage.Type;

/** What a stanza says of its content outside of the ciphertext. */
export interface MessageAttrs {
  /** Of the stanza. `edit`, 1: edits a message; 7: its sender deletes it. */
  message: { type: string; edit?: string };
  /** Of its `enc` elements. */
  enc: { mediatype?: string; 'decrypt-fail'?: string };
}

/** A phone that cannot read it shows nothing instead of a placeholder. */
const HIDDEN = { 'decrypt-fail': 'hide' };

/** `mediatype` by content; those that depend on a field are below. Clients write the same (Baileys: `getMediaType`). */
const MEDIA_TYPES: Record<string, string> = {
  imageMessage: 'image',
  documentMessage: 'document',
  stickerMessage: 'sticker',
  contactMessage: 'vcard',
  contactsArrayMessage: 'contact_array',
  liveLocationMessage: 'livelocation',
  locationMessage: 'location',
};

/** How the real service labels a message of that content. */
export function attrsOf(message: proto.IMessage): MessageAttrs {
  const content = normalizeMessageContent(message) ?? message;
  const { protocolMessage, reactionMessage, pollCreationMessage, pollUpdateMessage } = content;
  if (reactionMessage) return { message: { type: 'reaction' }, enc: HIDDEN };
  if (pollCreationMessage ?? pollUpdateMessage) return { message: { type: 'poll' }, enc: {} };
  if (protocolMessage?.type === MESSAGE_EDIT) return { message: { type: 'text', edit: '1' }, enc: HIDDEN };
  if (protocolMessage?.type === REVOKE && protocolMessage.key) return { message: { type: 'text', edit: '7' }, enc: HIDDEN };
  const mediatype = mediaTypeOf(content);
  return mediatype ? { message: { type: 'media' }, enc: { mediatype } } : { message: { type: 'text' }, enc: {} };
}

function mediaTypeOf(content: proto.IMessage): string | undefined {
  if (content.videoMessage) return content.videoMessage.gifPlayback ? 'gif' : 'video';
  if (content.audioMessage) return content.audioMessage.ptt ? 'ptt' : 'audio';
  return MEDIA_TYPES[getContentType(content) ?? ''];
}
