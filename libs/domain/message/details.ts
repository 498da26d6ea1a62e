/**
 * What a message holds beside its text: JSON in `messages.details`, written by the gateway for what comes and by whoever makes a row for
 * what goes out. Its kind says which of these to expect; a text has none.
 */
export interface MessageDetails {
  /** The message that this one quotes. */
  quote?: Quote;
  /** WhatsApp's id of the message that a reaction, an edit or a deletion is about. */
  target?: string;
  media?: Media;
  location?: Location;
  contacts?: ContactCard[];
  /** Why nobody can read it, for kind `unreadable` and for an edit whose text did not come. */
  unreadable?: UnreadableReason;
  /** A call that was refused. */
  call?: { video: boolean };
}

/** `text` and `kind` as the quoting phone told them: the quoted message itself may be older than our rows. */
export interface Quote {
  waId: string;
  kind: string;
  text?: string;
  /** Whether the business wrote it. */
  fromMe: boolean;
}

/** Facts of a file as its sender told them; what was really fetched is in the row of `media_files`. */
export interface Media {
  mimetype: string;
  /** Bytes. */
  size?: number;
  fileName?: string;
  /** Length of a sound or a film. */
  seconds?: number;
  /** A voice note, recorded in the chat. */
  voice?: boolean;
  /** A film that repeats without sound. */
  gif?: boolean;
  width?: number;
  height?: number;
}

export interface Location {
  /** Degrees, WGS 84. */
  latitude: number;
  longitude: number;
  name?: string;
  address?: string;
  /** It moved while it was shared: this is where it began. */
  live?: boolean;
}

export interface ContactCard {
  name: string;
  /** As the card has them. */
  phones: string[];
}

/**
 * no-text: the phone never told it · decrypt: it could not be decrypted, and asking again did not help · view-once: only the phone may
 * show it · unsupported: a kind that this version does not know · edit-unreadable: an edit whose new text could not be read.
 */
export type UnreadableReason = 'no-text' | 'decrypt' | 'view-once' | 'unsupported' | 'edit-unreadable';

/** Kinds that carry a file. */
export const mediaKinds = ['image', 'video', 'audio', 'document', 'sticker'] as const;
export type MediaKind = (typeof mediaKinds)[number];
export const isMediaKind = (kind: string): kind is MediaKind => (mediaKinds as readonly string[]).includes(kind);

/** Kinds that an agent or a workflow may send. */
export const sendableKinds = ['text', ...mediaKinds, 'location', 'contact', 'reaction'] as const;
export type SendableKind = (typeof sendableKinds)[number];
