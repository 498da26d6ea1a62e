import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unknownSystem } from '../../../libs/crm/generic/testing/unknown-system.js';
import { asSuperuser } from '../../../libs/testing/companies.js';
import { sessionOf, type Client } from '../testing/people.js';
import { openTwoCompanies, type TwoCompanies } from '../testing/two-companies.js';

let two: TwoCompanies;
let theirBoss: Client;
beforeAll(async () => {
  two = await openTwoCompanies();
  theirBoss = await sessionOf(two.db, two.api, two.theirs, 'administrator');
});
afterAll(() => two.close());

const at = (path: string) => `/api/integrations/generic/${path}`;
const call = (method: string, path: string, body?: object, client = two.boss) => client.call(method, at(path), body === undefined ? {} : { body });
const changed = (parts: object) => ({ ...structuredClone(unknownSystem), ...parts });

describe('describing a system', () => {
  it('begins with the language and presets that say that nobody has verified them', async () => {
    const { status, body } = await call('GET', 'language');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      operations: expect.arrayContaining([{ name: 'pay', entity: 'made', list: false, changes: true, values: expect.arrayContaining(['reference', 'amount']) as string[], needs: ['findPayment'] }]) as object[],
      presets: [{ id: 'ispbrain', verified: false }, { id: 'ispkeeper', url: 'https://api.anatod.ar', verified: false }, { id: 'wispro', verified: false }],
    });
  });

  it('says what is wrong, and where, of anything that was written or imported', async () => {
    expect((await call('POST', 'check', { description: unknownSystem })).body).toMatchObject({ problems: [], capabilities: expect.arrayContaining(['pay', 'speed-test']) as string[] });
    const wrong = changed({ operations: { plans: { method: 'GET', path: '//evil.example' } }, auth: { mode: 'header', name: 'Host' } });
    expect((await call('POST', 'check', { description: wrong })).body).toMatchObject({ problems: [{ at: 'auth.name', code: 'header-reserved' }, { at: 'operations.plans.path', code: 'path-start' }] });
    expect((await call('POST', 'check', { description: {} })).body).toMatchObject({ problems: expect.arrayContaining([{ at: 'version', code: 'invalid_value' }]) as object[] });
  });

  it('is saved when it makes sense, with who did it; nothing of it is another company’s', async () => {
    expect(await call('GET', 'description')).toMatchObject({ body: { hasSecret: false } });
    expect(await call('PUT', 'description', { description: changed({ operations: { pay: unknownSystem.operations.pay } }) })).toMatchObject({ status: 422, body: { code: 'description-invalid' } });
    expect((await call('PUT', 'description', { description: unknownSystem })).status).toBe(200);
    expect((await call('PUT', 'description', { description: changed({ name: 'Otro' }) })).status).toBe(200);
    expect((await call('GET', 'description')).body).toMatchObject({ hasSecret: false, description: { name: 'Otro' } });
    expect((await call('GET', 'description', undefined, theirBoss)).body).toEqual({ hasSecret: false });
    const rows = await asSuperuser(two.db, async (client) => (await client.query('select company, action, subject from audit_log order by id')).rows as object[]);
    expect(rows).toEqual([1, 2].map(() => ({ company: 'litoral', action: 'isp-description.saved', subject: 'generic' })));
  });
});

describe('a try-out', () => {
  const attempt = (parts: object, client = two.boss) => call('POST', 'try', { url: 'https://isp.example', secret: 'clave-de-prueba', description: unknownSystem, operation: 'findByPhone', sample: { phone: '5493415550301' }, ...parts }, client);

  it('shows the request as it goes out, without the secret', async () => {
    const { status, body } = await attempt({ url: 'https://10.1.2.3' });
    expect(status).toBe(200);
    // A private network that nobody allowed: what comes is the refusal of the guarded client.
    expect(body).toMatchObject({ outcome: 'fault', fault: 'address', request: { method: 'GET', url: 'https://10.1.2.3/v2/clientes?telefono=15550301', headers: { 'x-api-key': '***' } } });
    expect(JSON.stringify(body)).not.toContain('clave-de-prueba');
  });

  it('names the value that is missing, and refuses what cannot be sent', async () => {
    expect((await attempt({ operation: 'profile', sample: {} })).body).toMatchObject({ outcome: 'value-missing', why: 'id' });
    expect((await attempt({ description: changed({ operations: { plans: { method: 'GET', path: '/../x' } } }), operation: 'plans' })).body).toMatchObject({ code: 'description-invalid' });
    expect((await attempt({ operation: 'account' })).body).toMatchObject({ code: 'description-invalid' });
    expect((await attempt({ url: 'ftp://isp.example' })).status).toBe(400);
  });

  it('sends the saved secret to the saved address only, and has a limit', async () => {
    await asSuperuser(two.db, (client) => client.query(
      `insert into isp_connections (company, system, settings, secrets) values ('vecina', 'generic', '{"url":"https://saved.example"}', '\\x00')`,
    ));
    expect((await attempt({ secret: undefined }, theirBoss)).body).toMatchObject({ code: 'secret-elsewhere' });
    const many = await Promise.all(Array.from({ length: 25 }, () => attempt({ operation: 'plans', sample: {} }, theirBoss)));
    expect(many.map(({ status }) => status)).toContain(429);
  });
});
