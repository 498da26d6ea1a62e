import './quiet.js';
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, randomInt } from 'node:crypto';
import { generateSignalPubKey, proto, unpadRandomMax16 } from '@whiskeysockets/baileys';
import { type KeyPair, newKeyPair, sign, verify } from './keys.js';
import type { Store } from './store.js';

/** Signal's version 3, in both halves of the byte that starts a message. */
const VERSION = Buffer.from([0x33]);
const SIGNATURE_LENGTH = 64;
/** A chain is not turned further than that for one message, and no more keys of skipped messages are kept. */
const MAX_SKIPPED = 2000;
const MAX_CHAINS = 5;

interface Chain {
  keyId: number;
  /** Which message the chain key is for. */
  iteration: number;
  chainKey: Buffer;
}

/** Somebody else's chain: decrypts. */
interface TheirChain extends Chain {
  signingKey: Buffer;
  /** Seeds of messages that have not come yet. */
  skipped: { iteration: number; seed: Buffer }[];
}

/** The own chain: encrypts. */
interface OwnChain extends Chain {
  signing: KeyPair;
  /** Devices that have it. */
  sharedWith: string[];
}

const derive = (chainKey: Buffer, seed: number): Buffer => createHmac('sha256', chainKey).update(Buffer.from([seed])).digest();
const seedOf = ({ chainKey }: Chain): Buffer => derive(chainKey, 1);
const turned = ({ iteration, chainKey }: Chain) => ({ iteration: iteration + 1, chainKey: derive(chainKey, 2) });

function cipherKeys(seed: Buffer): { iv: Buffer; key: Buffer } {
  const bytes = Buffer.from(hkdfSync('sha256', seed, Buffer.alloc(32), 'WhisperGroup', 48));
  return { iv: bytes.subarray(0, 16), key: bytes.subarray(16) };
}

/**
 * Signal's sender keys of one phone: for each chat of many (a group, or the statuses) one chain that it encrypts with, and the chains
 * of those who write there. A chain reaches the others one by one, in a `senderKeyDistributionMessage`; each message is then one
 * ciphertext for all.
 */
export class SenderKeys {
  private readonly own = new Map<string, OwnChain>();
  private readonly theirs = new Map<string, TheirChain[]>();

  /** @param owner the phone's number: names its rows in the store */
  constructor(
    private readonly owner: string,
    private readonly store: Store,
  ) {}

  /** Whether that device was sent the own chain of that chat. */
  isSharedWith(chat: string, device: string): boolean {
    return this.own.get(chat)?.sharedWith.includes(device) ?? false;
  }

  /** The own chain as it is now, for a device that shall read what comes from here on. */
  share(chat: string, device: string): proto.Message.ISenderKeyDistributionMessage {
    const chain = this.chain(chat);
    if (!chain.sharedWith.includes(device)) chain.sharedWith.push(device);
    this.saveOwn(chat, chain);
    const { keyId: id, iteration, chainKey, signing } = chain;
    const content = proto.SenderKeyDistributionMessage.encode({ id, iteration, chainKey, signingKey: generateSignalPubKey(signing.public) });
    return { groupId: chat, axolotlSenderKeyDistributionMessage: Buffer.concat([VERSION, content.finish()]) };
  }

  /** Somebody has left: the next message begins a new chain, which that one does not get. */
  renew(chat: string): void {
    this.own.delete(chat);
    this.store.remove('senderKey', this.rowKey(chat));
  }

  /** @param padded a message as `encodeWAMessage` makes it */
  encrypt(chat: string, padded: Uint8Array): Buffer {
    const chain = this.chain(chat);
    const { iv, key } = cipherKeys(seedOf(chain));
    const cipher = createCipheriv('aes-256-cbc', key, iv);
    const ciphertext = Buffer.concat([cipher.update(padded), cipher.final()]);
    const content = proto.SenderKeyMessage.encode({ id: chain.keyId, iteration: chain.iteration, ciphertext }).finish();
    const signed = Buffer.concat([VERSION, content]);
    Object.assign(chain, turned(chain));
    this.saveOwn(chat, chain);
    return Buffer.concat([signed, sign(chain.signing, signed)]);
  }

