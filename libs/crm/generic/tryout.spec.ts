import { describe, expect, it } from 'vitest';
import { generic } from '../../simulator/crm/generic.js';
import { suiteBook } from '../adapter-suite.js';
import { simulatedHttp } from '../testing/simulated-http.js';
import type { GenericDescription } from './description.js';
import { unknownSystemWith } from './testing/unknown-system.js';
import { tryOperation } from './tryout.js';

const KEY = 'clave-generica-1';
const never = new AbortController().signal;

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
});
