import { describe, expect, it } from 'vitest';
import type { HttpClient, HttpRequest } from '../../http/http-client.js';
import { generic } from '../../simulator/crm/generic.js';
import { suiteBook } from '../adapter-suite.js';
import { simulatedHttp } from '../testing/simulated-http.js';
import type { GenericDescription } from './description.js';
import { unknownSystemWith } from './testing/unknown-system.js';
import { tryOperation } from './tryout.js';

const KEY = 'clave-generica-1';
const never = new AbortController().signal;
/** What grows with the square of an answer's length would take minutes. */
const SOON_MS = 5_000;

/** A system that answers so, whatever it is asked. */
function answering(answer: (request: HttpRequest) => string, changes: Partial<GenericDescription> = {}, secret = KEY) {
  const http: HttpClient = (request) => Promise.resolve({ status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(answer(request)), url: request.url });
  const deps = { http, now: Date.now, sleep: () => Promise.resolve(), defaultCountry: 'AR', currency: 'ARS', timeZone: 'UTC' };
  return tryOperation({ url: 'https://isp.test', secret, description: unknownSystemWith(changes), deps }, 'plans', {}, never);
}

function trying(description: GenericDescription = unknownSystemWith(), secret = KEY) {
  const { simulator, http, url } = simulatedHttp(generic);
  simulator.load(suiteBook);
  const deps = { http, now: Date.now, sleep: () => Promise.resolve(), defaultCountry: 'AR', currency: 'ARS', timeZone: 'UTC' };
  return { simulator, attempt: (name: Parameters<typeof tryOperation>[1], sample = {}) => tryOperation({ url, secret, description, deps }, name, sample, never) };
}

describe('a try-out', () => {
  it('shows what went out, what came and what was understood, without secrets', async () => {
    const tried = await trying(unknownSystemWith({ auth: { mode: 'query', name: 'clave' } })).attempt('findByPhone', { phone: '0341 555-0301' });
    expect(tried).toMatchObject({ outcome: 'answer', rows: 2, problems: [], request: { method: 'GET', url: 'https://isp.test/v2/clientes?telefono=15550301&clave=***' } });
    expect(JSON.parse(tried.mapped!)).toMatchObject([{ name: 'Ana Gómez', document: '•••••222', services: [{ plan: 'Fibra 300' }, {}] }, { name: 'Beto Ruiz' }]);
    expect(tried.answer!.text).toContain('"clave_portal": "***"');
    expect(JSON.stringify(tried)).not.toMatch(/secreta|clave-generica/u);
  });

  it('says which value cannot be read, in which row, and what was there', async () => {
    const { map } = unknownSystemWith();
    const amount = { from: ['$.importe'] };
    const wrong = { ...map, invoice: { ...map.invoice, amount: { from: ['$.total'] }, dueOn: { from: ['$.vence'], formats: ['YYYY-MM-DD' as const] }, state: { from: ['$.estado'], values: { open: ['Abierta'] } } } };
    const { problems } = await trying(unknownSystemWith({ map: wrong })).attempt('invoices', { id: '802' });
    expect(problems).toEqual([
      { entity: 'invoice', field: 'dueOn', from: ['$.vence'], row: 0, problem: 'not-a-date', said: '10/11/2026', fatal: true },
      { entity: 'invoice', field: 'amount', from: ['$.total'], row: 0, problem: 'missing', fatal: true },
      { entity: 'invoice', field: 'state', from: ['$.estado'], row: 0, problem: 'unknown-value', said: 'Pagada', fatal: true },
    ]);
    expect((await trying(unknownSystemWith({ map: { ...map, invoice: { ...map.invoice, amount } } })).attempt('invoices', { id: '802' })).problems).toEqual([]);
  });

  it.each([['html', { outcome: 'fault', fault: 'html' }], ['drop', { outcome: 'fault', fault: 'unavailable' }], ['expired-token', { outcome: 'fault', fault: 'auth' }]] as const)('tells of %s', async (kind, told) => {
    const { simulator, attempt } = trying();
    simulator.addFault({ system: 'generic', kind });
    expect(await attempt('plans')).toMatchObject(told);
  });

  it('polls, names what is missing, and reports the system’s no', async () => {
    const { attempt } = trying();
    expect(await attempt('speedTest', { id: '801', service: '901' })).toMatchObject({ outcome: 'answer', mapped: expect.stringContaining('287.4') as string });
    expect(await attempt('profile')).toMatchObject({ outcome: 'value-missing', why: 'id' });
    expect(await attempt('profile', { id: '1' })).toMatchObject({ outcome: 'not-found', answer: { status: 200 } });
  });

  it.each([
    ['as it is', { mode: 'header', name: 'x-key' }, 'clave-generica-1'], ['in JSON', { mode: 'header', name: 'x-key' }, 'cla"ve\\1'],
    ['in an address', { mode: 'query', name: 'k' }, 'clave ñ&1'], ['with a user', { mode: 'basic', user: 'hilo' }, 'clave-generica-1'],
  ] as const)('never tells the secret to whom may not read it, though the system answers with it and the description shows it: %s', async (_name, auth, secret) => {
    const echo = ({ url, headers }: HttpRequest) => JSON.stringify({ datos: [{ nombre: [url, ...Object.values(headers ?? {}), secret].join(' | '), id: secret, precio: secret }], error: secret });
    const { map } = unknownSystemWith();
    const { plans } = unknownSystemWith().operations;
    const changes = { auth, operations: { plans: { ...plans!, list: '$.datos' } }, map: { ...map, plan: { name: { from: ['$.nombre'] }, price: { from: ['$.precio'] }, downMbps: { from: ['$.id'] }, upMbps: { from: ['$.id'] } } } };
    const refused = { ...changes, errors: [{ json: [{ path: '$.error', is: 'present' as const }], as: 'rejected' as const, message: '$.error' }] };
    const tried = [await answering(echo, changes, secret), await answering(echo, refused, secret)];
    const shown = tried.flatMap(({ answer, mapped, why, problems }) => [answer!.text, mapped, why, ...problems.map(({ said }) => said)]).filter((text) => text !== undefined).join('\n');
    expect(tried.map(({ outcome }) => outcome)).toEqual(['answer', 'rejected']);
    expect(shown).toContain('***');
    for (const spelling of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), Buffer.from(secret).toString('base64'), Buffer.from(`hilo:${secret}`).toString('base64')]) {
      expect(shown).not.toContain(spelling);
    }
  });

  it.each([
    ['names of secrets without an end', 'pass'.repeat(250_000)], ['blanks after one', `pass${' '.repeat(900_000)}`],
    ['words without an end', JSON.stringify({ error: 'a'.repeat(900_000) })],
  ])('takes no time, whatever comes: %s', async (_name, text) => {
    const began = performance.now();
    await answering(() => text, { errors: [{ json: [{ path: '$.error', is: 'present' }], as: 'rejected', message: '$.error' }] });
    expect(performance.now() - began).toBeLessThan(SOON_MS);
  });
});
