import { randomBytes, X509Certificate } from 'node:crypto';
import type { LookupAddress } from 'node:dns';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import type { PeerCertificate } from 'node:tls';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { pemOf, tlsIdentity } from '../simulator/whatsapp/media/tls-certificate.js';
import { allowedNetwork, allowedNetworks, isPublicAddress } from './address.js';
import { guardedClient, type GuardedClientSettings } from './guarded-client.js';
import { HttpFailure, type HttpFailureCode, type HttpRequest } from './http-client.js';
import { pinnedIdentity } from './pinned-identity.js';

const running: Server[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => new Promise((resolve) => {
    server.close(resolve);
    (server as { closeAllConnections?: () => void }).closeAllConnections?.();
  })));
});

async function listen(server: Server): Promise<number> {
  running.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
const serve = (listener: RequestListener) => listen(createServer(listener));
/** Of localhost and 127.0.0.1, with a key of its own each time. */
function selfSigned(): { key: string; cert: string } {
  const { key, certificate } = tlsIdentity({ private: randomBytes(32), public: randomBytes(32) });
  return { key, cert: pemOf(certificate) };
}
const loopback = allowedNetworks('127.0.0.1');
const named = (...addresses: string[]) => () => Promise.resolve(addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })));

/** Why a request was refused, and whether it may have left. */
async function failure(request: HttpRequest, settings: GuardedClientSettings = {}): Promise<{ code: HttpFailureCode; sent: boolean; message: string }> {
  const problem = await guardedClient(settings)(request).then(() => undefined, (error: unknown) => error);
  if (!(problem instanceof HttpFailure)) throw new Error(`no HttpFailure, but ${String(problem)}`);
  return { code: problem.code, sent: problem.sent, message: problem.message };
}

/** Requests to the inside of a network, as an address that somebody types could ask for them. */
const attempts: [string, string][] = [
  ['this machine', 'http://127.0.0.1/'], ['this machine, another of its addresses', 'http://127.9.9.9/'], ['this machine by IPv6', 'http://[::1]/'],
  ['no address', 'http://0.0.0.0/'], ['no address by IPv6', 'http://[::]/'],
  ['private, class A', 'https://10.0.0.1/'], ['private, class B', 'https://172.16.5.4/'], ['private, class B, its end', 'https://172.31.255.255/'], ['private, class C', 'https://192.168.1.1/'],
  ['of carriers (CGNAT)', 'http://100.64.0.1/'], ['link-local', 'http://169.254.1.1/'], ['cloud metadata', 'http://169.254.169.254/latest/meta-data/'],
  ['cloud metadata by IPv6', 'http://[fd00:ec2::254]/'], ['another cloud’s metadata', 'http://100.100.100.200/'], ['a cloud’s agent', 'http://168.63.129.16/'],
  ['multicast', 'http://224.0.0.1/'], ['broadcast', 'http://255.255.255.255/'], ['reserved', 'http://240.0.0.1/'], ['for benchmarks', 'http://198.18.0.1/'], ['for documents', 'http://203.0.113.5/'],
  ['IETF protocols', 'http://192.0.0.8/'], ['the old 6to4 relay', 'http://192.88.99.1/'],
  ['unique local', 'http://[fd12:3456::1]/'], ['link-local by IPv6', 'http://[fe80::1]/'], ['site-local', 'http://[fec0::1]/'], ['multicast by IPv6', 'http://[ff02::1]/'],
  ['IPv4-mapped', 'http://[::ffff:127.0.0.1]/'], ['IPv4-mapped in hexadecimal', 'http://[::ffff:a9fe:a9fe]/'], ['IPv4-mapped, even of a public one', 'http://[::ffff:8.8.8.8]/'],
  ['IPv4-compatible', 'http://[::127.0.0.1]/'], ['NAT64', 'http://[64:ff9b::7f00:1]/'], ['NAT64 of a network', 'http://[64:ff9b:1::a00:1]/'], ['6to4', 'http://[2002:7f00:1::]/'],
  ['Teredo', 'http://[2001:0:7f00:1::]/'], ['ISATAP', 'http://[2600::5efe:7f00:1]/'], ['for documents by IPv6', 'http://[2001:db8::1]/'], ['not assigned', 'http://[4000::1]/'],
  ['decimal', 'http://2130706433/'], ['octal', 'http://017700000001/'], ['octal parts', 'http://0177.0.0.1/'], ['hexadecimal', 'http://0x7f000001/'], ['hexadecimal parts', 'http://0x7f.0.0.1/'],
  ['short', 'http://127.1/'], ['full-width digits', 'http://１２７.０.０.１/'], ['circled digits', 'http://①②⑦.0.0.1/'], ['a dot at the end', 'http://127.0.0.1./'],
  ['localhost', 'http://localhost/'], ['localhost with a dot', 'http://localhost./'], ['below localhost', 'http://a.localhost/'], ['a cloud’s own name', 'http://metadata.google.internal/'],
];

