import { getContentType, normalizeMessageContent, proto } from '@whiskeysockets/baileys';
import { fileOf, hashName } from './media/media.js';

const { REVOKE, MESSAGE_EDIT } = proto.Message.ProtocolMessage.Type;

/** A file as a phone shows it. */
export interface ShownMedia {
  /** Where the control API gives the file itself, decrypted. */
  url: string;
  mimetype: string;
  /** Bytes. */
  size: number;
  fileName?: string;
  /** Length of a sound or a film. */
  seconds?: number;
  /** A voice note. */
  voice?: boolean;
  /** A film that repeats without sound. */
  gif?: boolean;
  /** It may be looked at once, on the phone only. */
  viewOnce?: boolean;
  width?: number;
  height?: number;
}

export interface ShownLocation {
  lat: number;
  lng: number;
  name?: string;
  address?: string;
}

export interface ShownContact {
  name: string;
  phones: string[];
}

/** A call from a person, and what became of it. */
export interface ShownCall {
  video: boolean;
  state: 'ringing' | 'rejected' | 'missed';
}

/** What a phone shows of a message. */
export interface Shown {
  /**
   * `text`, `image`, `video`, `audio`, `document`, `sticker`, `location`, `contact`, `call`, `reaction` (text: the emoji, empty when it is taken
   * back), `edit` (text: the new one), `deleted`; else as WhatsApp names it (`protocol`, `pollCreation`, …).
   */
  kind: string;
  text?: string;
  /** Id of the quoted message. */
  quote?: string;
  /** Id of the message that a reaction, an edit or a deletion is about. */
  target?: string;
  media?: ShownMedia;
  location?: ShownLocation;
  contacts?: ShownContact[];
  call?: ShownCall;
}

/** What every kind of content may have. */
type Part = { text?: unknown; caption?: string | null; contextInfo?: proto.IContextInfo | null };

/** A message of any kind as a phone shows it. */
export function shownOf(message: proto.IMessage): Shown {
  const content = normalizeMessageContent(message) ?? message;
  const type = getContentType(content);
  if (!type) return { kind: 'unknown' };
  const { protocolMessage, reactionMessage } = content;
  if (type === 'conversation') return { kind: 'text', text: content.conversation ?? '' };
  if (protocolMessage) return shownProtocol(protocolMessage);
  if (reactionMessage) return present({ kind: 'reaction', text: reactionMessage.text ?? '', target: reactionMessage.key?.id });
  const part = content[type] as Part | null | undefined;
  return present({
    kind: kindOf(type),
    text: typeof part?.text === 'string' ? part.text : (part?.caption ?? undefined),
    quote: part?.contextInfo?.stanzaId,
    media: mediaOf(message),
    location: locationOf(content),
    contacts: contactsOf(content),
  });
}

/** Without what is not there. */
const present = (shown: { [Key in keyof Shown]: Shown[Key] | null | undefined }): Shown =>
  Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== undefined && value !== null)) as unknown as Shown;

function kindOf(type: string): string {
  if (type === 'extendedTextMessage') return 'text';
  if (type === 'contactsArrayMessage') return 'contact';
  return type === 'liveLocationMessage' ? 'location' : type.replace(/Message(V\d)?$/, '');
}

function shownProtocol({ type, key, editedMessage }: proto.Message.IProtocolMessage): Shown {
  if (type === REVOKE) return present({ kind: 'deleted', target: key?.id });
  if (type !== MESSAGE_EDIT || !editedMessage) return { kind: 'protocol' };
  return present({ kind: 'edit', text: shownOf(editedMessage).text, target: key?.id });
}

function mediaOf(message: proto.IMessage): ShownMedia | undefined {
  const found = fileOf(message);
  if (!found?.part.fileEncSha256?.length) return undefined;
  const { part } = found;
  const { seconds, ptt, gifPlayback, width, height } = part as proto.Message.IVideoMessage & proto.Message.IAudioMessage;
  const isViewOnce = Boolean(message.viewOnceMessage ?? message.viewOnceMessageV2 ?? message.viewOnceMessageV2Extension);
  return {
    url: `/media/${hashName(part.fileEncSha256 ?? Buffer.alloc(0))}`,
    mimetype: part.mimetype ?? 'application/octet-stream',
    size: Number(part.fileLength ?? 0),
    ...(part.fileName && { fileName: part.fileName }),
    ...(seconds && { seconds }),
    ...(ptt && { voice: true }),
    ...(gifPlayback && { gif: true }),
    ...(isViewOnce && { viewOnce: true }),
    ...(width && height && { width, height }),
  };
}

function locationOf({ locationMessage, liveLocationMessage }: proto.IMessage): ShownLocation | undefined {
  const at: proto.Message.ILocationMessage | null | undefined = locationMessage ?? liveLocationMessage;
  if (!at) return undefined;
  const { degreesLatitude: lat, degreesLongitude: lng, name, address } = at;
  return { lat: lat ?? 0, lng: lng ?? 0, ...(name && { name }), ...(address && { address }) };
}

function contactsOf({ contactMessage, contactsArrayMessage }: proto.IMessage): ShownContact[] | undefined {
  const cards = contactsArrayMessage?.contacts ?? (contactMessage && [contactMessage]);
  return cards?.map(({ displayName, vcard }) => ({ name: displayName ?? '', phones: phonesOf(vcard ?? '') }));
}

/** Telephone numbers of a vCard, as they are written there. */
function phonesOf(vcard: string): string[] {
  return vcard.split(/\r?\n/).flatMap((line) => /^(?:item\d+\.)?TEL[^:]*:(.+)$/i.exec(line)?.[1]?.trim() ?? []);
}
