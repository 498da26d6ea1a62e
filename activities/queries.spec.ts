import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { suiteBook, otherBook } from '../libs/crm/adapter-suite.js';
import { forCompany } from '../libs/db/company.js';
import { openOrm, type MikroORM } from '../libs/db/orm.js';
import { seedBook } from '../libs/db/seeds/customer-book.js';
import type { CustomerQuery, QueryResult } from '../libs/domain/customers.js';
import { LocalFolder } from '../libs/media/local-folder.js';
import { MediaUnavailable, type MediaStore } from '../libs/media/media-store.js';
import { addCompanies, asSuperuser } from '../libs/testing/companies.js';
import { createTestDatabase, type TestDatabase } from '../libs/testing/test-db.js';
import { openVault } from '../libs/vault/vault.js';
import { customerBookQueries, type CustomerBookQueries } from './customer-book.js';
import { ispSystems, type IspSystems } from './isp-systems.js';
import { createQueryActivities, type QueryRequest, type QueryDeps } from './queries.js';

const PHONE = suiteBook.customers[0]!.phones[0]!;

/** A company that shows no way to pay. */
const payments: QueryDeps['payments'] = () => Promise.resolve({ ok: true, kind: 'payment-options', methods: [] });
let db: TestDatabase;
let orm: MikroORM;
/** Never asked: only the embedded book is. */
const vault = openVault({ masterKey: Buffer.alloc(32), loadKeys: () => Promise.resolve([]) });
let folder: string;
let media: LocalFolder;

beforeAll(async () => {
  db = await createTestDatabase();
  orm = await openOrm(db.appUrl);
  await addCompanies(db, 'ours', 'theirs');
  folder = await mkdtemp(join(tmpdir(), 'hilo-documents-'));
  media = new LocalFolder(folder);
  await forCompany(orm, 'ours', (em) => seedBook(em, 'ours', suiteBook));
  await forCompany(orm, 'theirs', (em) => seedBook(em, 'theirs', otherBook));
});
afterAll(async () => {
  await orm.close();
  await db.drop();
  await rm(folder, { recursive: true });
});

/** A conversation of the company that has asked this. */
async function asked(company: string, query: CustomerQuery): Promise<QueryRequest> {
  const [channel, contact, conversation, step] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  await forCompany(orm, company, async (em) => {
    await em.execute('insert into channels (company, id, name) values (?, ?, ?)', [company, channel, channel]);
    await em.execute('insert into contacts (company, id) values (?, ?)', [company, contact]);
    await em.execute('insert into conversations (company, id, channel, contact) values (?, ?, ?, ?)', [company, conversation, channel, contact]);
    await em.execute('insert into conversation_queries (company, conversation, step, query) values (?, ?, ?, ?::jsonb)', [
      company, conversation, step, JSON.stringify(query),
    ]);
  });
  return { company, conversation, step };
}

const answerOf = ({ conversation, step }: QueryRequest) =>
  asSuperuser(db, async (client) => {
    const { rows } = await client.query<{ result: QueryResult | null; answered_at: Date | null }>(
      'select result, answered_at from conversation_queries where conversation = $1 and step = $2', [conversation, step]);
    return rows[0]!;
  });

const run = (request: QueryRequest, customerBook: CustomerBookQueries = customerBookQueries(orm), limitMs?: number) => {
  const { runQuery } = createQueryActivities({ orm, media, payments, systems: ispSystems({ orm, vault, now: Date.now, customerBook, ...(limitMs === undefined ? {} : { bookLimitMs: limitMs }) }) });
  return new MockActivityEnvironment().run(runQuery, request);
};

/** A book of which one query does what a spec wants. */
const broken = (byPhone: () => Promise<never>): CustomerBookQueries => (company) => ({ ...customerBookQueries(orm)(company), byPhone });

