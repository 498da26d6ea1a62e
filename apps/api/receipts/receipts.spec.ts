import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPool } from '../../../libs/db/pool.js';
import { LocalFolder } from '../../../libs/media/local-folder.js';
import { addSmallBook, type SmallBook } from '../testing/book.js';
import { addChannel, addConversation } from '../testing/conversations.js';
import { sessionOf, type Client } from '../testing/people.js';
import { addReceipt } from '../testing/receipts.js';
import { openTwoCompanies, type TwoCompanies } from '../testing/two-companies.js';
import type { FoundPayers, Outlook, ReceiptPage, ReceiptView } from './receipt.schema.js';

let two: TwoCompanies;
let rows: pg.Pool;
let boss: Client;
let sofia: Client;
let operator: Client;
let theirBoss: Client;
let book: SmallBook;

beforeAll(async () => {
  two = await openTwoCompanies(new LocalFolder(await mkdtemp(join(tmpdir(), 'hilo-receipts-'))));
  rows = openPool(two.db.superuserUrl, () => undefined);
  boss = two.boss;
  [sofia, operator, theirBoss] = [await sessionOf(two.db, two.api, two.ours, 'supervisor'), await sessionOf(two.db, two.api, two.ours, 'operator'), await sessionOf(two.db, two.api, two.theirs, 'administrator')];
  book = await addSmallBook(two.db, 'litoral');
}, 120_000);
afterAll(async () => {
  await rows.end();
  await two.close();
});

const list = async (query = '', client = sofia) => (await client.call('GET', `/api/receipts?${query}`)).body as ReceiptPage;
const exported = async (client: Client, query = '') => {
  const host = client === theirBoss ? two.theirs.host : two.ours.host;
  const { statusCode: status, headers, body: text } = await two.api.app.inject({ method: 'GET', url: `/api/receipts/export?${query}`, headers: { host, cookie: client.cookie } });
  return { status, headers, text };
};
const found = async (q: string) => (await list(`q=${encodeURIComponent(q)}`)).items.map(({ id }) => id);
const read = async (id: string, client = sofia) => client.call('GET', `/api/receipts/${id}`);
const put = (bytes: Buffer, client = sofia) => two.api.app.inject({
  method: 'POST', url: '/api/receipts/files?name=pago.png', payload: bytes,
  headers: { host: two.ours.host, origin: `http://${two.ours.host}`, cookie: client.cookie, 'x-csrf-token': client.csrf, 'content-type': 'application/octet-stream' },
});

