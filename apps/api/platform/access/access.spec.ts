import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { companyTables } from '../../../../libs/db/migrations/company-tables.js';
import { weekdays } from '../../../../libs/domain/hours/hours.js';
import { can } from '../../../../libs/domain/permissions.js';
import { roles, type Role } from '../../../../libs/domain/roles.js';
import { asSuperuser } from '../../../../libs/testing/companies.js';
import { createTestDatabase, type TestDatabase } from '../../../../libs/testing/test-db.js';
import { openApi, type ApiUnderTest } from '../../testing/api-under-test.js';
import { addSmallBook } from '../../testing/book.js';
import { addCompanyWithPeople, clientOf, sessionOf, type TestCompany } from '../../testing/people.js';
import { addChannel, addConversation, addMessage, addTicket, type TestConversation } from '../../testing/conversations.js';
import { UndeclaredController } from '../../testing/undeclared-controller.js';
import { declaredRoutes, type DeclaredRoute } from './declared-routes.js';

const db: TestDatabase = await createTestDatabase();
/** A store that has every file: what is refused is refused before it. */
const media = { put: () => Promise.resolve({ sha256: 'a'.repeat(64), size: 1 }), open: () => Promise.resolve(Buffer.from('x')), has: () => Promise.resolve(true) };
const api: ApiUnderTest = await openApi(db.appUrl, { media });
const routes = declaredRoutes(api.app);
let ours: TestCompany;
let theirs: TestCompany;

beforeAll(async () => {
  ours = await addCompanyWithPeople(db, 'litoral');
  theirs = await addCompanyWithPeople(db, 'vecina');
});
afterAll(async () => {
  await api.close();
  await db.drop();
});

/** What a request needs to get past its schema, where the route has one. */
const bodies: Record<string, object> = {
  'POST /api/payment-methods': { kind: 'other', name: 'Efectivo', visible: true, text: 'En el local' },
  'PUT /api/payment-methods/:id': { kind: 'other', name: 'Efectivo', visible: true, text: 'En el local' },
  'PUT /api/payment-methods/order': { ids: [] },
  'POST /api/contacts/:id/merges': { with: randomUUID() },
  'PATCH /api/users/:id': { name: 'Otro nombre' },
  'PATCH /api/departments/:id': { name: 'otro' },
  'PATCH /api/channels/:id': { name: 'otro' },
  'POST /api/tickets/:id/notes': { text: 'una nota' },
  'POST /api/tickets/:id/transfer': { to: { agent: randomUUID() } },
  'POST /api/conversations/:id/messages': { text: 'hola' },
  'POST /api/conversations/:id/invoices': { customer: 'c', invoice: 'f' },
  'POST /api/conversations/:id/payment-links': { customer: 'c', invoice: 'f', amount: { amount: '1.00', currency: 'ARS' } },
  'POST /api/channels/:id/notified-group': { group: null },
  'PUT /api/statuses/:id': { text: 'Promo', colour: 'green' },
  'POST /api/company/hours/words': { timeZone: 'UTC', hours: { week: Object.fromEntries(weekdays.map((day) => [day, []])), exceptions: [] } },
  'POST /api/integrations/generic/check': { description: {} },
  'PUT /api/settings/customer-fields': { layout: [] },
  'PUT /api/receipt-settings': {
    version: 0, texts: {},
    policy: {
      mode: 'manual', kinds: ['transfer'], files: ['pdf'], maxAgeDays: 5, minConfidence: 0.6, cleanCap: '0.00', trustedAfter: 3, partial: 'review', remindAfterHours: 4,
      actions: { register: true, reactivate: true, tell: true, notify: true }, reactivateOnPartial: false, onRefusal: 'task',
    },
  },
  'POST /api/customer-imports/:id/preview': { mapping: { name: 0 }, existing: 'skip' },
  'POST /api/customer-imports/:id/confirm': { mapping: { name: 0 }, existing: 'skip', seen: { create: 0, update: 0, services: 0, invoices: 0, skip: 0, error: 0 } },
  'POST /api/statements/:id/preview': { mapping: { header: 0, columns: { on: 0, amount: 1 }, days: 'day-first', decimal: ',' } },
  'POST /api/statements/:id/confirm': { mapping: { header: 0, columns: { on: 0, amount: 1 }, days: 'day-first', decimal: ',' }, seen: { fresh: 1, alike: 0 } },
  'PATCH /api/customers/:id': { version: 1, name: 'Otra' },
  'POST /api/customers/:id/cancel': { version: 1 },
  'POST /api/customers/:id/restore': { version: 1 },
  'PATCH /api/book-services/:id': { version: 1, notes: 'otra' },
  'POST /api/book-services/:id/suspend': { version: 1 },
  'POST /api/book-services/:id/reactivate': { version: 1 },
  'POST /api/book-services/:id/cancel': { version: 1 },
  'PATCH /api/book-plans/:id': { version: 1, name: 'Otro' },
  'POST /api/book-invoices/:id/cancel': { why: 'de más' },
  'POST /api/book-payments/:id/reverse': { why: 'de más' },
  'PATCH /api/gateway/tokens/:id': { name: 'otro' },
  'POST /api/gateway/tokens/:id/rotate': { graceMinutes: 5 },
  'POST /api/gateway/tokens/:id/test': { to: '3415550100', message: 'Hola' },
  'POST /api/notice-queue/batches/:channel': { day: '2026-11-27', command: 'pause' },
  'POST /api/settlements/:id/resolve': { how: 'retry', why: 'ya anda' },
  'POST /api/receipts/:id/reject': { why: 'no está en la cuenta' },
  'POST /api/receipts/:id/ask-another': { why: 'no se lee' },
  'POST /api/receipts/:id/correct': { amount: '100.00' },
  'PUT /api/models': { version: 0, baseUrl: 'https://modelo.example/v1', api: 'chat', structured: 'prompt', visionModel: 'mira', timeoutMs: 60_000, maxTokens: 4_000, budgetDay: null, enabled: true },
  'POST /api/integrations/test': { system: 'embedded' },
  'POST /api/integrations/activate': { system: 'embedded' },
  'PUT /api/tools/mode': { mode: 'complete' },
  'PUT /api/tools/emergency-message': { text: 'Hay un corte' },
};
const chatAtTheirs = (): Promise<TestConversation> => asSuperuser(db, async (client) =>
  addConversation(client, 'vecina', { channel: await addChannel(client, 'vecina') }));