describe('runQuery', () => {
  it('keeps the answer in the row of the step, and returns nothing of it', async () => {
    const request = await asked('ours', { kind: 'by-phone', phone: PHONE });
    expect(await run(request)).toEqual({ ok: true });
    const { result, answered_at } = await answerOf(request);
    expect(result).toMatchObject({ ok: true, kind: 'customers', customers: [{ name: 'Ana Gómez' }, { name: 'Beto Ruiz' }] });
    expect(answered_at).toBeInstanceOf(Date);
  });

  it('does not ask again what has an answer', async () => {
    const request = await asked('ours', { kind: 'by-phone', phone: PHONE });
    await run(request);
    const first = await answerOf(request);
    await expect(run(request, broken(() => Promise.reject(new Error('asked twice'))))).resolves.toEqual({ ok: true });
    expect(await answerOf(request)).toEqual(first);
  });

  it('makes "unavailable" of a system that fails', async () => {
    const request = await asked('ours', { kind: 'by-phone', phone: PHONE });
    expect(await run(request, broken(() => Promise.reject(new Error('down'))))).toEqual({ ok: true });
    expect((await answerOf(request)).result).toMatchObject({ ok: false, reason: 'unavailable', fault: 'unavailable' });
  });

  it('makes "unavailable" of a system that hangs, once its time is over', async () => {
    const request = await asked('ours', { kind: 'by-phone', phone: PHONE });
    expect(await run(request, broken(() => new Promise<never>(() => undefined)), 50)).toEqual({ ok: true });
    expect((await answerOf(request)).result).toMatchObject({ ok: false, reason: 'unavailable', fault: 'timeout' });
  });

  it('leaves the question open when the worker stops meanwhile', async () => {
    const request = await asked('ours', { kind: 'by-phone', phone: PHONE });
    const environment = new MockActivityEnvironment();
    const { runQuery } = createQueryActivities({ orm, media, payments, systems: ispSystems({ orm, vault, now: Date.now, customerBook: broken(() => {
      environment.cancel();
      return new Promise<never>(() => undefined);
    }) }) });
    await expect(environment.run(runQuery, request)).rejects.toThrow();
    expect(await answerOf(request)).toEqual({ result: null, answered_at: null });
  });

  it('fails for a step that was never asked', async () => {
    const request = await asked('ours', { kind: 'plans' });
    await expect(run({ ...request, step: 'never' })).rejects.toThrow('has not asked');
  });

  it("neither reads nor answers another company's question", async () => {
    const request = await asked('ours', { kind: 'by-phone', phone: PHONE });
    await expect(run({ ...request, company: 'theirs' })).rejects.toThrow('has not asked');
    expect(await answerOf(request)).toEqual({ result: null, answered_at: null });
  });

  it("never answers with another company's customer", async () => {
    const request = await asked('theirs', { kind: 'by-phone', phone: PHONE });
    await run(request);
    expect((await answerOf(request)).result).toMatchObject({ customers: [{ name: 'Otra Persona' }] });
    expect(JSON.stringify(await answerOf(request))).not.toMatch(/Ana|Beto/);
  });
});

const PDF = Buffer.from('%PDF-1.4\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n');

/** A system that hands out these bytes as whatever document it is asked for. */
const handingOut = (bytes: Uint8Array): Pick<IspSystems, 'of'> => ({
  of: async (company) => ({
    ...(await ispSystems({ orm, vault, now: Date.now }).of(company)),
    ask: (query) => Promise.resolve(query.kind === 'invoice-document'
      ? { ok: true, kind: 'document', asOf: '2026-11-22T13:00:00.000Z', cached: false,
        document: { invoice: { id: query.invoice, number: '0003-7' }, fileName: 'factura.pdf', mimetype: 'text/html', bytes } }
      : { ok: false, reason: 'unsupported', asOf: '2026-11-22T13:00:00.000Z', cached: false }),
  }),
});

describe("an invoice's document", () => {
  const asksDocument = () => asked('ours', { kind: 'invoice-document', customer: 'c', invoice: 'f7' });
  const fetch = (request: QueryRequest, bytes: Uint8Array, store: MediaStore = media) =>
    new MockActivityEnvironment().run(createQueryActivities({ orm, payments, systems: handingOut(bytes), media: store }).runQuery, request);

  it('is stored, and the row says where: not its bytes', async () => {
    const request = await asksDocument();
    await fetch(request, PDF);
    const { result } = await answerOf(request);
    expect(result).toEqual({
      ok: true, kind: 'stored-document', asOf: '2026-11-22T13:00:00.000Z', cached: false,
      document: {
        invoice: { id: 'f7', number: '0003-7' }, fileName: 'factura.pdf', mimetype: 'application/pdf',
        size: PDF.byteLength, sha256: createHash('sha256').update(PDF).digest('hex'),
      },
    });
    expect(Buffer.from((await media.open('ours', createHash('sha256').update(PDF).digest('hex')))!)).toEqual(PDF);
  });

  it.each([['nothing', Buffer.alloc(0)], ['a program', Buffer.from('MZ\u0090\0\u0003\0\0\0', 'latin1')]])('that is %s is none', async (_, bytes) => {
    const request = await asksDocument();
    await fetch(request, bytes);
    expect((await answerOf(request)).result).toMatchObject({ ok: false, reason: 'unavailable', fault: 'bad-response' });
  });

  it('that cannot be stored is none that we have: the customer is told so, instead of waiting for our disk', async () => {
    const request = await asksDocument();
    const full: MediaStore = { put: () => Promise.reject(new MediaUnavailable('full')), open: () => Promise.resolve(undefined), has: () => Promise.resolve(false) };
    await fetch(request, PDF, full);
    expect((await answerOf(request)).result).toMatchObject({ ok: false, reason: 'unavailable' });
  });
});
