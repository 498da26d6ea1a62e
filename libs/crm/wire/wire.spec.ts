import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { HttpFailure, type HttpClient } from '../../http/http-client.js';
import type { OrderResult } from '../../domain/customers.js';
import { sumOf } from '../../domain/money.js';
import { decimal } from '../money.js';
import { CrmFailure } from './crm-failure.js';
import { dayOf, localTime } from './dates.js';
import { bareDocument, isPlaceholderDocument } from './documents.js';
import { jsonCall } from './json-call.js';
import { amount, day, id, listOf, readRow, text } from './lenient.js';
import { once } from './once.js';
import { isPdf } from './pdf.js';
import { phonesIn, phoneSought } from './phones.js';

describe('an amount as a system writes it', () => {
  it.each([
    ['15000.00', '15000.00'], ['15000', '15000.00'], ['15000.5', '15000.50'], ['15,000.50', '15000.50'], ['15.000,50', '15000.50'], ['15.000', '15000.00'],
    ['1.234.567', '1234567.00'], ['$ 1.234,5', '1234.50'], ['-300.25', '-300.25'], ['0', '0.00'], ['0.500', '0.50'], ['12345.678', '12345.67'], ['.5', '0.50'], ['-$20', '-20.00'],
  ])('%s is %s', (written, read) => expect(decimal(written)).toBe(read));
  it.each(['', 'abc', '12abc', '--1', '1e5', 'NaN'])('"%s" is none', (written) => expect(decimal(written)).toBeUndefined());
  it('is read back from its own form', () => fc.assert(fc.property(fc.integer({ min: -1e12, max: 1e12 }), (size) => {
    const [whole, rest] = [Math.trunc(Math.abs(size) / 100), String(Math.abs(size) % 100).padStart(2, '0')];
    const written = `${size < 0 ? '-' : ''}${whole}.${rest}`;
    expect(decimal(written)).toBe(sumOf([written]));
    expect(sumOf([written, written])).toBe(sumOf([written, written, '0']));
  })));
});

describe('a date as a system writes it', () => {
  it.each([
    ['2026-11-05', '2026-11-05'], ['2026-11-05 10:20:30', '2026-11-05'], ['2026-11-05T10:20:30Z', '2026-11-05'], ['05/11/2026', '2026-11-05'], ['5/1/26', '2026-01-05'],
    ['10/25/2026 08:00:00', '2026-10-25'], ['0000-00-00', undefined], ['31/02/2026', undefined], ['', undefined], ['mañana', undefined],
  ])('%s is %s', (written, read) => expect(dayOf(written)).toBe(read));
  it('is of the company’s clocks when we write one', () => {
    expect(localTime('2026-11-27T01:30:00Z', 'America/Argentina/Buenos_Aires')).toEqual({ day: '2026-11-26', time: '22:30:00' });
  });
});

describe('documents', () => {
  it.each(['99999999', '00000000', '11111111', '12345678', '1', '', '0', '12.345.678', 'xxxxx'])('"%s" belongs to nobody', (document) => expect(isPlaceholderDocument(document)).toBe(true));
  it.each(['30111222', '20-30111222-3', '1710034065', '12345674'])('"%s" belongs to somebody', (document) => expect(isPlaceholderDocument(document)).toBe(false));
  it('are compared bare', () => expect(bareDocument(' 20-30.111.222-k ')).toBe('2030111222K'));
});

describe('phones in free text', () => {
  const sought = phoneSought('5493415550301', 'AR');
  it.each(['5493415550301', '+54 341 555-0301', '0341 15 555-0301', '3415550301', '3415559999, 0341-155550301', 'casa 3415550301 / 3415559999'])('"%s" has the line', (written) => {
    expect(sought.isIn([undefined, written])).toBe(true);
  });
  it.each(['', '3415550302', '5550301', '93415550301x1'])('"%s" does not', (written) => expect(sought.isIn([written])).toBe(false));
  it('are each listed once', () => expect(phonesIn(['0341 15 555-0301, 3415550301', undefined, 'sin dato'], 'AR')).toEqual(['5493415550301']));
});