describe('the list of receipts', () => {
  it('is filtered, counted, sorted and paged, with its most important reason and what lacks', async () => {
    const short = await addReceipt(rows, 'litoral', { customer: book.customer, customerName: 'Natalia Vega', amount: '900.00', reference: '111122223333', reasons: ['amount-below-due'] });
    const accepted = await addReceipt(rows, 'litoral', { state: 'accepted', customerName: 'Hugo Ledesma', amount: '18500.00', reference: '444455556666', reasons: ['verified'] });
    await rows.query(
      `insert into settlements (company, receipt, source, customer, amount, currency, method, paid_at, policy, state) values ('litoral', $1, 'receipt', 'c', 18500, 'ARS', 'Transferencia', now(), '{}', 'stuck')`, [accepted]);
    await addReceipt(rows, 'litoral', { state: 'reading', reference: '777788889999', receivedAt: new Date('2026-01-05T02:30:00Z') });
    const page = await list('filter=review');
    expect(page).toMatchObject({ total: 1, counts: { all: 3, review: 1, waiting: 1, accepted: 1, stuck: 1, rejected: 0 } });
    expect(page.items).toMatchObject([{ id: short, customerName: 'Natalia Vega', issuer: 'Banco Galicia', headline: 'amount-below-due', missing: { amount: '100.00', currency: 'ARS' } }]);
    expect((await list('filter=stuck')).items).toMatchObject([{ id: accepted, settlement: 'stuck' }]);
    expect((await list('sort=amount&size=2')).items.map(({ amount }) => amount?.amount)).toEqual(['24900.00', '18500.00']);
    expect((await list('sort=amount&size=2&page=2')).items.map(({ id }) => id)).toEqual([short]);
    // 23:30 of the day before where the company is
    expect((await list('from=2026-01-04&to=2026-01-04')).total).toBe(1);
    expect((await list('from=2026-01-05&to=2026-01-05')).total).toBe(0);
  });

  it('finds a name without accents, an amount, an operation and a phone, however they are written', async () => {
    const chat = await addConversation(rows, 'litoral', { channel: await addChannel(rows, 'litoral'), name: 'Ana', phone: '5493414155501' });
    const id = await addReceipt(rows, 'litoral', { customerName: 'Andrés Güemes', amount: '31234.50', payerName: 'IBÁÑEZ ROSA', reference: 'ZX98765432', contact: chat.contact });
    for (const q of ['guemes andres', 'ibanez', '$ 31.234,50', '31234.5', 'zx 9876-5432', '0341 15 415-5501']) expect(await found(q), q).toEqual([id]);
    expect(await found('100%')).toEqual([]);
    expect((await list('q=guemes', theirBoss)).total).toBe(0);
  });

  it('is a CSV file of all its pages, in which nothing that others wrote is a formula', async () => {
    const id = await addReceipt(rows, 'litoral', { state: 'rejected', customerName: '=HYPERLINK("x");Exportada', amount: '1234.50', reference: 'EXP-1', receivedAt: new Date('2026-02-05T02:30:00Z') });
    await rows.query(`update receipts set decided_by = 'person', decided_by_name = 'Sofía', decided_why = 'no figura', decided_at = '2026-02-05T12:00:00Z' where id = $1`, [id]);
    const { status, headers, text } = await exported(sofia, 'q=exportada&size=1');
    expect([status, headers['content-type'], headers['content-disposition']]).toEqual([200, 'text/csv; charset=utf-8', 'attachment; filename="comprobantes.csv"']);
    const [head, row, end] = text.split('\r\n');
    expect(head).toMatch(/^\uFEFFRecibido;Cliente;/u);
    expect(row).toBe(`2026-02-04 23:30;"'=HYPERLINK(""x"");Exportada";;1234,50;ARS;2026-11-18;Banco Galicia;GONZALEZ PABLO;EXP-1;Rechazado;Sofía;2026-02-05 09:00;no figura`);
    expect(end).toBe('');
    expect((await exported(theirBoss, 'q=exportada')).text.trim().split('\r\n')).toHaveLength(1);
    expect((await exported(operator)).status).toBe(403);
  });

  it('is a supervisor’s, and nobody else’s who attends chats', async () => {
    expect((await operator.call('GET', '/api/receipts')).status).toBe(403);
    expect((await operator.call('POST', `/api/receipts/${randomUUID()}/approve`, { body: {} })).status).toBe(403);
  });
});

describe('a receipt of whose wait people were reminded', () => {
  it('is a notification that leads to it, for those who decide, until it is decided', async () => {
    const id = await addReceipt(rows, 'litoral', { customerName: 'Late Lourdes', reference: '888800001111' });
    await rows.query('update receipts set reminded_at = now() where id = $1', [id]);
    const notified = async (client: Client) => ((await client.call('GET', '/api/notifications')).body as { kind: string; text: string; receipt?: string }[]).filter(({ kind }) => kind === 'receipt-late');
    expect(await notified(sofia)).toMatchObject([{ receipt: id, text: 'El comprobante de Late Lourdes espera hace mucho que alguien lo revise.' }]);
    expect([await notified(operator), await notified(theirBoss)]).toEqual([[], []]);
    expect((await list('q=lourdes')).items).toMatchObject([{ id, late: true }]);
    await rows.query(`update receipts set state = 'rejected' where id = $1`, [id]);
    expect(await notified(sofia)).toEqual([]);
    expect((await list('q=lourdes')).items[0]).not.toHaveProperty('late');
  });
});

