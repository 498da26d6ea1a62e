import { PassThrough } from 'node:stream';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../libs/testing/test-db.js';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.js';
import { problemSchema } from './problem.js';
import { ThrowingModule } from '../testing/throwing-module.js';

describe('problems', () => {
  let throwing: NestFastifyApplication;
  const written = new PassThrough();
  let logged = '';
  written.on('data', (chunk: Buffer) => (logged += chunk.toString()));

  beforeAll(async () => {
    const record = (...message: unknown[]) => written.write(JSON.stringify(message));
    const logger = { log: record, error: record, warn: record };
    throwing = await NestFactory.create<NestFastifyApplication>(ThrowingModule, new FastifyAdapter(), { logger });
    await throwing.init();
    await throwing.getHttpAdapter().getInstance().ready();
  });
  afterAll(() => throwing.close());

  it.each([
    ['unknown', 500, 'internal'],
    ['not-an-error', 500, 'internal'],
    ['nest', 404, 'not-found'],
    ['rule', 422, 'phone-invalid'],
    ['database', 503, 'database-away'],
  ])('tell of /throws/%s only status %i and code %s', async (path, status, code) => {
    const response = await throwing.inject({ method: 'GET', url: `/throws/${path}` });
    expect(response.statusCode).toBe(status);
    expect(response.headers['content-type']).toContain('application/problem+json');
    expect(problemSchema.strict().parse(response.json())).toMatchObject({ status, code, type: `urn:hilo:problem:${code}` });
    expect(response.body).not.toMatch(/Ana|30111222|at .*\.ts|ECONNREFUSED/);
  });

  it('are logged with their place, without what an error says', () => {
    expect(logged).toContain('throwing-module');
    expect(logged).not.toContain('Ana');
  });
});

describe('the API', () => {
  let db: TestDatabase;
  let api: ApiUnderTest;
  beforeAll(async () => {
    db = await createTestDatabase();
    api = await openApi(db.appUrl);
  });
  afterAll(async () => {
    await api.close();
    await db.drop();
  });

  it.each(['/nada', '/api/nada', '/%zz'])('answers %s with a problem', async (path) => {
    const answer = await api.get(path);
    expect([400, 404]).toContain(answer.status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(problemSchema.parse(answer.body).requestId).toBe(answer.headers['x-request-id']);
  });

  it('refuses a body that is too large or is no JSON', async () => {
    const post = (payload: string) =>
      api.app.inject({ method: 'POST', url: '/health', headers: { 'content-type': 'application/json' }, payload });
    expect((await post(`"${'x'.repeat(1_100_000)}"`)).json()).toMatchObject({ status: 413, code: 'too-large' });
    expect((await post('{')).json()).toMatchObject({ status: 400, code: 'bad-request' });
  });

  it('sets security headers that work on plain http, and makes its own request ids', async () => {
    const response = await api.app.inject({ method: 'GET', url: '/nada', headers: { 'x-request-id': 'forged' } });
    const policy = String(response.headers['content-security-policy']);
    expect(policy).toContain(`script-src 'self'`);
    expect(policy).not.toContain('upgrade-insecure-requests');
    expect(response.headers['strict-transport-security']).toBeUndefined();
    expect(response.headers['x-content-type-options']).toBe('nosniff');
    expect(response.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('describes itself, with components and without a foreign host', async () => {
    const document = await api.get('/api/openapi.json');
    expect(document.body).toMatchObject({
      paths: { '/health': { get: {} }, '/api/company/public': { get: {} } },
      components: { schemas: { Health: { type: 'object' }, Company: { type: 'object' }, Problem: { type: 'object' } } },
    });
    const page = await api.get('/api/docs');
    expect(page.status).toBe(200);
    const sources = [...String(page.body).matchAll(/<(?:script|link)[^>]*(?:src|href)="([^"]+)"/g)].map((match) => match[1]!);
    expect(sources.length).toBeGreaterThan(2);
    for (const source of sources) {
      expect(source).toMatch(/^\.\//);
      expect((await api.get(`/api/${source.slice(2)}`)).status).toBe(200);
    }
  });
});
