import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgetDrafts } from '../../../activities/statements/drafts.js';
import { openSettlement } from '../../../activities/settlements/opening.js';
import { forCompany } from '../../../libs/db/company.js';
import { openOrm, type MikroORM } from '../../../libs/db/orm.js';
import { defaultReceiptPolicy } from '../../../libs/domain/receipt/policy.js';
import { unread } from '../../../libs/domain/receipt/correct.js';
import { MOST_OF_COMPANY, MOST_OF_PERSON } from '../../../libs/domain/statement/draft-room.js';
import { asSuperuser } from '../../../libs/testing/companies.js';
import { sessionOf, type Client } from '../testing/people.js';
import { startEngine, type EngineUnderTest } from '../testing/engine-under-test.js';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.js';
import { waitFor } from '../../../libs/testing/wait-for.js';
import { openTwoCompanies, type TwoCompanies } from '../testing/two-companies.js';
import type { IncomingPage, StatementDraft, StatementImport, StatementPreview } from './statement.schema.js';

let world: TwoCompanies;
let orm: MikroORM;
let engine: EngineUnderTest;
let api: ApiUnderTest;
let boss: Client;
let account: string;
let other: string;
type Answer<T> = { status: number; body: T & { code?: string; detail?: string } };

const addAccount = (name: string, company = 'litoral') => asSuperuser(world.db, async (client) => (await client.query<{ id: string }>(
  `insert into payment_methods (company, kind, name, holder, number) values ($1, 'transfer', $2, 'Litoral Fibra', '2850590940090418135201') returning id`, [company, name])).rows[0]!.id);

/** A receipt as its workflow would have left it. */
async function addReceipt(state: string, { amount, reference, payer = 'Juan Perez', name = 'Juan Pérez' }: { amount: string; reference?: string; payer?: string; name?: string }): Promise<string> {
  const read = { ...unread, amount: { amount, currency: 'ARS' }, paidAt: { on: '2026-11-02' }, payer: { name: payer }, references: reference === undefined ? [] : [{ type: 'operation', value: reference }] };
  return asSuperuser(world.db, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `insert into receipts (company, source, state, read, amount, currency, paid_on, customer_name) values ('litoral', 'panel', $1, $2, $3, 'ARS', '2026-11-02', $4) returning id`,
      [state, JSON.stringify(read), amount, name]);
    if (reference !== undefined) await client.query(`insert into receipt_references (company, receipt, reference, folded) values ('litoral', $1, $2, $2)`, [rows[0]!.id, reference]);
    return rows[0]!.id;
  });
}

const settle = (receipt: string, amount: string, incoming?: string) => forCompany(orm, 'litoral', (em) => openSettlement(em, 'litoral', {
  source: 'receipt', receipt, ...(incoming === undefined ? {} : { incoming }), customer: '1', customerName: 'Juan Pérez', amount: { amount, currency: 'ARS' }, method: 'Transferencia',
  paidAt: '2026-11-02T12:00:00Z', keys: [`file:${randomUUID()}`, ...(incoming === undefined ? [] : [`in:${incoming}`])], policy: defaultReceiptPolicy,
}));

beforeAll(async () => {
  world = await openTwoCompanies();
  orm = await openOrm(world.db.appUrl);
  engine = await startEngine(world.db.appUrl);
  api = await openApi(world.db.appUrl, { environment: { TEMPORAL_ADDRESS: engine.address } });
  boss = await sessionOf(world.db, api, world.ours, 'supervisor');
  [account, other] = [await addAccount('Banco de la Ribera'), await addAccount('Otra')];
}, 120_000);
afterAll(async () => {
  await api.close();
  await engine.stop();
  await orm.close();
  await world.close();
});

const HEAD = 'Banco de la Ribera S.A.;;;\nMovimientos;;;\n';
const file = (...lines: string[]) => `${HEAD}Importe;Fecha;Concepto;Operación\n${lines.join('\n')}\n`;
const post = async <T>(path: string, body: object = {}, client = boss) => (await client.call('POST', path, { body })) as Answer<T>;
const upload = async (text: string, { to = account, client = boss } = {}) => (await client.call('POST', `/api/statements?account=${to}&fileName=noviembre.csv`, {
  body: Buffer.from(text, 'latin1'), headers: { 'content-type': 'application/octet-stream' },
})) as Answer<StatementDraft>;
const incoming = async (query = '') => (await boss.call('GET', `/api/incoming-payments?size=100&${query}`)).body as IncomingPage;

