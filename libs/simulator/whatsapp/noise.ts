import { createCipheriv, createDecipheriv, createHash, hkdfSync } from 'node:crypto';
import { proto } from '@whiskeysockets/baileys';
import type { CertificateAuthority } from './certificates.js';
import { agree, newKeyPair } from './keys.js';

/** 32 bytes, therefore hash, chaining key and first key as it stands. */
const PROTOCOL = Buffer.from('Noise_XX_25519_AESGCM_SHA256\0\0\0\0');
const EMPTY = Buffer.alloc(0);
const TAG_LENGTH = 16;

function nonce(counter: number): Buffer {
  const iv = Buffer.alloc(12);
  iv.writeUInt32BE(counter, 8);
  return iv;
}

function seal(key: Uint8Array, counter: number, aad: Uint8Array, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce(counter));
  cipher.setAAD(aad);
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function open(key: Uint8Array, counter: number, aad: Uint8Array, data: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce(counter));
  decipher.setAAD(aad);
  decipher.setAuthTag(data.subarray(data.length - TAG_LENGTH));
  return Buffer.concat([decipher.update(data.subarray(0, data.length - TAG_LENGTH)), decipher.final()]);
}

/** The server's side of the Noise XX handshake of WhatsApp's linked devices, and of the transport after it. */
export class NoiseResponder {
  private hash = PROTOCOL;
  private chainingKey = PROTOCOL;
  private key = PROTOCOL;
  private counter = 0;
  private readonly ephemeral = newKeyPair();
  private receiveKey?: Buffer;
  private sendKey?: Buffer;
  private received = 0;
  private sent = 0;
  /** The device's Noise key, known after `finish`: it identifies the device at each login. */
  clientKey: Buffer = EMPTY;

  constructor(private readonly authority: CertificateAuthority) {}

  /** Answers the client's hello: `-> e`, `<- e, ee, s, es`. */
  hello(prologue: Buffer, message: Uint8Array): Buffer {
    const clientEphemeral = Buffer.from(proto.HandshakeMessage.decode(message).clientHello?.ephemeral ?? EMPTY);
    for (const part of [prologue, clientEphemeral, this.ephemeral.public]) this.mixHash(part);
    this.mixKey(agree(this.ephemeral, clientEphemeral));
    const sealedKey = this.sealHandshake(this.authority.serverKey.public);
    this.mixKey(agree(this.authority.serverKey, clientEphemeral));
    const payload = this.sealHandshake(this.authority.chain);
    const serverHello = { ephemeral: this.ephemeral.public, static: sealedKey, payload };
    return Buffer.from(proto.HandshakeMessage.encode({ serverHello }).finish());
  }

  /** Ends the handshake: `-> s, se`; returns what the client wants (to register or to log in). */
  finish(message: Uint8Array): proto.ClientPayload {
    const finish = proto.HandshakeMessage.decode(message).clientFinish;
    this.clientKey = this.openHandshake(finish?.static ?? EMPTY);
    this.mixKey(agree(this.ephemeral, this.clientKey));
    const payload = this.openHandshake(finish?.payload ?? EMPTY);
    const keys = Buffer.from(hkdfSync('sha256', EMPTY, this.chainingKey, EMPTY, 64));
    this.receiveKey = keys.subarray(0, 32);
    this.sendKey = keys.subarray(32);
    return proto.ClientPayload.decode(payload);
  }

  /** Transport after the handshake. Frames must be sealed in the order in which they are sent: the counter is the nonce. */
  encrypt(plain: Uint8Array): Buffer {
    return seal(this.sendKey ?? EMPTY, this.sent++, EMPTY, plain);
  }

  decrypt(data: Uint8Array): Buffer {
    return open(this.receiveKey ?? EMPTY, this.received++, EMPTY, data);
  }

  private mixHash(data: Uint8Array): void {
    this.hash = createHash('sha256').update(this.hash).update(data).digest();
  }

  private mixKey(secret: Uint8Array): void {
    const output = Buffer.from(hkdfSync('sha256', secret, this.chainingKey, EMPTY, 64));
    this.chainingKey = output.subarray(0, 32);
    this.key = output.subarray(32);
    this.counter = 0;
  }

  private sealHandshake(plain: Uint8Array): Buffer {
    const sealed = seal(this.key, this.counter++, this.hash, plain);
    this.mixHash(sealed);
    return sealed;
  }

  private openHandshake(sealed: Uint8Array): Buffer {
    const plain = open(this.key, this.counter++, this.hash, sealed);
    this.mixHash(sealed);
    return plain;
  }
}
