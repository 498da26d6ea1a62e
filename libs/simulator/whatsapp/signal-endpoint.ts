import './quiet.js';
import { randomInt } from 'node:crypto';
import { encodeBigEndian, generateSignalPubKey, proto, signedKeyPair, unpadRandomMax16 } from '@whiskeysockets/baileys';
import * as libsignal from 'libsignal';
import { type KeyPair, newKeyPair } from './keys.js';
import { SenderKeys } from './sender-keys.js';
import { type Stanza, stanza } from './stanza.js';
import type { Store } from './store.js';

export interface SignedPreKey {
  id: number;
  public: Buffer;
  signature: Buffer;
}

/** What another device needs to start a session. Keys are 32 bytes, without Signal's type byte. */
export interface KeyBundle {
  registrationId: number;
  identity: Buffer;
  signedPreKey: SignedPreKey;
  preKey?: { id: number; public: Buffer };
}

/** The secrets that make a phone that phone. */
export interface EndpointKeys {
  identity: KeyPair;
  registrationId: number;
  signedPreKey: SignedPreKey & { private: Buffer };
}

interface StoredSession {
  record: libsignal.SessionRecord;
  /** The record as it was last stored: a failed decryption spoils the live one. */
  snapshot: unknown;
}

const prefixed = (key: Uint8Array): Buffer => Buffer.from(generateSignalPubKey(key));
const recordOf = (snapshot: unknown) => libsignal.SessionRecord.deserialize(snapshot as Uint8Array);

export function newEndpointKeys(): EndpointKeys {
  const identity = newKeyPair();
  const { keyPair, signature, keyId } = signedKeyPair(identity, 1);
  const [secret, open] = [Buffer.from(keyPair.private), Buffer.from(keyPair.public)];
  const signedPreKey = { id: keyId, private: secret, public: open, signature: Buffer.from(signature) };
  return { identity, registrationId: randomInt(1, 16_380), signedPreKey };
}

/** One phone's end of Signal: identity, one-time keys and a session for each linked device that it talks to (`number:device`). */
export class SignalEndpoint {
  /** What it uses in groups and for statuses. */
  readonly senderKeys: SenderKeys;
  private readonly sessions = new Map<string, StoredSession>();
  private readonly preKeys = new Map<number, KeyPair>();
  private nextPreKey = 1;
  private turn: Promise<unknown> = Promise.resolve();

  /** @param owner the phone's number: names its rows in the store */
  constructor(
    readonly owner: string,
    private readonly store: Store,
    public keys: EndpointKeys = newEndpointKeys(),
  ) {
    this.senderKeys = new SenderKeys(owner, store);
  }

  /** Takes over what the store kept of this endpoint. */
  restoreSession(remote: string, snapshot: unknown): void {
    this.sessions.set(remote, { record: recordOf(snapshot), snapshot });
  }

  restorePreKey(id: number, pair: KeyPair): void {
    this.preKeys.set(id, pair);
    this.nextPreKey = Math.max(this.nextPreKey, id + 1);
  }

  /** A new installation: other keys, no sessions. Whoever keeps the endpoint saves `keys`. */
  renew(): void {
    for (const remote of [...this.sessions.keys()]) this.dropSession(remote);
    for (const id of this.preKeys.keys()) this.store.remove('phonePreKey', `${this.owner}>${id}`);
    this.preKeys.clear();
    this.senderKeys.clear();
    this.keys = newEndpointKeys();
  }

