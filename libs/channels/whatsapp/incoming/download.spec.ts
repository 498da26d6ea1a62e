import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { getMediaKeys } from '@whiskeysockets/baileys';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { download, type EncryptedFile } from './download.js';

const HOST = 'media.example:4430';
const limits = { bytes: 1_000, ms: 5_000 };
const content = Buffer.from('un comprobante de pago');
const mediaKey = randomBytes(32);

async function encrypted(bytes: Buffer): Promise<Buffer> {
  const { iv, cipherKey, macKey } = await getMediaKeys(mediaKey, 'image');
  const cipher = createCipheriv('aes-256-cbc', cipherKey, iv);
  const ciphertext = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([ciphertext, createHmac('sha256', macKey!).update(iv).update(ciphertext).digest().subarray(0, 10)]);
}
const file = (more: Partial<EncryptedFile> = {}): EncryptedFile => ({
  type: 'image', mediaKey, directPath: '/v/t62/a?oh=1', fileSha256: createHash('sha256').update(content).digest(), ...more,
});
const asked: string[] = [];
/** The media host's answer: global `fetch` is the border of this process. */
const hostAnswers = (answer: () => Response | Promise<Response>) =>
  vi.spyOn(globalThis, 'fetch').mockImplementation((url) => {
    asked.push((url as URL).href);
    return Promise.resolve(answer());
  });

afterEach(() => {
  vi.restoreAllMocks();
  asked.length = 0;
});

describe('fetching a file', () => {
  it('takes the encryption off', async () => {
    const bytes = await encrypted(content);
    hostAnswers(() => new Response(new Uint8Array(bytes)));
    expect(await download(file(), HOST, limits)).toEqual({ bytes: content });
    expect(asked).toEqual(['https://media.example:4430/v/t62/a?oh=1']);
  });

  it.each<[string, Partial<EncryptedFile>]>([
    ['no place', { directPath: null }],
    ['no key', { mediaKey: null }],
    ['another host in the path', { directPath: '//evil.example/a' }],
    ['a whole address in the path', { directPath: 'http://169.254.169.254/latest/meta-data' }],
  ])('goes nowhere with %s', async (_name, more) => {
    hostAnswers(() => new Response('x'));
    expect(await download(file(more), HOST, limits)).toEqual({ failure: 'no-file' });
    expect(asked).toEqual([]);
  });

  it('goes to the media host whatever host the sender names', async () => {
    hostAnswers(() => new Response('x'));
    await download(file({ directPath: null, url: 'http://169.254.169.254/latest' }), HOST, limits);
    await download(file({ directPath: '@evil.example/a' }), HOST, limits);
    expect(asked).toEqual(['https://media.example:4430/latest', 'https://media.example:4430/@evil.example/a']);
  });

  it('is not sent on to another host', async () => {
    const hits: string[] = [];
    const server = createServer((request, response) => {
      hits.push(request.url!);
      response.writeHead(302, { location: '/elsewhere' }).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const real = globalThis.fetch;
    vi.spyOn(globalThis, 'fetch').mockImplementation((url, options) => real(`http://127.0.0.1:${(server.address() as AddressInfo).port}${(url as URL).pathname}`, options));
    expect(await download(file(), HOST, limits)).toEqual({ failure: 'unreachable' });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(hits).toEqual(['/v/t62/a']);
  });

  it('refuses what was changed on its way, cut short, or is not what the sender hashed', async () => {
    const bytes = await encrypted(content);
    const changed = Buffer.from(bytes);
    changed[0]! ^= 1;
    for (const wrong of [changed, bytes.subarray(0, -1), bytes.subarray(0, 5), Buffer.alloc(0)]) {
      hostAnswers(() => new Response(new Uint8Array(wrong)));
      expect(await download(file(), HOST, limits)).toEqual({ failure: 'corrupt' });
    }
    hostAnswers(() => new Response(new Uint8Array(bytes)));
    expect(await download(file({ fileSha256: randomBytes(32) }), HOST, limits)).toEqual({ failure: 'corrupt' });
  });

  it('reads no more than the limit, whether or not the host tells the length', async () => {
    let pulled = 0;
    const endless = () => new ReadableStream<Uint8Array>({ pull: (to) => void (pulled++, to.enqueue(new Uint8Array(600))) });
    hostAnswers(() => new Response(endless()));
    expect(await download(file(), HOST, limits)).toEqual({ failure: 'too-large' });
    expect(pulled).toBeLessThan(10);
    hostAnswers(() => new Response('x', { headers: { 'content-length': '5000' } }));
    expect(await download(file(), HOST, limits)).toEqual({ failure: 'too-large' });
  });

  it.each([[404, 'gone'], [410, 'gone'], [503, 'unreachable'], [403, 'unreachable']])('knows what %i means', async (status, failure) => {
    hostAnswers(() => new Response(null, { status }));
    expect(await download(file(), HOST, limits)).toEqual({ failure });
  });

  it('survives a connection that breaks off amid the file, and a host that is away', async () => {
    hostAnswers(() => new Response(new ReadableStream({ start: (to) => void (to.enqueue(new Uint8Array(10)), to.error(new Error('reset'))) })));
    expect(await download(file(), HOST, limits)).toEqual({ failure: 'unreachable' });
    hostAnswers(() => Promise.reject(new TypeError('fetch failed')));
    expect(await download(file(), HOST, limits)).toEqual({ failure: 'unreachable' });
  });
});
