import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../libs/testing/test-db.js';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.js';

const screens = mkdtempSync(path.join(os.tmpdir(), 'hilo-screens-'));
const SCRIPT = 'console.log("panel");'.repeat(50);
let db: TestDatabase;
let api: ApiUnderTest;

function build(screen: string): void {
  const folder = path.join(screens, screen, 'browser');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'index.html'), `<!doctype html><html><head></head><body class="dark"><x-root>${screen}</x-root></body></html>`);
  writeFileSync(path.join(folder, 'main-ABCD1234.js'), SCRIPT);
  writeFileSync(path.join(folder, 'main-ABCD1234.js.br'), brotliCompressSync(SCRIPT));
  writeFileSync(path.join(folder, 'chunk-BC-cGyAh.js'), SCRIPT);
  writeFileSync(path.join(folder, 'hilo.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
}

beforeAll(async () => {
  db = await createTestDatabase();
  build('panel');
  build('login');
  writeFileSync(path.join(screens, 'secret.txt'), 'not a screen');
  api = await openApi(db.appUrl, { screens });
});
afterAll(async () => {
  await api.close();
  await db.drop();
  rmSync(screens, { recursive: true, force: true });
});

const get = (url: string, headers: Record<string, string> = {}) => api.app.inject({ method: 'GET', url, headers: { host: 'localhost', ...headers } });

describe('the screens', () => {
  it.each([['/', 'panel'], ['/omnichat/tickets/7?tab=mine', 'panel'], ['/index.html', 'panel'], ['/login/', 'login'], ['/login/otra', 'login'], ['/loginx', 'panel']])(
    '%s is a page of the %s', async (url, screen) => {
      const page = await get(url);
      expect(page).toMatchObject({ statusCode: 200, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' } });
      expect(page.body).toContain(`<x-root>${screen}</x-root>`);
    });

  it('have /login lead to /login/', async () => {
    expect(await get('/login')).toMatchObject({ statusCode: 308, headers: { location: '/login/' } });
  });

  it('run scripts from here alone, and write styles with a nonce that is never the same', async () => {
    const pages = await Promise.all([get('/'), get('/')]);
    const nonces = pages.map(({ body, headers }) => {
      const policy = String(headers['content-security-policy']);
      expect(policy).toMatch(/script-src 'self' 'wasm-unsafe-eval'(;|$)/);
      expect(policy).toContain(`frame-ancestors 'none'`);
      const nonce = /<body class="dark"><template ngCspNonce="([^"]+)">/.exec(body)![1]!;
      expect(policy).toMatch(/style-src 'self' 'nonce-/);
      expect(policy).toContain(`'nonce-${nonce}'`);
      expect(policy).not.toContain(`style-src 'self' 'unsafe-inline'`);
      return nonce;
    });
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it('are sent compressed to whoever takes it, and kept for ever where the name says the content', async () => {
    const compressed = await get('/main-ABCD1234.js', { 'accept-encoding': 'gzip, br' });
    expect(compressed).toMatchObject({ statusCode: 200, headers: { 'content-encoding': 'br', 'cache-control': 'public, max-age=31536000, immutable' } });
    expect(String(compressed.headers['content-type'])).toMatch(/javascript/);
    expect(brotliDecompressSync(compressed.rawPayload).toString()).toBe(SCRIPT);
    const plain = await get('/login/main-ABCD1234.js');
    expect(plain).toMatchObject({ statusCode: 200, body: SCRIPT });
    expect((await get('/chunk-BC-cGyAh.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await get('/hilo.svg')).headers['cache-control']).toBe('no-cache');
  });

  it.each(['/api/nada', '/api', '/health/nada', '/main-FFFF0000.js', '/login/nada.js', '/../secret.txt', '/%2e%2e/secret.txt', '/login/..%2f..%2fsecret.txt'])(
    '%s is none', async (url) => {
      const { statusCode, headers, body } = await get(url);
      expect([400, 403, 404]).toContain(statusCode);
      expect(headers['content-type']).toContain('application/problem+json');
      expect(body).not.toContain('not a screen');
    });

  it('are only read', async () => {
    expect((await api.app.inject({ method: 'POST', url: '/', headers: { host: 'localhost' } })).statusCode).toBe(404);
  });
});

describe('answers of the API', () => {
  it('are kept by nobody', async () => {
    expect((await get('/api/session')).headers['cache-control']).toBe('no-store');
  });

  it('do not depend on screens being built', async () => {
    const bare = await openApi(db.appUrl, { screens: path.join(screens, 'nowhere') });
    expect(await bare.get('/')).toMatchObject({ status: 404 });
    await bare.close();
  });
});