describe('server-side requests to where they may not go', () => {
  it.each(attempts)('%s: %s', async (_place, url) => {
    const lookup = vi.fn(named('127.0.0.1'));
    expect(await failure({ url }, { lookup })).toMatchObject({ code: 'address', sent: false });
    expect(lookup).not.toHaveBeenCalled();
  });

  it.each(['ftp://example.com/', 'file:///etc/passwd', 'gopher://example.com:70/', 'javascript:1', 'data:text/plain,x', 'isp.example', '//isp.example', '', 'http://',
    'http://user@isp.example/', 'http://user:pass@isp.example/', 'http://isp.example:22/', 'http://isp.example:25/', 'http://isp.example:6379/', 'http://isp.example:5432/', 'http://isp.example:70000/',
  ])('no address to call: %s', async (url) => expect(await failure({ url }, { lookup: named('8.8.8.8') })).toMatchObject({ code: 'bad-url', sent: false }));

  it.each([['10.0.0.5'], ['::ffff:10.0.0.5'], ['64:ff9b::a00:5'], ['8.8.8.8', '169.254.169.254'], ['fd00::1']])('a name that leads to %s, %s', async (...addresses) => {
    const refused = await failure({ url: 'https://isp.example/secret?token=abc' }, { lookup: named(...addresses.filter(Boolean)) });
    expect(refused).toMatchObject({ code: 'address', sent: false });
    expect(refused.message).toContain('isp.example');
    expect(refused.message).toContain('hilo company allow');
    expect(refused.message).not.toMatch(/secret|abc/u);
  });

  it('a name that answers otherwise the second time: it is asked once, and the address that was checked is the one that is called', async () => {
    const port = await serve((_request, response) => response.end('inside'));
    const answers = [['127.0.0.1'], ['10.0.0.1']];
    const lookup = vi.fn(async () => (answers.shift() ?? []).map((address) => ({ address, family: 4 })));
    const response = await guardedClient({ lookup, allowed: loopback })({ url: `http://isp.example:${port}/` });
    expect([Buffer.from(response.body).toString(), lookup.mock.calls.length]).toEqual(['inside', 1]);
    expect(await failure({ url: `http://isp.example:${port}/` }, { lookup, allowed: loopback })).toMatchObject({ code: 'address' });
  });

  it.each(['http://169.254.169.254/', 'http://[::ffff:10.0.0.1]/', 'http://10.0.0.1/', 'http://inner.example/', 'ftp://isp.example/', 'http://a:b@isp.example/'])('a redirect to %s', async (location) => {
    const port = await serve((_request, response) => response.writeHead(302, { location }).end());
    const lookup = named('192.168.0.9');
    const refused = await failure({ url: `http://127.0.0.1:${port}/`, redirects: 3 }, { allowed: loopback, lookup });
    expect(['address', 'bad-url']).toContain(refused.code);
  });

  it('a redirect to another port of what was allowed with one', async () => {
    const other = await serve((_request, response) => response.end('other'));
    const port = await serve((_request, response) => response.writeHead(302, { location: `http://127.0.0.1:${other}/` }).end());
    expect(await failure({ url: `http://127.0.0.1:${port}/`, redirects: 1 }, { allowed: allowedNetworks(`127.0.0.1:${port}`) })).toMatchObject({ code: 'address' });
  });

  it('no spelling of a private IPv4 address gets through in IPv6', () => fc.assert(fc.property(
    fc.constantFrom('10.', '127.', '169.254.', '192.168.', '172.16.', '100.64.'), fc.nat(255), fc.nat(255), fc.nat(255), fc.constantFrom('::', '::ffff:', '::ffff:0:', '64:ff9b::'), (start, a, b, c, prefix) => {
      const address = [...start.split('.').filter(Boolean), a, b, c].slice(0, 4).join('.');
      expect([address, `${prefix}${address}`].map(isPublicAddress)).toEqual([false, false]);
    },
  )));

  it.each(['8.8.8.8', '190.2.3.4', '1.1.1.1', '2606:4700::1111', '2800:3f0::1'])('but the public internet does: %s', (address) => expect(isPublicAddress(address)).toBe(true));
});

