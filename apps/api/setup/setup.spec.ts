import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asSuperuser } from '../../../libs/testing/companies.js';
import type { TestDatabase } from '../../../libs/testing/test-db.js';
import type { ApiUnderTest } from '../testing/api-under-test.js';
import { sessionOf, type Client, type TestCompany } from '../testing/people.js';
import { openTwoCompanies, type TwoCompanies } from '../testing/two-companies.js';

let db: TestDatabase;
let api: ApiUnderTest;
let theirs: TestCompany;
let boss: Client;
let close: TwoCompanies['close'];

beforeAll(async () => {
  ({ db, api, theirs, boss, close } = await openTwoCompanies());
});
afterAll(() => close());

const sql = (text: string, values: unknown[] = []) => asSuperuser(db, async (client) => (await client.query<object>(text, values)).rows);
const read = async (client = boss) => (await client.call('GET', '/api/setup')).body;
const patch = (body: object) => boss.call('PATCH', '/api/company', { body });

describe('the company’s settings', () => {
  it('are changed by the administrator, in its own company alone', async () => {
    expect(await patch({ name: ' Litoral Fibra ', timeZone: 'America/Cordoba' })).toMatchObject({
      status: 200, body: { id: 'litoral', name: 'Litoral Fibra', timeZone: 'America/Cordoba', locale: 'es-AR', currency: 'ARS' },
    });
    expect((await boss.call('GET', '/api/session')).body).toMatchObject({ company: { name: 'Litoral Fibra', timeZone: 'America/Cordoba' } });
    expect(await sql(`select name, time_zone from companies where id = 'vecina'`)).toEqual([{ name: 'Empresa vecina', time_zone: 'America/Argentina/Buenos_Aires' }]);
  });

  it.each<[object, object]>([
    [{ timeZone: 'Marte/Norte' }, { status: 422, body: { code: 'time-zone-unknown' } }], [{ timeZone: '+03:00' }, { status: 422 }],
    [{ name: ' ' }, { status: 400 }], [{ name: 'x'.repeat(81) }, { status: 400 }],
  ])('refuse %j', async (body, refusal) => expect(await patch(body)).toMatchObject(refusal));

  it('leave alone what may not be changed from here', async () => {
    expect((await patch({ id: 'vecina', suspendedAt: '2026-01-01T00:00:00Z', name: 'Litoral' })).status).toBe(200);
    expect(await sql(`select id, suspended_at from companies where name = 'Litoral'`)).toEqual([{ id: 'litoral', suspended_at: null }]);
  });

  it('cannot be another company’s, even for a connection that forgets to say which', async () => {
    const updated = await api.pool.query(`update companies set name = 'Robada'`);
    expect(updated.rowCount).toBe(0);
    await expect(api.pool.query(`update companies set suspended_at = now()`)).rejects.toThrow('permission denied');
  });
});

describe('the first-run wizard', () => {
  const open = { password: 'done', company: 'open', system: 'open', number: 'open', testChat: 'open', flow: 'open' };

  it('follows what really is', async () => {
    const other = await sessionOf(db, api, theirs, 'administrator');
    expect(await read(other)).toEqual({ steps: open, finished: false });
    expect(await read()).toEqual({ steps: { ...open, company: 'done' }, finished: false });
    await sql(`insert into channels (company, name, state) values ('litoral', 'principal', 'linked')`);
    await sql(`insert into flows (company, kind, name) values ('litoral', 'support', 'Soporte')`);
    expect(await read()).toMatchObject({ steps: { number: 'done', testChat: 'open', flow: 'open' } });
    await sql(`with v as (insert into flow_versions (company, flow, number, definition) select company, id, 1, '{}' from flows returning company, id) update flows f set published = v.id from v`);
    await sql(`insert into contacts (company) values ('litoral')`);
    await sql(`insert into conversations (company, channel, contact) select 'litoral', h.id, k.id from channels h, contacts k`);
    await sql(`insert into messages (company, conversation, channel, direction, author, wa_id, from_me, kind, state) select company, id, channel, 'out', 'bot', 'x', true, 'text', 'queued' from conversations`);
    expect(await read()).toMatchObject({ steps: { testChat: 'open', flow: 'done' } });
    await sql(`update messages set state = 'sent'`);
    await sql(`insert into customers (company, number, name) values ('litoral', '1', 'Ana')`);
    expect(await read()).toEqual({ steps: { password: 'done', company: 'done', system: 'done', number: 'done', testChat: 'done', flow: 'done' }, finished: false });
    await sql(`update channels set state = 'connecting'`);
    expect(await read()).toMatchObject({ steps: { number: 'done' } });
    expect(await read(other)).toEqual({ steps: open, finished: false });
  });

  it('ends when the administrator says so, and stays ended', async () => {
    const finish = () => boss.call('POST', '/api/setup/finish');
    expect(await finish()).toMatchObject({ status: 200, body: { finished: true } });
    const at = await sql(`select setup_finished_at from companies where id = 'litoral'`);
    expect(await finish()).toMatchObject({ status: 200, body: { finished: true } });
    expect(await sql(`select setup_finished_at from companies where id = 'litoral'`)).toEqual(at);
    expect(await sql(`select id from companies where setup_finished_at is not null`)).toEqual([{ id: 'litoral' }]);
  });
});