/** An id of that kind at another company. A new noun with ids in its routes joins here. */
const idsAtTheirs: Record<string, () => Promise<string> | string> = {
  users: () => theirs.users.operator,
  departments: () => theirs.departments.support,
  channels: () => asSuperuser(db, (client) => addChannel(client, 'vecina')),
  conversations: async () => (await chatAtTheirs()).conversation,
  contacts: async () => (await chatAtTheirs()).contact,
  'contact-merges': async () => {
    const [one, other] = [await chatAtTheirs(), await chatAtTheirs()];
    return asSuperuser(db, async (client) => {
      await client.query(`select contact_merge('vecina', $1, $2, null, 'by-hand')`, [one.contact, other.contact]);
      return (await client.query<{ id: string }>(`select id from contact_merges where company = 'vecina' order by at desc limit 1`)).rows[0]!.id;
    });
  },
  'payment-methods': () => asSuperuser(db, async (client) =>
    (await client.query<{ id: string }>(`insert into payment_methods (company, kind, name, text) values ('vecina', 'other', 'Efectivo', 'x') returning id`)).rows[0]!.id),
  tickets: async () => {
    const chat = await chatAtTheirs();
    return asSuperuser(db, async (client) => (await addTicket(client, chat)).id);
  },
  messages: async () => {
    const chat = await chatAtTheirs();
    return asSuperuser(db, async (client) => {
      const message = await addMessage(client, chat, { kind: 'image' });
      await client.query(
        `insert into media_files (company, message, direction, state, sha256, size, mimetype) values ('vecina', $1, 'in', 'stored', $2, 1, 'image/png')`,
        [message, IMAGE_AT_THEIRS]);
      return message;
    });
  },
  statuses: () => asSuperuser(db, async (client) => {
    const id = randomUUID();
    await client.query(
      `insert into statuses (company, id, channel, kind, text, colour, state, wa_id, removal_wa_id, last_command, publish_at, created_by)
        values ('vecina', $1, $2, 'text', 'Promo', 'green', 'scheduled', $4, $4, $1, now() + interval '1 hour', $3)`,
      [id, await addChannel(client, 'vecina'), theirs.users.supervisor, id]);
    return id;
  }),
  customers: async () => (await addSmallBook(db, 'vecina')).customer,
  'book-services': async () => (await addSmallBook(db, 'vecina')).service,
  'book-plans': async () => (await addSmallBook(db, 'vecina')).plan,
  'book-invoices': async () => (await addSmallBook(db, 'vecina')).invoice,
  'book-payments': async () => (await addSmallBook(db, 'vecina')).payment,
  'customer-imports': async () => (await addSmallBook(db, 'vecina')).batch,
  statements: () => asSuperuser(db, async (client) => (await client.query<{ id: string }>(
    `with account as (insert into payment_methods (company, kind, name, holder, number) values ('vecina', 'transfer', 'Banco', 'Vecina', '1') returning id)
      insert into statement_imports (company, account, file_name, sha256, state, mapping, counts, made_by_name, confirmed_by_name, confirmed_at)
      select 'vecina', id, 'suyo.csv', $1, 'confirmed', '{}', '{}', 'Ellos', 'Ellos', now() from account returning id`, ['c'.repeat(64)])).rows[0]!.id),
  invoicing: async () => (await addSmallBook(db, 'vecina')).run,
  sessions: async () => (await sessionOf(db, api, theirs, 'operator')).id,
  gateway: () => asSuperuser(db, tokenAtTheirs),
  settlements: () => asSuperuser(db, async (client) => (await client.query<{ id: string }>(
    `insert into settlements (company, source, customer, amount, currency, method, paid_at, policy, state) values ('vecina', 'link', '1', 1, 'ARS', 'x', now(), '{}', 'stuck') returning id`)).rows[0]!.id),
  receipts: () => asSuperuser(db, async (client) => (await client.query<{ id: string }>(
    `insert into receipts (company, source, state, fault, sha256, size, mimetype) values ('vecina', 'panel', 'review', 'broken', $1, 1, 'image/png') returning id`, [IMAGE_AT_THEIRS])).rows[0]!.id),
  'notice-queue': () => asSuperuser(db, async (client) => (await noticeAtTheirs(client)).notice),
};

