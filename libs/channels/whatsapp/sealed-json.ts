import { BufferJSON, proto, type SignalDataTypeMap } from '@whiskeysockets/baileys';
import type { CompanyBox } from '../../vault/vault.js';

/** JSON that keeps bytes as bytes: libsignal takes `Buffer` and nothing else. */
export const toJson = (value: unknown): Buffer => Buffer.from(JSON.stringify(value, BufferJSON.replacer));
export const fromJson = (bytes: Uint8Array): unknown => JSON.parse(Buffer.from(bytes).toString(), BufferJSON.reviver);

export type KeyType = keyof SignalDataTypeMap;

/** Seals what a number keeps, each value for its place: a key that was moved to another channel or id does not open. */
export class SealedJson {
  constructor(
    private readonly box: CompanyBox,
    private readonly channel: string,
  ) {}

  sealCreds(creds: unknown): Buffer {
    return this.box.seal(toJson(creds), `wa-creds/${this.channel}`);
  }

  openCreds(sealed: Uint8Array): unknown {
    return fromJson(this.box.open(sealed, `wa-creds/${this.channel}`));
  }

  sealKey(type: KeyType, id: string, value: unknown): Buffer {
    return this.box.seal(toJson(value), `wa-key/${this.channel}/${type}/${id}`);
  }

  openKey<T extends KeyType>(type: T, id: string, sealed: Uint8Array): SignalDataTypeMap[T] {
    const value = fromJson(this.box.open(sealed, `wa-key/${this.channel}/${type}/${id}`));
    const typed = type === 'app-state-sync-key' ? proto.Message.AppStateSyncKeyData.fromObject(value as object) : value;
    return typed as SignalDataTypeMap[T];
  }

  sealPlaintext(plain: Uint8Array, sha: Buffer): Buffer {
    return this.box.seal(plain, `wa-plaintext/${this.channel}/${sha.toString('hex')}`);
  }

  openPlaintext(sealed: Uint8Array, sha: Buffer): Buffer {
    return this.box.open(sealed, `wa-plaintext/${this.channel}/${sha.toString('hex')}`);
  }
}
