import { randomBytes } from 'node:crypto';
import { jidDecode, type BinaryNode } from '@whiskeysockets/baileys';

/** One XML-like unit of WhatsApp's protocol: `<tag attr="…">content</tag>`. */
export type Stanza = BinaryNode;

/** Address of the server itself: a jid without a user. */
export const SERVER = '@s.whatsapp.net';

/** Address of all statuses. */
export const STATUSES = 'status@broadcast';

/** Builds a stanza; attributes that are undefined are left out (another type than string would corrupt the frame). */
export function stanza(
  tag: string,
  attrs: Record<string, string | undefined> = {},
  content?: Stanza[] | Uint8Array,
): Stanza {
  const present = Object.entries(attrs).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { tag, attrs: Object.fromEntries(present), ...(content ? { content } : {}) };
}

/** Child stanzas, in order, optionally only those with that tag. */
export function children(node: Stanza | undefined, tag?: string): Stanza[] {
  const all = Array.isArray(node?.content) ? node.content : [];
  return tag ? all.filter((one) => one.tag === tag) : all;
}

export const child = (node: Stanza | undefined, tag: string): Stanza | undefined => children(node, tag)[0];

/** A stanza's content as bytes: short texts travel packed and arrive as a string. */
export function bytes(node: Stanza | undefined): Buffer {
  const content = node?.content;
  if (typeof content === 'string') return Buffer.from(content);
  return content instanceof Uint8Array ? Buffer.from(content) : Buffer.alloc(0);
}

/** Big-endian unsigned integer of up to 6 bytes. */
export const integer = (data: Uint8Array): number => data.reduce((sum, byte) => sum * 256 + byte, 0);

/** Now, in WhatsApp's seconds since 1970, as an attribute. */
export const seconds = (atMs = Date.now()): string => String(Math.floor(atMs / 1000));

/** A message or stanza id as phones make them. */
export const newId = (): string => `3EB0${randomBytes(9).toString('hex').toUpperCase()}`;

/** User part of a jid (`user:device@server`), empty if there is none. */
export const userOf = (jid: string | undefined): string => jidDecode(jid)?.user ?? '';

/** Device of a jid: 0 is the phone. */
export const deviceOf = (jid: string | undefined): number => jidDecode(jid)?.device ?? 0;

export const isLid = (jid: string): boolean => jid.endsWith('@lid');

export const isPhoneJid = (jid: string): boolean => jid.endsWith('@s.whatsapp.net');