const tokenAtTheirs = async (client: Client): Promise<string> => (await client.query<{ id: string }>(
  `insert into gateway_tokens (company, name, sha256, hint) values ('vecina', 'suyo', decode(md5(random()::text), 'hex'), 'abcd') returning id`)).rows[0]!.id;
async function noticeAtTheirs(client: Client): Promise<{ notice: string; channel: string }> {
  const [token, channel] = [await tokenAtTheirs(client), await addChannel(client, 'vecina')];
  await client.query(`insert into notice_batches (company, channel, day) values ('vecina', $1, '2026-11-27')`, [channel]);
  const { rows } = await client.query<{ id: string }>(
    `insert into notices (company, token, channel, day, fingerprint, address, first_contact, text, expires_at)
      values ('vecina', $1, $2, '2026-11-27', 'x', '5493415550100@s.whatsapp.net', true, 'Hola', now() + interval '1 day') returning id::text`, [token, channel]);
  return { notice: rows[0]!.id, channel };
}

const IMAGE_AT_THEIRS = 'b'.repeat(64);

/** Of routes whose id is not the one of their noun. */
const otherIdsAtTheirs: Record<string, () => Promise<string>> = {
  'POST /api/notice-queue/batches/:channel': () => asSuperuser(db, async (client) => (await noticeAtTheirs(client)).channel),
  'GET /api/statuses/images/:sha256': () => asSuperuser(db, async (client) => {
    await client.query(`insert into status_images (company, sha256, mimetype, size) values ('vecina', $1, 'image/png', 1) on conflict do nothing`, [IMAGE_AT_THEIRS]);
    return IMAGE_AT_THEIRS;
  }),
};

