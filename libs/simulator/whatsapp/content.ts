import { extractImageThumb, getAudioDuration, proto } from '@whiskeysockets/baileys';
import { SimulatorError } from './errors.js';
import type { Media } from './media/media.js';
import { MEDIA_KINDS, type MediaKind } from './media/media-crypto.js';
import type { ShownContact, ShownLocation } from './messages.js';

/** A file that a person or the owner sends. */
export interface FileToSend {
  bytes: Buffer;
  mimetype: string;
  fileName?: string;
  caption?: string;
  /** A voice note instead of a sound file. */
  voice?: boolean;
  /** Length of a sound or a film; of a sound it is measured if it is not given and the format is known. */
  seconds?: number;
  gif?: boolean;
  /** Image and video: linked devices get only a placeholder. */
  viewOnce?: boolean;
}

/** What a person or the owner writes: exactly one content. */
export interface MessageToSend extends Partial<Record<MediaKind, FileToSend>> {
  text?: string;
  location?: ShownLocation;
  contact?: ShownContact;
  /** Any other kind, as it is: polls, orders, what the client cannot know … Not by the control API. */
  other?: proto.IMessage;
  /** Id of the message that it quotes. */
  quote?: string;
  /** Id of the message itself; one that was sent before is sent again. */
  id?: string;
}

/** The quoted message and its author. */
export interface Quoted {
  id: string;
  authorJid: string;
  message: proto.IMessage;
}

/**
 * The message as a phone writes it; files go to the media host.
 * @param account number of the business that the file is for
 * @throws SimulatorError content_missing
 */
export async function messageOf(media: Media, account: string, content: MessageToSend, quoted?: Quoted): Promise<proto.IMessage> {
  const contextInfo = quoted && contextOf(quoted);
  const { text, location, contact, other } = content;
  if (other) return other;
  if (text !== undefined) return contextInfo ? { extendedTextMessage: { text, contextInfo } } : { conversation: text };
  if (location) return { locationMessage: { ...locationPart(location), contextInfo } };
  if (contact) return { contactMessage: { displayName: contact.name, vcard: vcardOf(contact), contextInfo } };
  const kind = MEDIA_KINDS.find((one) => content[one]);
  const file = kind && content[kind];
  if (!file) throw new SimulatorError('content_missing');
  const part = { ...media.send(account, kind, file.bytes, file.mimetype), ...(await PARTS[kind](file)), contextInfo };
  const message = proto.Message.create({ [`${kind}Message`]: part });
  if (file.viewOnce) return { viewOnceMessageV2: { message } };
  return kind === 'document' && file.caption ? { documentWithCaptionMessage: { message } } : message;
}

const contextOf = ({ id: stanzaId, authorJid: participant, message: quotedMessage }: Quoted): proto.IContextInfo => ({
  stanzaId,
  participant,
  quotedMessage,
});

const locationPart = ({ lat, lng, name, address }: ShownLocation): proto.Message.ILocationMessage => ({
  degreesLatitude: lat,
  degreesLongitude: lng,
  name,
  address,
});

/** A vCard 3.0 as phones write it: `waid` marks a number that has WhatsApp. */
function vcardOf({ name, phones }: ShownContact): string {
  const escaped = name.replaceAll(/[\\,;]/g, '\\$&').replaceAll('\n', ' ');
  const tels = phones.map((phone) => `TEL;type=CELL;waid=${phone.replaceAll(/\D/g, '')}:${phone}`);
  return ['BEGIN:VCARD', 'VERSION:3.0', `N:;${escaped};;;`, `FN:${escaped}`, ...tels, 'END:VCARD'].join('\n');
}

/** What a phone adds to the file itself. */
const PARTS: Record<MediaKind, (file: FileToSend) => Promise<object>> = {
  image: async ({ bytes, caption, viewOnce }) => ({ caption, viewOnce, ...(await thumbnail(bytes)) }),
  video: async ({ caption, seconds, gif, viewOnce }) => ({ caption, seconds, gifPlayback: gif, viewOnce }),
  audio: async ({ bytes, voice, seconds }) => ({ ptt: voice, seconds: seconds ?? (await lengthOf(bytes)) }),
  document: async ({ fileName, caption }) => ({ fileName, title: fileName, caption }),
  sticker: async () => ({}),
};

/** As `extractImageThumb` gives it, whose own type depends on an optional package. */
interface Thumbnail {
  buffer: Buffer;
  original: { width?: number; height?: number };
}

/** Small picture and size; nothing for what is no picture, which a phone would not send but a test may. */
async function thumbnail(bytes: Buffer): Promise<object> {
  try {
    const { buffer, original } = (await extractImageThumb(bytes)) as Thumbnail;
    return { jpegThumbnail: buffer, ...original };
  } catch {
    return {};
  }
}

/** Whole seconds; undefined for an unknown format. */
async function lengthOf(bytes: Buffer): Promise<number | undefined> {
  const length = await getAudioDuration(bytes).catch(() => undefined);
  return length && Math.round(length);
}