describe('one receipt', () => {
  it('tells what was read, corrections over it, what it repeats, which money came in, how its payment fares', async () => {
    const first = await addReceipt(rows, 'litoral', { state: 'accepted', customer: 'c9', customerName: 'Elsa Duarte', reference: '900100200' });
    const id = await addReceipt(rows, 'litoral', {
      customer: 'c9', customerName: 'Elsa Duarte', reference: '900100201', earlier: { reference: { receipt: first }, picture: { receipt: first } },
      comparisons: [{ code: 'amount-equals-invoice', verdict: 'good' }], reasons: ['reference-repeated'],
    });
    await rows.query(`update receipts set correction = '{"amount": "25000.00"}' where id = $1`, [id]);
    await rows.query(`insert into payment_methods (company, kind, name, bank, holder, number) values ('litoral', 'transfer', 'Cuenta', 'Banco Ribera', 'Litoral Fibra SRL', '0070334412345678891203')`);
    const { rows: [incoming] } = await rows.query<{ id: string }>(
      `insert into incoming_payments (company, source, source_id, paid_on, amount, currency) values ('litoral', 'statement', 'l1', '2026-11-18', 24900, 'ARS') returning id`);
    await rows.query(`insert into incoming_references values ('litoral', $1, '900100201', '900100201')`, [incoming!.id]);
    const { rows: [settled] } = await rows.query<{ id: string }>(
      `insert into settlements (company, receipt, source, customer, amount, currency, method, paid_at, policy) values ('litoral', $1, 'receipt', 'c9', 25000, 'ARS', 'T', now(), '{"onRefusal": "reverse"}') returning id`, [id]);
    await rows.query(`insert into settlement_steps (company, settlement, step, state, attempts, fault) values ('litoral', $1, 'register', 'waiting', 2, 'timeout')`, [settled!.id]);
    const { status, body } = await read(id);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id, read: { amount: { amount: '25000.00', currency: 'ARS' }, confidence: { amount: 1, paidAt: 0.97 }, by: 'characters' }, corrected: ['amount'], ownAccount: 'Banco Ribera',
      comparisons: [{ code: 'amount-equals-invoice', verdict: 'good' }], reasons: ['reference-repeated'], policy: { mode: 'auto_if_verified' },
      earlier: [{ how: 'picture', receipt: first, customerName: 'Elsa Duarte', state: 'accepted', sameCustomer: true }],
      incoming: [{ id: incoming!.id, source: 'statement', settles: false }],
      payment: { id: settled!.id, state: 'registering', onRefusal: 'reverse', steps: [{ step: 'register', state: 'waiting', attempts: 2, fault: 'timeout' }] },
      trail: [{ kind: 'received' }], file: { kind: 'none', name: 'pago.png' },
    } satisfies Partial<Record<keyof ReceiptView, unknown>>);
    expect((body as ReceiptView).known).toBeGreaterThan(0);
    expect((await read(id, theirBoss)).status).toBe(404);
  });

  it('knows what the ISP’s system says of its customer, and what follows an approval', async () => {
    const id = await addReceipt(rows, 'litoral', { customer: book.customer, customerName: 'Una Persona', reference: '5550001' });
    await rows.query(`update services set status = 'suspended' where id = $1`, [book.service]);
    const { body } = await sofia.call('GET', `/api/receipts/${id}/outlook`);
    expect(body as Outlook).toMatchObject({
      system: 'Libro de clientes de Hilo', unavailable: false, customer: { name: 'Una Persona', suspended: true }, invoices: [{ id: book.invoice, amount: { amount: '1000.00' } }],
      steps: [{ step: 'register', will: 'will' }, { step: 'reactivate', will: 'if-settled' }, { step: 'tell', will: 'no-conversation' }, { step: 'notify', will: 'will' }],
    });
    expect((await sofia.call('GET', '/api/receipts/customers?q=una%20persona')).body as FoundPayers).toMatchObject({ byWords: true, unavailable: false, items: [{ id: book.customer, name: 'Una Persona' }] });
  });
});

describe('an invoice', () => {
  it('is shown as in review while a receipt that names it is open, and is not changed by that', async () => {
    const shown = async () => ((await boss.call('GET', `/api/book-invoices?customer=${book.customer}`)).body as { items: { state: string }[] }).items.map(({ state }) => state);
    expect(await shown()).toEqual(['open']); // what is open names none, so far
    const id = await addReceipt(rows, 'litoral', { customer: book.customer, reference: '5550002' });
    await rows.query('update receipts set invoice = $2 where id = $1', [id, book.invoice]);
    expect(await shown()).toEqual(['in-review']);
    expect((await rows.query('select state from invoices where id = $1', [book.invoice])).rows).toEqual([{ state: 'open' }]);
    const theirs = await addReceipt(rows, two.theirs.id, { customer: book.customer, reference: '5550003' });
    await rows.query('update receipts set invoice = $2 where id = $1', [theirs, book.invoice]);
    await rows.query(`update receipts set state = 'rejected' where id = $1`, [id]);
    expect(await shown()).toEqual(['open']);
  });
});

