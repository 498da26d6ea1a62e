import { describe, expect, it, vi } from 'vitest';
import { encodeWAMessage, proto } from '@whiskeysockets/baileys';
import { CertificateAuthority, defaultRootKey } from './certificates.js';
import { Deframer, frame } from './framing.js';
import { newKeyPair, sign, verify } from './keys.js';
import { SIMULATOR_ROOT_PUBLIC_KEY } from './root-key.js';
import { newEndpointKeys, SignalEndpoint } from './signal-endpoint.js';
import { Store } from './store.js';

describe('the root of the certificates', () => {
  it('is the fixed key that clients are told to trust', () => {
    expect(defaultRootKey().public.toString('hex')).toBe(SIMULATOR_ROOT_PUBLIC_KEY);
    expect(new CertificateAuthority().root.public.toString('hex')).toBe(SIMULATOR_ROOT_PUBLIC_KEY);
  });

  it('signs so that its public half verifies', () => {
    const root = defaultRootKey();
    const signature = sign(root, Buffer.from('datos'));
    expect(verify(root.public, Buffer.from('datos'), signature)).toBe(true);
    expect(verify(root.public, Buffer.from('otros'), signature)).toBe(false);
  });

  it('signs an intermediate, which signs the key of the server', () => {
    const authority = new CertificateAuthority();
    const { intermediate, leaf } = proto.CertChain.decode(authority.chain);
    const details = (certificate: typeof leaf) =>
      proto.CertChain.NoiseCertificate.Details.decode(certificate?.details ?? Buffer.alloc(0));
    const isSigned = (certificate: typeof leaf, by: Uint8Array | null | undefined) =>
      verify(by ?? Buffer.alloc(32), certificate?.details ?? Buffer.alloc(0), certificate?.signature ?? Buffer.alloc(0));

    expect(isSigned(intermediate, authority.root.public)).toBe(true);
    expect(isSigned(intermediate, newKeyPair().public)).toBe(false);
    expect(isSigned(leaf, details(intermediate).key)).toBe(true);
    expect([details(intermediate).issuerSerial, details(leaf).issuerSerial]).toEqual([0, 1]);
    expect(Buffer.from(details(leaf).key ?? [])).toEqual(authority.serverKey.public);
  });
});

describe('frames', () => {
  const prologue = Buffer.from([0x57, 0x41, 6, 3]);
  const routing = Buffer.concat([Buffer.from('ED'), Buffer.from([0, 1, 0, 0, 3]), Buffer.from('abc')]);

  it.each([0, 1])('are cut from the stream wherever its pieces end (routing info: %i)', (withRouting) => {
    const payloads = [Buffer.from('uno'), Buffer.alloc(2_000, 7), Buffer.alloc(0)];
    const stream = Buffer.concat([...(withRouting ? [routing] : []), prologue, ...payloads.map(frame)]);
    for (const size of [1, 5, 512, stream.length]) {
      const deframer = new Deframer();
      const frames: Buffer[] = [];
      for (let at = 0; at < stream.length; at += size) frames.push(...deframer.push(stream.subarray(at, at + size)));
      expect(frames).toEqual(payloads);
      expect(deframer.prologue).toEqual(prologue);
    }
  });

  it('of something that is no WhatsApp client are refused', () => {
    expect(() => new Deframer().push(Buffer.from('GET / HTTP/1.1'))).toThrow('does not begin with WA');
  });
});

describe('a Signal endpoint', () => {
  const text = (endpointText: string) => encodeWAMessage(proto.Message.fromObject({ conversation: endpointText }));

  it('is not spoilt by a ciphertext that it cannot read', async () => {
    const store = new Store();
    const [one, two, stranger] = ['1', '2', '3'].map((owner) => new SignalEndpoint(owner, store, newEndpointKeys()));
    if (!one || !two || !stranger) throw new Error('three endpoints');
    await one.startSession('2:0', two.bundle());
    const hello = await one.encrypt('2:0', text('hola'));
    await two.decrypt('1:0', hello.type, hello.ciphertext);
    const answer = await two.encrypt('1:0', text('buenas'));
    await one.decrypt('2:0', answer.type, answer.ciphertext);

    await stranger.startSession('2:0', two.bundle());
    const foreign = await stranger.encrypt('2:0', text('ajeno'));
    await expect(two.decrypt('1:0', 'msg', Buffer.from(foreign.ciphertext))).rejects.toThrow();
    const next = await one.encrypt('2:0', text('sigue'));

    expect((await two.decrypt('1:0', next.type, next.ciphertext)).conversation).toBe('sigue');
  });

  it('prints no key, whatever libsignal prints', async () => {
    const printed = vi.spyOn(process.stdout, 'write');
    const failed = vi.spyOn(process.stderr, 'write');
    const store = new Store();
    const [one, two] = [new SignalEndpoint('1', store), new SignalEndpoint('2', store)];
    for (let round = 0; round < 3; round++) {
      await one.startSession('2:0', two.bundle());
      const hello = await one.encrypt('2:0', text('hola'));
      await two.decrypt('1:0', hello.type, hello.ciphertext);
    }
    const output = [...printed.mock.calls, ...failed.mock.calls].map(([chunk]) => String(chunk)).join('');
    expect(output).not.toMatch(/privKey|SessionEntry|Closing/);
    printed.mockRestore();
    failed.mockRestore();
  });
});