/** What a route asks for behind its path. */
const queries: Record<string, string> = { 'POST /api/conversations/:id/files': '?kind=document', 'POST /api/statements': `?account=${randomUUID()}` };
/** Of routes that take a file instead of a body. */
const fileRoutes: ReadonlySet<string> = new Set(['POST /api/conversations/:id/files', 'POST /api/statuses/images', 'POST /api/customer-imports', 'POST /api/receipts/files', 'POST /api/statements', 'PUT /api/company/logo']);

const nameOf = ({ method, path }: DeclaredRoute) => `${method} ${path}`;
const permitted = routes.flatMap((route) => (route.access?.kind === 'permission' ? [{ route, access: route.access }] : []));
const pathWith = (path: string, id: string) => path.replace(/:\w+/g, id);
/** A request that gets past its route's schema. */
function sampleOf(route: DeclaredRoute, id: string) {
  const name = nameOf(route);
  const file = { body: Buffer.from('%PDF-1.7'), headers: { 'content-type': 'application/octet-stream' } };
  const said = route.method === 'GET' ? {} : fileRoutes.has(name) ? file : { body: bodies[name] ?? {} };
  return [route.method, pathWith(route.path, id) + (queries[name] ?? ''), said] as const;
}

describe('the routes', () => {
  it('are known, all of them: none passes the controllers by', () => {
    const declared = new Set(routes.map(nameOf));
    // Swagger UI's own files are everybody's: they tell what this repository tells.
    const unknown = api.routes.filter((one) => !/^HEAD |^GET \/api\/docs\//.test(one) && !declared.has(one));
    expect(unknown).toEqual([]);
    expect(declared.size).toBeGreaterThan(15);
  });

  it('that everybody may call are these, and no others', () => {
    const open = routes.filter(({ access }) => access?.kind === 'everybody').map(nameOf).sort();
    expect(open).toEqual([
      'GET /api/codec/enter', 'GET /api/company/logo', 'GET /api/company/public', 'GET /api/notices/:id', 'GET /gw/:company/:channel/notices/:id',
      'GET /gw/:company/:channel/send', 'GET /health', 'OPTIONS /api/codec/decode', 'POST /api/codec/decode', 'POST /api/notices', 'POST /api/session', 'POST /gw/:company/:channel/send',
      'POST /hooks/mercadopago/:company/:door',
    ]);
    const fromAnywhere = routes.filter(({ access }) => access?.kind === 'everybody' && access.anyOrigin).map(nameOf);
    expect(fromAnywhere.sort()).toEqual([
      'GET /api/notices/:id', 'GET /gw/:company/:channel/notices/:id', 'GET /gw/:company/:channel/send', 'OPTIONS /api/codec/decode', 'POST /api/codec/decode',
      'POST /api/notices', 'POST /gw/:company/:channel/send',
      'POST /hooks/mercadopago/:company/:door',
    ]);
  });

  it('that work before the password is changed are these, and no others', () => {
    const early = permitted.filter(({ access }) => access.beforePasswordChange).map(({ route }) => nameOf(route)).sort();
    expect(early).toEqual(['DELETE /api/session', 'GET /api/session', 'POST /api/password']);
  });

  it('say who may call them, or the API does not start', async () => {
    await expect(openApi(db.appUrl, { controllers: [UndeclaredController] })).rejects.toThrow(
      'Routes without @Permit(…) or @Everybody(): GET /api/forgotten/things/:id (UndeclaredController.read)');
  });

  it('are described with their refusals', async () => {
    const document = (await api.get('/api/openapi.json')).body as { paths: Record<string, Record<string, { responses: object; requestBody?: object }>> };
    for (const { route } of permitted) {
      const operation = document.paths[route.path.replace(/:(\w+)/g, '{$1}')]![route.method.toLowerCase()]!;
      expect(Object.keys(operation.responses), nameOf(route)).toEqual(expect.arrayContaining(['401', '403', '404', '429']));
    }
    expect(document.paths['/api/users']!['post']!.requestBody).toMatchObject({ content: { 'application/json': { schema: { $ref: '#/components/schemas/NewUser' } } } });
  });
});

describe.each(permitted.map((one) => [nameOf(one.route), one] as const))('%s', (_name, { route, access }) => {
  const send = (client: { call: ReturnType<typeof clientOf>['call'] }, id: string = randomUUID()) =>
    client.call(...sampleOf(route, id));

  it.each(roles)('answers %s as the role table says', async (role: Role) => {
    const { status, body } = await send(await sessionOf(db, api, ours, role));
    if (can(role, access.permission)) expect([401, 403, 500]).not.toContain(status);
    else expect({ status, code: (body as { code: string }).code }).toEqual({ status: 403, code: 'forbidden' });
  });

  it('answers nobody without a session', async () => {
    expect(await send(clientOf(api, { host: ours.host }))).toMatchObject({ status: 401, body: { code: 'not-signed-in' } });
    const invented = clientOf(api, { host: ours.host, cookie: `hilo_session=${'A'.repeat(43)}`, csrf: 'A'.repeat(43) });
    expect(await send(invented)).toMatchObject({ status: 401 });
  });

  it('answers nobody with another company’s session', async () => {
    const { cookie, csrf } = await sessionOf(db, api, theirs, 'administrator');
    expect(await send(clientOf(api, { host: ours.host, cookie, csrf }))).toMatchObject({ status: 401 });
  });

  it('does nothing without the session’s CSRF token, or from another site', async () => {
    if (route.method === 'GET') return;
    const { cookie, csrf } = await sessionOf(db, api, ours, 'administrator');
    const other = await sessionOf(db, api, ours, 'administrator');
    expect(await send(clientOf(api, { host: ours.host, cookie }))).toMatchObject({ status: 403, body: { code: 'csrf-token' } });
    expect(await send(clientOf(api, { host: ours.host, cookie, csrf: other.csrf }))).toMatchObject({ status: 403, body: { code: 'csrf-token' } });
    const foreign = await clientOf(api, { host: ours.host, cookie, csrf }).call(route.method, pathWith(route.path, randomUUID()), { headers: { origin: `http://${theirs.host}` } });
    expect(foreign).toMatchObject({ status: 403, body: { code: 'foreign-origin' } });
  });
});

describe('another company’s ids', () => {
  const withIds = permitted.filter(({ route }) => route.path.includes(':'));
  const allTables = companyTables.map((table) => `select '${table}', to_jsonb(x) from ${table} x where company = 'vecina'`).join(' union all ');
  const everything = () => asSuperuser(db, async (client) => (await client.query(`${allTables} order by 1, 2`)).rows as unknown[]);

  it.each(withIds.map((one) => [nameOf(one.route), one.route] as const))('are nothing to %s', async (name, route) => {
    const idOf = otherIdsAtTheirs[name] ?? idsAtTheirs[route.path.split('/')[2]!];
    expect(idOf, 'say in this spec whose ids these are').toBeDefined();
    const id = await idOf!();
    const before = await everything();
    const administrator = await sessionOf(db, api, ours, 'administrator');
    const { status, body } = await administrator.call(...sampleOf(route, id));
    expect({ status, code: (body as { code: string }).code }).toEqual({ status: 404, code: 'not-found' });
    expect(await everything()).toEqual(before);
  });
});

describe('where a request came from', () => {
  it.each([
    [{ origin: 'null' }, 403], [{ origin: 'http://evil.example' }, 403], [{ origin: 'http://litoral.example:81' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403], [{ 'sec-fetch-site': 'same-site' }, 403], [{ 'sec-fetch-site': 'same-origin' }, 401],
    [{ origin: 'https://litoral.example' }, 401], [{}, 401],
  ])('with %j is answered %i', async (headers, status) => {
    const answer = await clientOf(api, { host: ours.host }).call('POST', '/api/session', { body: { login: 'nadie', password: 'nada' }, headers });
    expect(answer.status).toBe(status);
    await asSuperuser(db, (client) => client.query('delete from login_failures'));
  });
});
