import { BufferJSON, proto, type SignalDataTypeMap } from '@whiskeysockets/baileys';
import type { CompanyBox } from '../../vault/vault.js';

/** JSON that keeps bytes as bytes: libsignal takes `Buffer` and nothing else. */
export const toJson = (value: unknown): string => JSON.stringify(value, BufferJSON.replacer);
/** Most of what is kept holds no bytes; looking for some takes ten times as long as reading it. */
export const fromJson = (text: string): unknown => (text.includes('"Buffer"') ? JSON.parse(text, BufferJSON.reviver) : JSON.parse(text));

export type KeyType = keyof SignalDataTypeMap;

/** A key as the client needs it, from its text; a new object each time. */
export function keyFrom<T extends KeyType>(type: T, text: string): SignalDataTypeMap[T] {
  const value = fromJson(text);
  const typed = type === 'app-state-sync-key' ? proto.Message.AppStateSyncKeyData.fromObject(value as object) : value;
  return typed as SignalDataTypeMap[T];
}

/** Seals what a number keeps, each value for its place: a key that was moved to another channel or id does not open. */
export class SealedJson {
  constructor(
    private readonly box: CompanyBox,
    private readonly channel: string,
  ) {}

  sealCreds(creds: unknown): Buffer {
    return this.box.seal(Buffer.from(toJson(creds)), `wa-creds/${this.channel}`);
  }

  openCreds(sealed: Uint8Array): unknown {
    return fromJson(this.box.open(sealed, `wa-creds/${this.channel}`).toString());
  }

  /** @param text JSON of the key */
  sealKey(type: string, id: string, text: string): Buffer {
    return this.box.seal(Buffer.from(text), `wa-key/${this.channel}/${type}/${id}`);
  }

  /** @returns the JSON that was sealed */
  openKey(type: string, id: string, sealed: Uint8Array): string {
    return this.box.open(sealed, `wa-key/${this.channel}/${type}/${id}`).toString();
  }

  sealPlaintext(plain: Uint8Array, sha: Buffer): Buffer {
    return this.box.seal(plain, `wa-plaintext/${this.channel}/${sha.toString('hex')}`);
  }

  openPlaintext(sealed: Uint8Array, sha: Buffer): Buffer {
    return this.box.open(sealed, `wa-plaintext/${this.channel}/${sha.toString('hex')}`);
  }
}