describe('a file', () => {
  it('is judged by content, told when it came before, and shown so that it can do no harm, to its company alone', async () => {
    const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#0B7A75' } }).png().toBuffer();
    const first = (await put(png)).json<{ upload: string; known?: unknown }>();
    expect(first).toMatchObject({ kind: 'image', size: png.byteLength });
    expect(first.known).toBeUndefined();
    const { rows: [kept] } = await rows.query<{ sha256: string }>('select sha256 from uploads where id = $1', [first.upload]);
    const id = await addReceipt(rows, 'litoral', { sha256: kept!.sha256, customerName: 'Quien lo mandó', reference: '1231231' });
    await rows.query('update receipts set size = $2 where id = $1', [id, png.byteLength]);
    expect((await put(png)).json()).toMatchObject({ known: { receipt: id, customerName: 'Quien lo mandó', state: 'review' } });
    const shown = await sofia.call('GET', `/api/receipts/${id}/file`);
    expect(shown).toMatchObject({ status: 200, headers: { 'content-type': 'image/png', 'x-content-type-options': 'nosniff', 'content-security-policy': `default-src 'none'; sandbox` } });
    expect((await theirBoss.call('GET', `/api/receipts/${id}/file`)).status).toBe(404);
    await rows.query('update receipts set sha256 = $2 where id = $1', [id, 'f'.repeat(64)]);
    expect(await sofia.call('GET', `/api/receipts/${id}/file`)).toMatchObject({ body: { code: 'file-lost' } });
  });

  it('that is none, or that cannot be opened, is refused in words', { timeout: 60_000 }, async () => {
    expect((await put(Buffer.from('<svg onload="alert(1)">'))).json()).toMatchObject({ status: 422, code: 'file-refused', detail: expect.stringContaining('JPEG') as string });
    expect((await put(Buffer.alloc(10 * 1024 * 1024 + 1, 1))).json()).toMatchObject({ status: 413, code: 'too-large' });
    expect((await put(Buffer.from('%PDF-1.7 and nothing more'))).json()).toMatchObject({ status: 422, code: 'file-refused', detail: 'Ese archivo no se puede abrir.' });
  });
});

describe('while the workflow engine is away', () => {
  it('nothing is decided, and nothing of it happens later', async () => {
    const id = await addReceipt(rows, 'litoral', { customer: 'c1', reference: '7770001' });
    const { rows: [upload] } = await rows.query<{ id: string }>(
      `insert into uploads (company, owner, kind, sha256, size, mimetype) values ('litoral', $1, 'image', $2, 1, 'image/png') returning id`, [two.ours.users.administrator, 'a'.repeat(64)]);
    // One that the workflow did, and whose answer got lost, is answered as done; its words stay.
    const [lost, command] = [await addReceipt(rows, 'litoral', { customer: 'c1', reference: '7770002', state: 'rejected' }), randomUUID()];
    await rows.query(`insert into receipt_events (company, receipt, kind, data) values ('litoral', $1, 'rejected', $2)`, [lost, { command }]);
    const rejected = boss.call('POST', `/api/receipts/${lost}/reject`, { headers: { 'idempotency-key': command }, body: { why: 'No es de acá' } });
    const [approved, started] = await Promise.all([
      boss.call('POST', `/api/receipts/${id}/approve`, { body: {} }),
      boss.call('POST', '/api/receipts', { body: { upload: upload!.id, customer: 'c1', customerName: 'Ana' } }),
    ]);
    expect([approved, started]).toMatchObject([{ status: 503, body: { code: 'engine-away' } }, { status: 503, body: { code: 'engine-away' } }]);
    expect(await rejected).toMatchObject({ status: 200, body: { id: lost, state: 'rejected' } });
    expect((await rows.query('delete from money_orders where command = $1', [command])).rowCount).toBe(1);
    for (const table of ['money_orders', 'receipt_drafts']) expect((await rows.query(`select 1 from ${table}`)).rowCount, table).toBe(0);
    expect((await boss.call('POST', '/api/receipts', { body: { upload: randomUUID(), customer: 'c1', customerName: 'Ana' } })).body).toMatchObject({ code: 'upload-unknown' });
    // A key that names another receipt: it is not put up as that one.
    expect((await boss.call('POST', '/api/receipts', { headers: { 'idempotency-key': id }, body: { upload: upload!.id, customer: 'c1', customerName: 'Ana' } })).body).toMatchObject({ code: 'idempotency-key-reused' });
  }, 60_000);
});
