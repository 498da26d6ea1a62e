import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import sharp from 'sharp';
import type { ReadReceipt } from '../libs/domain/receipt/receipt.js';
import type { HttpClient, HttpRequest } from '../libs/http/http-client.js';
import { sealModelKey } from './models/model-rows.js';
import { secondReader } from './models/second-reader.js';
import { smallPicture } from './models/small-picture.js';
import { visionReaders, type VisionReaders } from './models/vision-readers.js';
import { NOON, ScriptedIsp } from './testing/scripted-isp.js';

let stage: ScriptedIsp;
let readers: VisionReaders;
let requests: HttpRequest[];
let status: number;
let answer: object;
let now: number;

const http: HttpClient = async (request) => {
  requests.push(request);
  const text = JSON.stringify(answer);
  const body = status === 200 ? { output: [{ type: 'message', content: [{ type: 'output_text', text }] }] } : {};
  return { status, headers: {}, body: new TextEncoder().encode(JSON.stringify(body)), url: request.url };
};
const add = async (company: string, more: Record<string, unknown> = {}) => {
  const key = sealModelKey(await stage.vault.forCompany(company), 'sk-secreta-1234');
  const row = { company, base_url: 'https://modelo.example/v1', api: 'responses', structured: 'prompt', vision_model: 'mira', key, timeout_ms: 5_000, max_tokens: 1_000, budget_day: 3, ...more };
  const names = Object.keys(row);
  await stage.sql(`insert into model_settings (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})`, Object.values(row));
};
const read = async () => {
  const found = await readers.of('ours');
  return found.reader?.read({ pictures: [], text: 'x', context: { usual: 'AR', today: '2026-11-27' } });
};

beforeAll(async () => {
  stage = await ScriptedIsp.start();
  readers = visionReaders({ orm: stage.orm, vault: stage.vault, http: () => http, now: () => now });
});
afterAll(() => stage.stop());
beforeEach(async () => {
  [requests, status, answer, now] = [[], 200, { text: '', isReceipt: false }, NOON];
  await stage.sql('truncate model_settings cascade');
});

describe('the model of a company', () => {
  it('is none until one is set up, is asked with its own key, and is not another company’s', async () => {
    await add('theirs');
    expect(await readers.of('ours')).toEqual({ reader: undefined, why: 'none' });
    await add('ours');
    expect(await read()).toMatchObject({ ok: true, model: 'mira' });
    expect(requests).toMatchObject([{ url: 'https://modelo.example/v1/responses', headers: { authorization: 'Bearer sk-secreta-1234' } }]);
    expect(await stage.sql('select company, requests from model_usage')).toEqual([{ company: 'ours', requests: 1 }]);
  });

  it('is not asked while it is off, nor with a key that is sealed for somebody else', async () => {
    await add('ours', { enabled: false });
    expect(await readers.of('ours')).toEqual({ reader: undefined, why: 'off' });
    await stage.sql('update model_settings set enabled = true, key = $1', [sealModelKey(await stage.vault.forCompany('theirs'), 'x')]);
    expect(await readers.of('ours')).toEqual({ reader: undefined, why: 'sealed' });
  });

  it('is asked as often a day as its budget says, exactly, by the company’s calendar', async () => {
    await add('ours');
    const found = (await readers.of('ours')).reader!;
    const all = await Promise.all(Array.from({ length: 8 }, () => found.read({ pictures: [], context: { usual: 'AR', today: '2026-11-27' } })));
    expect(all.filter(({ ok }) => ok)).toHaveLength(3);
    expect(all.filter((one) => !one.ok && one.fault === 'budget')).toHaveLength(5);
    expect(requests).toHaveLength(3);
    expect(await readers.of('ours')).toEqual({ reader: undefined, why: 'budget' });
    now = Date.parse('2026-11-28T02:59:00Z'); // still the 27th in Buenos Aires
    expect(await readers.of('ours')).toMatchObject({ why: 'budget' });
    now += 120_000;
    expect(await read()).toMatchObject({ ok: true });
  });

  it('is known to fail until it answers again', async () => {
    await add('ours', { budget_day: null });
    status = 401;
    expect(await read()).toMatchObject({ ok: false, fault: 'auth' });
    expect(await stage.sql('select fault, ok_at from model_health')).toEqual([{ fault: 'auth', ok_at: null }]);
    status = 200;
    await read();
    expect(await stage.sql('select fault, ok_at from model_health')).toEqual([{ fault: null, ok_at: new Date(NOON) }]);
  });
});

describe('what the rules read', () => {
  const facts = { name: 'Ours', timeZone: 'America/Argentina/Buenos_Aires', locale: 'es-AR', currency: 'ARS' };
  const read: ReadReceipt = {
    isReceipt: true, country: 'AR', kind: 'transfer', state: 'completed', amount: { amount: '24900.00', currency: 'ARS' }, payer: {}, beneficiary: {}, references: [], confidence: { amount: 0.7, state: 0.9 },
  };
  const second = async () => {
    const bytes = new Uint8Array(await sharp({ create: { width: 10, height: 10, channels: 3, background: 'white' } }).png().toBuffer());
    const reader = secondReader({ orm: stage.orm, readers, now: () => now });
    return reader.read('ours', { bytes, mimetype: 'image/png' }, { read, by: 'characters' }, facts, new AbortController().signal);
  };

  it('is held against the company’s model, and stands where there is none or it fails', async () => {
    expect(await second()).toBeUndefined();
    await add('ours');
    answer = { text: 'Comprobante de transferencia\nImporte: $ 24.900,00\nTransferencia exitosa', isReceipt: true, country: 'AR', kind: 'transfer', state: 'completed', amount: '24900.00', currency: 'ARS' };
    expect(await second()).toMatchObject({ by: 'model-and-characters', model: 'mira', read: { amount: { amount: '24900.00' }, confidence: { amount: expect.closeTo(0.94) as number } } });
    answer = { ...answer, amount: '2490.00' };
    expect((await second())!.read.confidence.amount).toBeLessThan(0.6);
    status = 500;
    expect(await second()).toBeUndefined();
  });
});

it('a picture goes to a model small, upright and without where it was taken', async () => {
  const large = await sharp({ create: { width: 3_000, height: 1_000, channels: 3, background: 'white' } }).withExif({ IFD3: { GPSLatitude: '34/1 36/1 0/1' } }).jpeg().toBuffer();
  const small = await smallPicture({ mimetype: 'image/jpeg', bytes: large });
  expect(await sharp(small.bytes).metadata()).toMatchObject({ width: 2_000, height: 667, format: 'jpeg' });
  expect((await sharp(small.bytes).metadata()).exif).toBeUndefined();
  const plain = { mimetype: 'image/png', bytes: new Uint8Array(await sharp({ create: { width: 10, height: 10, channels: 3, background: 'white' } }).png().toBuffer()) } as const;
  expect(await smallPicture(plain)).toBe(plain);
});