describe('what an operator allows', () => {
  it.each([['10.0.0.0/8', '10.200.1.1', 80, true], ['10.20.0.5', '10.20.0.6', 80, false], ['10.20.0.5:8080', '10.20.0.5', 8080, true], ['10.20.0.5:8080', '10.20.0.5', 80, false],
    ['[fd00::1]:443', 'fd00::1', 443, true], ['fd00:1::/32', 'fd00:1::7', 443, true], ['10.0.0.0/8', '::ffff:10.0.0.1', 80, false], ['192.168.0.0/16', '10.0.0.1', 80, false]] as const)(
    '%s: %s at %s is %s', async (written, address, port, goes) => {
      const refused = await guardedClient({ allowed: [allowedNetwork(written)], lookup: named(address) })({ url: `http://isp.example:${port}/`, timeoutMs: 1 }).then(() => '', (error: HttpFailure) => error.code);
      expect(refused === 'address').toBe(!goes);
    });
  it.each(['', '10.0.0.0/7', '0.0.0.0/0', '::/0', 'isp.example', '10.0.0.1:99999', '10.0.0.0/33', '[::1', '1', '0x7f.1'])('is no network: "%s"', (written) => expect(() => allowedNetwork(written)).toThrow('"'));
});

describe('the guarded client', () => {
  const client = guardedClient({ allowed: loopback, lookup: named('127.0.0.1') });

  it('sends what it was given and gives what came', async () => {
    const got: { method?: string; headers: Record<string, unknown>; body: string }[] = [];
    const port = await serve((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => { body += chunk.toString(); }).on('end', () => {
        got.push({ method: request.method, headers: request.headers, body });
        response.writeHead(201, { 'content-type': 'application/json', 'set-cookie': ['a=1', 'b=2'] }).end('{"ok":true}');
      });
    });
    const url = `http://isp.example:${port}/api?x=1`;
    const response = await client({ url, method: 'post', headers: { 'X-Key': 'k' }, body: '{"á":1}' });
    expect({ ...response, body: Buffer.from(response.body).toString() }).toMatchObject({ status: 201, body: '{"ok":true}', url, headers: { 'set-cookie': 'a=1, b=2' } });
    const form = new FormData();
    form.set('archivo', new Blob(['%PDF-']), 'x.pdf');
    await client({ url, method: 'POST', body: form });
    expect(got).toMatchObject([
      { method: 'POST', headers: { 'x-key': 'k', 'content-length': '8', host: `isp.example:${port}` }, body: '{"á":1}' },
      { headers: { 'content-type': expect.stringContaining('multipart/form-data; boundary=') as string }, body: expect.stringContaining('filename="x.pdf"') as string },
    ]);
    expect(got[1]!.headers).not.toHaveProperty('cookie');
  });

  it('keeps keys from another origin when it is led there, and follows only when asked', async () => {
    const seen: Record<string, unknown>[] = [];
    const other = await serve((request, response) => {
      seen.push(request.headers);
      response.end('there');
    });
    const port = await serve((request, response) => request.url === '/same' ? response.end(String(request.headers['x-key'])) : response.writeHead(302, { location: request.url === '/near' ? '/same' : `http://isp.example:${other}/` }).end());
    const headers = { authorization: 'Bearer x', 'x-key': 'k', accept: 'application/pdf' };
    const at = (path: string, redirects: number) => client({ url: `http://isp.example:${port}${path}`, headers, redirects });
    expect(await at('/far', 0)).toMatchObject({ status: 302 });
    expect(await at('/far', 1)).toMatchObject({ status: 200, url: `http://isp.example:${other}/` });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ accept: 'application/pdf' });
    expect(Object.keys(seen[0]!).filter((name) => name in { authorization: 1, 'x-key': 1 })).toEqual([]);
    expect(Buffer.from((await at('/near', 1)).body).toString()).toBe('k');
    const loop = await serve((_request, response) => response.writeHead(301, { location: '/' }).end());
    expect(await failure({ url: `http://127.0.0.1:${loop}/`, redirects: 3 }, { allowed: loopback })).toMatchObject({ code: 'redirect' });
  });

  it.each<[string, RequestListener, Partial<HttpRequest>, HttpFailureCode]>([
    ['too large, as it says', (_, response) => response.writeHead(200, { 'content-length': '5000' }).end('x'.repeat(5000)), { maxBytes: 4999 }, 'too-large'],
    ['too large, without saying', (_, response) => { response.write('x'.repeat(3000)); response.end('x'.repeat(3000)); }, { maxBytes: 4999 }, 'too-large'],
    ['small, but large unpacked', (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(1 << 20))), { maxBytes: 10_000 }, 'too-large'],
    ['with endless headers', (_, response) => response.writeHead(200, { 'x-long': 'x'.repeat(40_000) }).end(), {}, 'too-large'],
    ['silent', () => undefined, { timeoutMs: 50 }, 'timeout'],
    ['drop by drop', (_, response) => { response.write('x'); }, { timeoutMs: 50 }, 'timeout'],
    ['cut before', (request) => request.socket.destroy(), {}, 'cut'],
    ['cut within', (_, response) => { response.writeHead(200, { 'content-length': '10' }).write('x', () => response.socket?.destroy()); }, {}, 'cut'],
    ['no gzip', (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('plain'), {}, 'cut'],
  ])('an answer that is %s', async (_, listener, more, code) => {
    const port = await serve(listener);
    expect(await failure({ url: `http://127.0.0.1:${port}/`, ...more }, { allowed: loopback })).toMatchObject({ code, sent: true });
  });

  it('tells what kept a request from leaving', async () => {
    const port = await listen(createTcpServer());
    await new Promise((resolve) => running.pop()!.close(resolve));
    expect(await failure({ url: `http://127.0.0.1:${port}/` }, { allowed: loopback })).toMatchObject({ code: 'refused', sent: false });
    expect(await failure({ url: 'https://isp.example/' }, { lookup: () => Promise.reject(new Error('ENOTFOUND')) })).toMatchObject({ code: 'name', sent: false });
    expect(await failure({ url: 'https://isp.example/', timeoutMs: 20 }, { lookup: () => new Promise(() => undefined) })).toMatchObject({ code: 'timeout', sent: false });
    expect(await failure({ url: 'https://isp.example/', headers: { host: 'other' } }, { lookup: named('8.8.8.8') })).toMatchObject({ code: 'bad-url' });
    expect(await failure({ url: 'https://isp.example/', headers: { x: 'a\r\nb: c' } }, { lookup: named('8.8.8.8') })).toMatchObject({ code: 'bad-url' });
    expect(await failure({ url: 'https://isp.example/', signal: AbortSignal.abort() })).toMatchObject({ code: 'aborted', sent: false });
    const talker = await listen(createTcpServer((socket) => socket.on('error', () => undefined).resume().end('SSH-2.0-OpenSSH\r\n')));
    expect(await failure({ url: `http://127.0.0.1:${talker}/` }, { allowed: loopback })).toMatchObject({ code: 'cut' });
  });

  it('ends when the caller gives up', async () => {
    let arrived!: () => void;
    const asked = new Promise<void>((resolve) => { arrived = resolve; });
    const port = await serve(() => arrived());
    const caller = new AbortController();
    const ended = failure({ url: `http://127.0.0.1:${port}/`, signal: caller.signal }, { allowed: loopback });
    await asked;
    caller.abort();
    expect(await ended).toMatchObject({ code: 'aborted', sent: true });
  });

  it('trusts a certificate of its own only when told to: pinned, or insecure', async () => {
    const [{ key, cert }, other] = [selfSigned(), selfSigned()];
    const port = await listen(createSecureServer({ key, cert }, (_request, response) => response.end('sealed')));
    const url = `https://127.0.0.1:${port}/`;
    expect(await failure({ url }, { allowed: loopback })).toMatchObject({ code: 'tls', sent: false });
    expect(await failure({ url, tls: { mode: 'pinned', pem: other.cert } }, { allowed: loopback })).toMatchObject({ code: 'tls', sent: false });
    expect(await client({ url, tls: { mode: 'pinned', pem: cert } })).toMatchObject({ status: 200 });
    expect(await client({ url, tls: { mode: 'insecure' } })).toMatchObject({ status: 200 });
  });

  it('takes what a pinned authority gave for the host that it is of, and for no other', () => {
    const [pinned, shown] = [selfSigned().cert, new X509Certificate(selfSigned().cert)];
    const given = { fingerprint256: shown.fingerprint256, subject: { CN: 'x' }, subjectaltname: 'DNS:sistema.example' } as unknown as PeerCertificate;
    const identity = pinnedIdentity(`${pinned}\n${selfSigned().cert}`);
    expect(identity('sistema.example', given)).toBeUndefined();
    expect(identity('otro.example', given)).toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    expect(identity('10.0.0.5', { ...given, fingerprint256: new X509Certificate(pinned).fingerprint256 })).toBeUndefined();
  });
});