  /** Takes an author's chain. One that is known goes on as it is: it can read what is still on the way. */
  take(chat: string, author: string, distribution: Uint8Array): void {
    const { id, iteration, chainKey, signingKey } = proto.SenderKeyDistributionMessage.decode(distribution.slice(1));
    if (!chainKey || !signingKey) throw new Error('a sender key without a key');
    const known = this.theirs.get(this.name(chat, author)) ?? [];
    if (known.some(({ keyId }) => keyId === (id ?? 0))) return;
    const [key, signing] = [Buffer.from(chainKey), Buffer.from(signingKey)];
    const chain: TheirChain = { keyId: id ?? 0, iteration: iteration ?? 0, chainKey: key, signingKey: signing, skipped: [] };
    this.saveTheirs(chat, author, [...known, chain].slice(-MAX_CHAINS));
  }

  /** Forgets an author's chains: the phone can no longer read that author in that chat. */
  forget(chat: string, author: string): void {
    this.theirs.delete(this.name(chat, author));
    this.store.remove('senderKey', this.rowKey(chat, author));
  }

  /** @throws Error if the chain is unknown, the signature wrong, or the message was read before; the chain is then as it was */
  decrypt(chat: string, author: string, message: Buffer): proto.Message {
    const signed = message.subarray(0, -SIGNATURE_LENGTH);
    const { id, iteration, ciphertext } = proto.SenderKeyMessage.decode(signed.subarray(1));
    const chains = this.theirs.get(this.name(chat, author)) ?? [];
    const chain = chains.find(({ keyId }) => keyId === (id ?? 0));
    if (!chain) throw new Error('no sender key for that message');
    if (!verify(chain.signingKey, signed, message.subarray(-SIGNATURE_LENGTH))) throw new Error('wrong signature');
    const { seed, after } = advance(chain, iteration ?? 0);
    const { iv, key } = cipherKeys(seed);
    const decipher = createDecipheriv('aes-256-cbc', key, iv);
    const padded = Buffer.concat([decipher.update(ciphertext ?? Buffer.alloc(0)), decipher.final()]);
    Object.assign(chain, after);
    this.saveTheirs(chat, author, chains);
    return proto.Message.decode(unpadRandomMax16(padded));
  }

  /** Forgets all chains. */
  clear(): void {
    for (const chat of [...this.own.keys()]) this.renew(chat);
    for (const name of [...this.theirs.keys()]) {
      const [chat = '', author = ''] = name.split('>');
      this.forget(chat, author);
    }
  }

  /** Takes over a row that the store kept. */
  restore(chat: string, author: string, row: unknown): void {
    if (author) this.theirs.set(this.name(chat, author), row as TheirChain[]);
    else this.own.set(chat, row as OwnChain);
  }

  private chain(chat: string): OwnChain {
    const known = this.own.get(chat);
    if (known) return known;
    const created = { keyId: randomInt(2 ** 31 - 1), iteration: 0, chainKey: randomBytes(32), signing: newKeyPair(), sharedWith: [] };
    this.own.set(chat, created);
    return created;
  }

  private saveOwn(chat: string, chain: OwnChain): void {
    this.store.put('senderKey', this.rowKey(chat), () => chain);
  }

  private saveTheirs(chat: string, author: string, chains: TheirChain[]): void {
    this.theirs.set(this.name(chat, author), chains);
    this.store.put('senderKey', this.rowKey(chat, author), () => chains);
  }

  private name(chat: string, author: string): string {
    return `${chat}>${author}`;
  }

  private rowKey(chat: string, author = ''): string {
    return `${this.owner}>${chat}>${author}`;
  }
}

/** The seed of a message, and the chain after it. @throws Error if its key is used up or too far ahead */
function advance(chain: TheirChain, iteration: number): { seed: Buffer; after: Partial<TheirChain> } {
  const kept = chain.skipped.find((one) => one.iteration === iteration);
  if (kept) return { seed: kept.seed, after: { skipped: chain.skipped.filter((one) => one !== kept) } };
  if (iteration < chain.iteration) throw new Error('that message was read before');
  if (iteration - chain.iteration > MAX_SKIPPED) throw new Error('too far ahead');
  const skipped = [...chain.skipped];
  let at: Chain = chain;
  for (; at.iteration < iteration; at = { ...at, ...turned(at) }) skipped.push({ iteration: at.iteration, seed: seedOf(at) });
  return { seed: seedOf(at), after: { ...turned(at), skipped: skipped.slice(-MAX_SKIPPED) } };
}