async function previewed(text: string, { to = account, withAlike = false } = {}) {
  const draft = (await upload(text, { to })).body;
  const options = { mapping: draft.mapping, withAlike };
  const preview = (await post<StatementPreview>(`/api/statements/${draft.id}/preview`, options)).body;
  const { fresh, alike } = preview.counts;
  return { draft, preview, options, confirm: (seen = { fresh, alike }, client = boss) => post<StatementImport>(`/api/statements/${draft.id}/confirm`, { ...options, seen }, client) };
}

const untilTold = (id: string) => waitFor('receipts are told', async () => ((await boss.call('GET', `/api/statements/${id}`)).body as StatementImport).told);

async function imported(text: string, options: { to?: string; withAlike?: boolean } = {}) {
  const { draft, confirm } = await previewed(text, options);
  expect(await confirm()).toMatchObject({ status: 200, body: { state: 'confirmed' } });
  await untilTold(draft.id);
  return draft.id;
}

describe('a bank’s statement', { timeout: 60_000 }, () => {
  const JUAN = '24.900,00;02/11/2026;TRANSF DE 20-12345678-6 PEREZ JUAN;55667788';
  const ANA = '18.900,50;03/11/2026;TRANSFERENCIA RECIBIDA DE GOMEZ ANA;';

  it('is told what its columns are, wherever its table begins', async () => {
    const { status, body } = await upload(file(JUAN));
    expect({ status, body }).toMatchObject({ status: 200, body: {
      kind: 'csv', delimiter: ';', encoding: 'windows-1252', rows: 4, remembered: false, mapping: { header: 2, columns: { amount: 0, on: 1, description: 2, reference: 3 }, days: 'day-first', decimal: ',' },
    } });
    expect(body.top[2]).toEqual(['Importe', 'Fecha', 'Concepto', 'Operación']);
    expect(await upload('\u0089PNG\u0000')).toMatchObject({ status: 422, body: { code: 'import-unreadable' } });
    expect((await upload(file(JUAN), { to: randomUUID() })).status).toBe(404);
  });

  it('shows how each row is understood and which receipts it would confirm, and writes nothing', async () => {
    const [open, wrong] = [await addReceipt('review', { amount: '24900.00', reference: '55667788' }), await addReceipt('waiting', { amount: '100.00', reference: '99001122', name: 'Ana' })];
    const { preview } = await previewed(file(JUAN, ANA, '200,00;04/11/2026;DEPOSITO;99001122', '-1.210,50;04/11/2026;COMISION;', 'mucho;05/11/2026;ALGO;'));
    expect(preview).toMatchObject({
      counts: { fresh: 3, known: 0, alike: 0, debits: 1, problems: 1 }, sum: '44000.50', debitSum: '1210.50', currency: 'ARS', period: { from: '2026-11-02', to: '2026-11-04' },
      problems: [{ line: 8, code: 'amount-unreadable', cells: ['mucho', '05/11/2026', 'ALGO'] }],
    });
    expect(preview.lines[0]).toEqual({
      line: 4, state: 'fresh', on: '2026-11-02', amount: '24900.00', payerName: 'PEREZ JUAN', payerDocument: '20123456786', references: ['55667788'], description: 'TRANSF DE 20-12345678-6 PEREZ JUAN · 55667788',
    });
    expect(preview.receipts.map(({ id, result, line, state }) => [id, result, line, state]).sort()).toEqual([[open, 'confirmed', 4, 'review'], [wrong, 'mismatch', 6, 'waiting']].sort());
    expect((await incoming()).total).toBe(0);
  });

  it('comes in once: twice at once, again, and in the next file', async () => {
    const { confirm } = await previewed(file(JUAN, ANA, ANA));
    expect(await confirm({ fresh: 1, alike: 0 })).toMatchObject({ status: 409, body: { code: 'statement-changed' } });
    const one = await previewed(file(JUAN));
    await Promise.all([confirm(), one.confirm()]);
    expect((await incoming()).total).toBeLessThanOrEqual(3);
    await (await previewed(file(JUAN, ANA, ANA))).confirm();
    const { items, total } = await incoming();
    expect(total).toBe(3); // two equal payments of one day in one file are two
    expect(items.map(({ amount, payerName }) => [amount, payerName])).toEqual([['18900.50', 'GOMEZ ANA'], ['18900.50', 'GOMEZ ANA'], ['24900.00', 'PEREZ JUAN']]);
    const again = await previewed(file(ANA, '50,00;05/11/2026;OTRO;'));
    expect(again.preview.counts).toMatchObject({ fresh: 1, known: 1 });
    expect(await (await previewed(file(JUAN))).confirm()).toMatchObject({ status: 422, body: { code: 'statement-empty' } });
  });

  it('remembers what people said of its columns', async () => {
    const text = 'Cuando;Cuanto;Quien\n06/11/2026;77,00;DE LOPEZ CARLA\n';
    const draft = (await upload(text)).body;
    const mapping = { ...draft.mapping, header: 0, columns: { on: 0, amount: 1, description: 2 } };
    expect(await post(`/api/statements/${draft.id}/preview`, { mapping: { ...mapping, columns: { on: 0 } } })).toMatchObject({ status: 422, body: { code: 'statement-columns' } });
    expect(await post(`/api/statements/${draft.id}/preview`, { mapping: { ...mapping, columns: { on: 0, amount: 9 } } })).toMatchObject({ status: 422, body: { code: 'statement-columns' } });
    await post(`/api/statements/${draft.id}/confirm`, { mapping, seen: { fresh: 1, alike: 0 } });
    expect((await upload(`Banco;;\n\n${text}`)).body).toMatchObject({ remembered: true, mapping: { ...mapping, header: 1 } });
  });

  it('says what may be known under another text, and takes it only when told to', async () => {
    const { preview, confirm } = await previewed(file('24.900,00;02/11/2026;Transferencia de Juan Pérez;'));
    expect(preview.counts).toMatchObject({ fresh: 0, alike: 1 });
    expect(await confirm()).toMatchObject({ status: 422, body: { code: 'statement-empty' } });
    const id = await imported(file('24.900,00;02/11/2026;Transferencia de Juan Pérez;'), { withAlike: true });
    expect(await post(`/api/statements/${id}/undo`)).toMatchObject({ status: 200, body: { state: 'undone', lines: 0 } });
    await untilTold(id);
    expect(await post(`/api/statements/${id}/undo`)).toMatchObject({ status: 409, body: { code: 'statement-undone' } });
    expect((await incoming('q=24900')).total).toBe(1);
  });

  it('is of one account', async () => {
    const text = file('31,00;06/11/2026;DEPOSITO;');
    await imported(text);
    const { preview, confirm } = await previewed(text, { to: other });
    expect(preview.before).toMatchObject({ account: 'Banco de la Ribera' });
    expect(await confirm()).toMatchObject({ status: 409, body: { code: 'statement-elsewhere' } });
  });

  it('is not undone once a line has settled something, and shows what the bank took back', async () => {
    const id = await imported(file('500,00;06/11/2026;TRANSF DE DIAZ EVA;70000001', '600,00;06/11/2026;TRANSF DE SOSA LEO;70000002'));
    const [settled, free] = [(await incoming('q=70000001')).items[0]!, (await incoming('q=70000002')).items[0]!];
    const receipt = await addReceipt('accepted', { amount: '500.00', reference: '70000001', name: 'Eva Díaz' });
    expect(await settle(receipt, '500.00', settled.id)).toMatchObject({ ok: true });
    expect(await post(`/api/statements/${id}/undo`)).toMatchObject({ status: 409, body: { code: 'statement-used', detail: expect.stringContaining('Juan Pérez') as string } });
    const text = file('-500,00;07/11/2026;DEVOLUCION TRANSFERENCIA;70000001', '-600,00;07/11/2026;REVERSA;70000002');
    expect((await previewed(text)).preview.returns).toMatchObject([{ line: 4, amount: '500.00', payment: settled.id, receipt, customerName: 'Juan Pérez', settled: true }, { payment: free.id, settled: false }]);
    const later = await imported(text);
    expect((await boss.call('GET', `/api/statements/${later}`)).body).toMatchObject({ lines: 0, returns: [{ line: 4, receipt, settled: true }, { line: 5, settled: false }] });
    expect((await incoming('q=70000001')).items[0]).toMatchObject({ state: 'in', settlement: { receipt, customerName: 'Juan Pérez' } });
    expect((await incoming('q=70000002')).items[0]).toMatchObject({ state: 'undone' }); // can confirm nothing any more
    expect((await post(`/api/statements/${later}/undo`)).status).toBe(200);
    expect((await incoming('q=70000002')).items[0]).toMatchObject({ state: 'in' });
  });

  it('is found by amount, number, payer or words', async () => {
    const found = async (query: string) => (await incoming(query)).items.map(({ amount }) => amount);
    expect(await found('q=55667788')).toEqual(['24900.00']);
    expect(await found('q=18.900,50')).toEqual(['18900.50', '18900.50']);
    expect(await found(`q=${encodeURIComponent('pérez juan')}`)).toEqual(['24900.00']);
    expect(await found('q=pérez ana')).toEqual([]);
    expect(await found('filter=settled')).toEqual(['500.00']);
  });

  it('ties receipts that were accepted without a proof to their line, and tells the open ones', async () => {
    const accepted = await addReceipt('accepted', { amount: '810.00', reference: '81000001' });
    const opened = await settle(accepted, '810.00');
    if (!opened.ok) throw new Error('it was taken');
    const waiting = await addReceipt('waiting', { amount: '820.00', payer: 'Nora Paz' });
    const reading = await addReceipt('reading', { amount: '1.00' });
    await addReceipt('review', { amount: '999.99', reference: '99999990' });
    await addReceipt('rejected', { amount: '820.00' });
    engine.told.length = 0;
    const id = await imported(file('810,00;02/11/2026;TRANSF;81000001', '820,00;03/11/2026;TRANSF DE PAZ NORA;'));
    expect((await incoming('q=81000001')).items[0]).toMatchObject({ settlement: { id: opened.settlement } });
    expect(await settle(await addReceipt('rejected', { amount: '810.00' }), '810.00', (await incoming('q=81000001')).items[0]!.id)).toEqual({ ok: false, taken: opened.settlement });
    expect((await boss.call('GET', `/api/statements/${id}`)).body).toMatchObject({ told: true, lines: 2, settled: 1 });
    const { rows: trail } = await asSuperuser(world.db, (client) => client.query('select kind from receipt_events where receipt = $1', [accepted]));
    expect(trail).toEqual([{ kind: 'confirmed' }]);
    expect([...engine.told].sort()).toEqual([waiting, reading].map((one) => `litoral/receipt/${one}`).sort());
  });

  it('that was confirmed while the engine was away stands, and tells receipts when it is asked again', async () => {
    const { draft, options } = await previewed(file('33,00;06/11/2026;DEPOSITO;'));
    const body = { ...options, seen: { fresh: 1, alike: 0 } };
    expect(await post(`/api/statements/${draft.id}/confirm`, body, world.boss)).toMatchObject({ status: 503, body: { code: 'engine-late' } });
    expect((await boss.call('GET', `/api/statements/${draft.id}`)).body).toMatchObject({ state: 'confirmed', told: false, lines: 1 });
    expect(await post(`/api/statements/${draft.id}/confirm`, body)).toMatchObject({ status: 200, body: { lines: 1 } });
    await untilTold(draft.id);
    expect(await post(`/api/statements/${draft.id}/confirm`, body)).toMatchObject({ status: 409, body: { code: 'statement-done' } });
  });

  it('that is undone is told to the open receipts that relied on it, and again when that was lost', async () => {
    const wrong = await addReceipt('review', { amount: '41.00', reference: '41000001' });
    const reading = await addReceipt('reading', { amount: '1.00' });
    await addReceipt('rejected', { amount: '42.00', reference: '41000001' });
    const id = await imported(file('42,00;06/11/2026;TRANSF;41000001'));
    engine.told.length = 0;
    expect(await post(`/api/statements/${id}/undo`)).toMatchObject({ status: 200, body: { state: 'undone', lines: 0 } });
    await untilTold(id);
    await asSuperuser(world.db, (client) => client.query('update statement_imports set woken_at = null where id = $1', [id]));
    expect(await post(`/api/statements/${id}/undo`)).toMatchObject({ status: 200, body: { state: 'undone' } });
    await untilTold(id);
    expect(engine.told.filter((one) => one === `litoral/receipt/${wrong}`)).toHaveLength(2);
    expect(engine.told).toEqual(expect.arrayContaining([wrong, reading].map((one) => `litoral/receipt/${one}`)));
    expect(await post(`/api/statements/${id}/undo`)).toMatchObject({ status: 409, body: { code: 'statement-undone' } });
  });

  it('is kept unconfirmed only so often, of one person and of one company, and for a day', async () => {
    const text = file('1,00;06/11/2026;X;');
    const addDrafts = (by: string, count: number, age = '0 hours', company = 'litoral', of = account) => asSuperuser(world.db, (client) => client.query(
      `insert into statement_imports (company, account, file_name, sha256, content, mapping, made_by, made_by_name, made_at)
        select $1, $2, 'x', repeat('a', 64), '{}', '{}', $3, 'x', clock_timestamp() - $5::interval from generate_series(1, $4::int)`, [company, of, by, count, age]));
    const forget = () => asSuperuser(world.db, (client) => client.query(`delete from statement_imports where state = 'draft'`));
    const { supervisor, administrator } = world.ours.users;
    await forget();
    await addDrafts(supervisor, MOST_OF_PERSON.count - 1);
    await addDrafts(supervisor, 5, '25 hours');
    const [one, two] = (await Promise.all([upload(text), upload(text)])).sort((a, b) => a.status - b.status);
    expect([one.status, two.status, two.body.code]).toEqual([200, 409, 'statement-drafts']);
    expect((await upload(text, { client: world.boss })).status).toBe(200); // another person
    await addDrafts(administrator, MOST_OF_COMPANY.count - MOST_OF_PERSON.count - 1);
    expect(await upload(text, { client: await sessionOf(world.db, api, world.ours, 'supervisor') })).toMatchObject({ status: 409 });
    await forget();
    await addDrafts(supervisor, 5, '25 hours');
    await forCompany(orm, 'litoral', (em) => forgetDrafts(em, 'litoral'));
    expect((await asSuperuser(world.db, (client) => client.query(`select 1 from statement_imports where state = 'draft'`))).rowCount).toBe(0);
    await addDrafts(world.theirs.users.administrator, MOST_OF_COMPANY.count, '0 hours', 'vecina', await addAccount('La de ellos', 'vecina'));
    expect((await upload(text)).status).toBe(200); // theirs are not ours
    await forget();
    await asSuperuser(world.db, (client) => client.query(`delete from payment_methods where company = 'vecina'`));
  });

  it('is not another company’s to see, find, preview or undo', async () => {
    const theirBoss = await sessionOf(world.db, world.api, world.theirs, 'administrator');
    const draft = (await upload(file('1,00;06/11/2026;X;'))).body;
    const [first] = (await boss.call('GET', '/api/statements')).body as StatementImport[];
    for (const path of ['/api/statements', '/api/statements/accounts']) expect((await theirBoss.call('GET', path)).body).toEqual([]);
    expect((await theirBoss.call('GET', '/api/incoming-payments')).body).toEqual({ items: [], total: 0 });
    expect((await theirBoss.call('GET', `/api/statements/${first!.id}`)).status).toBe(404);
    expect((await post(`/api/statements/${first!.id}/undo`, {}, theirBoss)).status).toBe(404);
    expect((await post(`/api/statements/${draft.id}/preview`, { mapping: draft.mapping }, theirBoss)).status).toBe(404);
    expect((await upload(file('1,00;06/11/2026;X;'), { client: theirBoss })).status).toBe(404);
  });
});