describe('a tolerant row', () => {
  const schema = z.object({ id, name: text, debt: amount, due: day, phones: listOf(text) });
  it('takes numbers as strings, nothing for null, and one for a list; names what it does not know and drops it', () => {
    const report = vi.fn();
    const row = readRow({ report }, 'GetIt', schema, { id: 7, name: ' Ana ', debt: 30.5, due: '0000-00-00', phones: '341', codigo: 'secret', nuevo: 'x' }, ['codigo']);
    expect(row).toEqual({ id: '7', name: 'Ana', debt: '30.50', due: undefined, phones: ['341'] });
    expect(report.mock.calls).toEqual([[{ operation: 'GetIt', fields: ['nuevo'] }]]);
  });
  it('fails by names where an id is missing or money cannot be read', () => {
    expect(() => readRow({}, 'GetIt', schema, { id: null, debt: 'much' })).toThrow(new CrmFailure('bad-response', 'GetIt: id, debt'));
    expect(() => readRow({}, 'GetIt', schema, 'text')).toThrow('bad-response');
  });
});

describe('a call for JSON', () => {
  const line = { tls: { mode: 'system' }, timeoutMs: 1000 } as const;
  const answering = (status: number, body: string, type = 'application/json'): HttpClient =>
    () => Promise.resolve({ status, body: Buffer.from(body), headers: { 'content-type': type }, url: 'https://isp.example/' });
  const call = (http: HttpClient) => jsonCall({ http }, line, { url: 'https://isp.example/', accept: [404] });
  it.each<[number, string, string]>([
    [200, '<!DOCTYPE html><title>x</title>', 'html'], [200, '<html>Su licencia ha vencido</html>', 'licence'], [200, 'hello', 'bad-response'], [401, '{}', 'auth'],
    [403, '{}', 'forbidden'], [403, '<html>nginx</html>', 'html'], [302, '', 'html'], [429, '', 'rate-limited'], [503, '<html>', 'unavailable'], [400, '{}', 'bad-response'],
  ])('%s %s fails: %s', async (status, body, fault) => expect(call(answering(status, body, 'text/plain'))).rejects.toMatchObject({ fault }));
  it('gives what the vendor means', async () => {
    expect(await call(answering(404, '\uFEFF {"a":1}'))).toEqual({ status: 404, json: { a: 1 } });
    expect(await call(answering(204, ''))).toEqual({ status: 204, json: undefined });
  });
  it.each([['name', 'name', 'none'], ['timeout', 'timeout', 'maybe'], ['cut', 'unavailable', 'maybe'], ['address', 'address', 'none']] as const)(
    'that fails with %s is %s, effect %s', (code, fault, effect) => expect(call(() => Promise.reject(new HttpFailure(code, 'x', effect === 'maybe')))).rejects.toMatchObject({ fault, effect }));
  it('lets the caller’s own end through', () => expect(call(() => Promise.reject(new HttpFailure('aborted', 'x', true)))).rejects.toBeInstanceOf(HttpFailure));
});

describe('an order that must have its effect once', () => {
  const signal = new AbortController().signal;
  const done: OrderResult = { ok: true, done: 'already' };
  const deps = { sleep: () => Promise.resolve() };
  const run = (reads: (OrderResult | undefined | CrmFailure)[], write: OrderResult | CrmFailure) => {
    const writes = vi.fn(() => write instanceof Error ? Promise.reject(write) : Promise.resolve(write));
    const read = () => {
      const next = reads.shift();
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
    };
    return once(deps, signal, { read, write: writes }).then((result) => [result, writes.mock.calls.length] as const);
  };
  const late = new CrmFailure('timeout', '', 'maybe');
  it.each<[string, Parameters<typeof run>, OrderResult, number]>([
    ['is there before', [[done], done], done, 0],
    ['goes through', [[undefined], { ok: true, done: 'now', id: '5' }], { ok: true, done: 'now', id: '5' }, 1],
    ['went through without an answer', [[undefined, done], late], { ok: true, done: 'now' }, 1],
    ['did not get there', [[undefined], new CrmFailure('refused', '', 'none')], { ok: false, reason: 'unavailable', fault: 'refused' }, 1],
    ['may still go through', [[undefined, undefined], late], { ok: false, reason: 'unknown', fault: 'timeout' }, 1],
    ['cannot be looked up', [[undefined, new CrmFailure('html')], late], { ok: false, reason: 'unknown', fault: 'timeout' }, 1],
    ['was answered with nonsense and is not there', [[undefined, undefined], new CrmFailure('html')], { ok: false, reason: 'unavailable', fault: 'html' }, 1],
  ])('%s', async (_, [reads, write], result, writes) => expect(await run(reads, write)).toEqual([result, writes]));
});

it('tells a PDF by its bytes', () => {
  expect(isPdf(Buffer.from('\uFEFF\n%PDF-1.4 …'))).toBe(true);
  expect(isPdf(Buffer.from('<html>%PDF-1.4'))).toBe(false);
});