  /** One task after another: two messages written at once must not each start a session. */
  inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = this.turn.then(task);
    this.turn = result.catch(() => undefined);
    return result;
  }

  /** A bundle with a fresh one-time key. */
  bundle(): KeyBundle {
    const id = this.nextPreKey++;
    const pair = newKeyPair();
    this.preKeys.set(id, pair);
    this.store.put('phonePreKey', `${this.owner}>${id}`, () => pair);
    const { identity, registrationId, signedPreKey } = this.keys;
    return { registrationId, identity: identity.public, signedPreKey, preKey: { id, public: pair.public } };
  }

  hasSession(remote: string): boolean {
    return this.sessions.get(remote)?.record.haveOpenSession() ?? false;
  }

  dropSession(remote: string): void {
    this.sessions.delete(remote);
    this.store.remove('session', `${this.owner}>${remote}`);
  }

  async startSession(remote: string, bundle: KeyBundle): Promise<void> {
    const { registrationId, identity, signedPreKey, preKey } = bundle;
    const { id: keyId, public: publicKey, signature } = signedPreKey;
    const session = {
      registrationId,
      identityKey: prefixed(identity),
      signedPreKey: { keyId, publicKey: prefixed(publicKey), signature },
      ...(preKey && { preKey: { keyId: preKey.id, publicKey: prefixed(preKey.public) } }),
    };
    await new libsignal.SessionBuilder(this.storage(remote), this.address(remote)).initOutgoing(
      session as Parameters<libsignal.SessionBuilder['initOutgoing']>[0], // preKey may be absent, whatever the types say
    );
  }

  /** @param padded a message as `encodeWAMessage` makes it */
  async encrypt(remote: string, padded: Uint8Array): Promise<{ type: 'pkmsg' | 'msg'; ciphertext: Buffer }> {
    const { type, body } = await this.cipher(remote).encrypt(padded);
    return { type: type === 3 ? 'pkmsg' : 'msg', ciphertext: Buffer.from(body) };
  }

  /** @throws what libsignal throws; the session is then as it was before */
  async decrypt(remote: string, type: string, ciphertext: Buffer): Promise<proto.Message> {
    const before = this.sessions.get(remote)?.snapshot;
    try {
      const cipher = this.cipher(remote);
      const padded =
        type === 'pkmsg' ? await cipher.decryptPreKeyWhisperMessage(ciphertext) : await cipher.decryptWhisperMessage(ciphertext);
      return proto.Message.decode(unpadRandomMax16(padded));
    } catch (error) {
      if (before) this.restoreSession(remote, before);
      else this.sessions.delete(remote);
      throw error;
    }
  }

  private cipher(remote: string) {
    return new libsignal.SessionCipher(this.storage(remote), this.address(remote));
  }

  /** libsignal queues by address over the whole process: with the owner in it, phones do not wait for each other. */
  private address(remote: string) {
    const [user, device] = remote.split(':');
    return new libsignal.ProtocolAddress(`${this.owner}>${user}`, Number(device));
  }

  private storage(remote: string): libsignal.SignalStorage {
    const { identity, registrationId, signedPreKey } = this.keys;
    return {
      loadSession: async () => this.sessions.get(remote)?.record,
      storeSession: async (_address, record) => {
        const stored = { record, snapshot: record.serialize() };
        this.sessions.set(remote, stored);
        this.store.put('session', `${this.owner}>${remote}`, () => stored.snapshot);
      },
      isTrustedIdentity: () => true,
      loadPreKey: async (id) => {
        const pair = this.preKeys.get(Number(id));
        return pair && { privKey: pair.private, pubKey: prefixed(pair.public) };
      },
      removePreKey: (id) => {
        this.preKeys.delete(id);
        this.store.remove('phonePreKey', `${this.owner}>${id}`);
      },
      loadSignedPreKey: () => ({ privKey: signedPreKey.private, pubKey: prefixed(signedPreKey.public) }),
      getOurRegistrationId: () => registrationId,
      getOurIdentity: () => ({ privKey: identity.private, pubKey: prefixed(identity.public) }),
    };
  }
}

/** The children of a bundle as the key server and retry receipts carry them. */
export function bundleStanzas({ registrationId, identity, signedPreKey, preKey }: KeyBundle): Record<
  'registration' | 'type' | 'identity' | 'skey',
  Stanza
> & { key?: Stanza } {
  const id = (value: number) => stanza('id', {}, encodeBigEndian(value, 3));
  const value = (key: Buffer) => stanza('value', {}, key);
  const signature = stanza('signature', {}, signedPreKey.signature);
  return {
    registration: stanza('registration', {}, encodeBigEndian(registrationId)),
    type: stanza('type', {}, Buffer.from([5])),
    identity: stanza('identity', {}, identity),
    skey: stanza('skey', {}, [id(signedPreKey.id), value(signedPreKey.public), signature]),
    ...(preKey && { key: stanza('key', {}, [id(preKey.id), value(preKey.public)]) }),
  };
}
