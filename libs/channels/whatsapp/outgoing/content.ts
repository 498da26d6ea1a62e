import type { AnyMessageContent } from '@whiskeysockets/baileys';
import { isMediaKind, type MessageDetails, type SendableKind } from '../../../domain/message/details.js';
import type { SendOrder } from '../store.js';
import { vcardOf } from './vcard.js';

/** A row that cannot be sent as it is, whatever is tried. */
export class Unsendable extends Error {
  override readonly name = 'Unsendable';

  /** @param cause of `sendCauses` */
  constructor(override readonly cause: string) {
    super(cause);
  }
}

/** What a builder makes a message of. `bytes` only where the kind carries a file. */
interface Material {
  order: SendOrder;
  details: MessageDetails;
  bytes: Buffer;
}

/** Not computed: the client would look for image and sound libraries that are not installed. */
const NOTHING = null as unknown as undefined;

const captionOf = ({ text }: SendOrder) => (text ? { caption: text } : {});
const mimetypeOf = ({ order, details }: Material): string => order.file?.mimetype ?? details.media?.mimetype ?? 'application/octet-stream';
const sizeOf = ({ media }: MessageDetails) => (media?.width && media.height ? { width: media.width, height: media.height } : {});

/** Why only Ogg with Opus plays as a voice note on every phone: whatever else is sent as an ordinary sound. */
const isVoice = (material: Material): boolean => material.details.media?.voice === true && /^audio\/ogg\b/.test(mimetypeOf(material));

type Builder = (material: Material) => AnyMessageContent;

/** One builder a kind. Texts never fetch a preview of what they link to. */
const builders: Readonly<Record<SendableKind, Builder>> = {
  text: ({ order }) => ({ text: order.text, linkPreview: null }),
  image: (material) => ({
    image: material.bytes, mimetype: mimetypeOf(material), jpegThumbnail: NOTHING, ...captionOf(material.order), ...sizeOf(material.details),
  }),
  video: (material) => ({
    video: material.bytes, mimetype: mimetypeOf(material), jpegThumbnail: NOTHING, ...captionOf(material.order), ...sizeOf(material.details),
    ...(material.details.media?.gif ? { gifPlayback: true } : {}),
    ...(material.details.media?.seconds === undefined ? {} : { seconds: Math.round(material.details.media.seconds) }),
  }),
  audio: (material) => ({
    audio: material.bytes, waveform: NOTHING, ptt: isVoice(material),
    mimetype: isVoice(material) ? 'audio/ogg; codecs=opus' : mimetypeOf(material),
    seconds: Math.round(material.details.media?.seconds ?? 0),
  }),
  document: (material) => ({
    document: material.bytes, mimetype: mimetypeOf(material), ...captionOf(material.order),
    fileName: material.order.file?.fileName ?? material.details.media?.fileName ?? 'archivo',
  }),
  sticker: (material) => ({ sticker: material.bytes, mimetype: mimetypeOf(material), ...sizeOf(material.details) }),
  location: ({ details: { location } }) => {
    if (!location) throw new Unsendable('kind-not-sendable');
    const { latitude, longitude, name, address } = location;
    return { location: { degreesLatitude: latitude, degreesLongitude: longitude, ...(name ? { name } : {}), ...(address ? { address } : {}) } };
  },
  contact: ({ details: { contacts = [] } }) => {
    const [first] = contacts;
    if (!first) throw new Unsendable('kind-not-sendable');
    return { contacts: { displayName: first.name, contacts: contacts.map((card) => ({ displayName: card.name, vcard: vcardOf(card) })) } };
  },
  // The key's chat is filled in by whoever knows the address that is written to.
  reaction: ({ order }) => {
    if (!order.about) throw new Unsendable('target-missing');
    return { react: { text: order.text, key: { id: order.about.waId, fromMe: order.about.fromMe } } };
  },
};

/** The kinds that a row may have to be sent. */
export const isSendable = (kind: string): kind is SendableKind => Object.hasOwn(builders, kind);

/** Whether a row's file has to be at hand to make its message. */
export const carriesFile = ({ kind }: Pick<SendOrder, 'kind'>): boolean => isMediaKind(kind);

/**
 * Pure: what the client is given to make a row's message of.
 * @param bytes of its file, if it carries one
 * @throws Unsendable for a row that no message can be made of
 */
export function contentOf(order: SendOrder, bytes: Buffer = Buffer.alloc(0)): AnyMessageContent {
  if (!isSendable(order.kind)) throw new Unsendable('kind-not-sendable');
  return builders[order.kind]({ order, details: order.details ?? {}, bytes });
}
