import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPool } from '../../../libs/db/pool.js';
import { createTestDatabase, type TestDatabase } from '../../../libs/testing/test-db.js';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.js';
import { addChannel, addConversation, addMessage, addTicket } from '../testing/conversations.js';
import { addCompanyWithPeople, sessionOf, type Client, type TestCompany } from '../testing/people.js';
import type { Dashboard } from './dashboard.schema.js';
import { troublesIn, type Findings } from './troubles.js';

let db: TestDatabase;
let api: ApiUnderTest;
let rows: pg.Pool;
let litoral: TestCompany;
let supervisor: Client;

beforeAll(async () => {
  db = await createTestDatabase();
  rows = openPool(db.superuserUrl, () => undefined, { query_timeout: 20_000 });
  litoral = await addCompanyWithPeople(db, 'litoral');
  api = await openApi(db.appUrl);
  supervisor = await sessionOf(db, api, litoral, 'supervisor');
});
afterAll(async () => {
  await api.close();
  await rows.end();
  await db.drop();
});

describe('the dashboard', () => {
  it('counts what is open and waits too long, and says what is wrong and what to do', async () => {
    const channel = await addChannel(rows, 'litoral');
    await rows.query(`update channels set state = 'logged-out', wanted = false where id = $1`, [channel]);
    const of = () => addConversation(rows, 'litoral', { channel });
    await addTicket(rows, await of(), { alarmedAt: new Date() });
    await addTicket(rows, await of(), { state: 'in-progress', assignee: litoral.users.operator });
    await addTicket(rows, await of(), { state: 'closed', assignee: litoral.users.operator, alarmedAt: new Date() });
    await addMessage(rows, await of(), { author: 'bot', state: 'failed' });
    await addMessage(rows, await of(), { author: 'bot', state: 'failed', at: new Date(Date.now() - 2 * 86_400_000) });
    const { status, body } = await supervisor.call('GET', '/api/dashboard');
    expect(status).toBe(200);
    const dashboard = body as Dashboard;
    expect(dashboard).toMatchObject({ bot: [{ id: channel, channel: 'Soporte', state: 'logged-out' }], openTickets: { pending: 1, inProgress: 1 }, waitingTooLong: 1 });
    expect(dashboard.problems.map(({ kind }) => kind).sort()).toEqual(['channel-logged-out', 'sends-failed', 'waiting-too-long']);
    expect(dashboard.problems.find(({ kind }) => kind === 'sends-failed')!.text).toBe('Un mensaje no se pudo enviar en las últimas 24 horas.');
    for (const { action } of dashboard.problems) expect(action).toMatch(/\.$/);
  });

  it('knows of an active ISP system that is down, and of one whose budget was wanted within the hour', async () => {
    const kinds = async () => ((await supervisor.call('GET', '/api/dashboard')).body as Dashboard).problems.map(({ kind }) => kind).filter((kind) => kind.startsWith('isp'));
    await rows.query(`insert into isp_connections (company, system, active) values ('litoral', 'mikrowisp', true)`);
    await rows.query(`insert into isp_errors (company, system, kind, operation, fault, first_at, last_at) values ('litoral', 'mikrowisp', 'fault', 'account', 'quota', now(), now())`);
    expect(await kinds()).toEqual(['isp-budget-spent']);
    await rows.query(`insert into isp_health (company, system, state, fault) values ('litoral', 'mikrowisp', 'down', 'auth')`);
    expect(await kinds()).toEqual(['isp-down']);
    await rows.query('update isp_connections set active = false');
    expect(await kinds()).toEqual([]);
  });

  it("is not another company's", async () => {
    const vecina = await addCompanyWithPeople(db, 'vecina');
    const theirs = await sessionOf(db, api, vecina, 'administrator');
    expect((await theirs.call('GET', '/api/dashboard')).body).toEqual({ bot: [], openTickets: { pending: 0, inProgress: 0 }, waitingTooLong: 0, problems: [] });
  });
});

describe('what is wrong', () => {
  const now = new Date('2026-01-05T12:00:00Z');
  const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000);
  const fine: Findings = { channels: [], alarmed: { count: 0, since: undefined }, failed: { count: 0, since: undefined } };
  const channel = (state: Findings['channels'][number]['state'], seconds: number, wanted = true) => ({ ...fine, channels: [{ name: 'Soporte', wanted, state, since: ago(seconds) }] });

  it('is nothing while a link is up, waits for its phone, is not wanted, or has been lost for less than a minute', () => {
    for (const findings of [fine, channel('linked', 900), channel('waiting', 900), channel('unlinked', 900, false), channel('connecting', 59)]) {
      expect(troublesIn(findings, now)).toEqual([]);
    }
  });

  it('is a link that does not come back, one that the phone ended, and one that may not be', () => {
    expect([channel('connecting', 61), channel('logged-out', 5, false), channel('refused', 5, false)].flatMap((findings) => troublesIn(findings, now)))
      .toMatchObject([{ kind: 'channel-down' }, { kind: 'channel-logged-out' }, { kind: 'channel-refused' }]);
  });

  it('tells a blocked number from one that its phone logged out, and says why one does not come back', () => {
    const told = (state: Findings['channels'][number]['state'], reason: string) =>
      troublesIn({ ...fine, channels: [{ name: 'Soporte', wanted: state === 'connecting', state, reason, since: ago(90) }] }, now)[0];
    expect(told('logged-out', 'banned')).toMatchObject({ kind: 'channel-banned', text: expect.stringContaining('bloqueó el número de «Soporte»') as string });
    expect(told('logged-out', 'logged-out')).toMatchObject({ kind: 'channel-logged-out' });
    expect(told('connecting', 'replaced')!.text).toContain('Otro equipo');
    expect(told('connecting', 'refused-for-now')!.action).toContain('No hace falta reiniciar');
  });

  it('is the worst of what WhatsApp forbids a number, until it has run out', () => {
    const until = (seconds: number) => now.getTime() + seconds * 1_000;
    const restrictions = [
      { stops: 'first-contacts', since: ago(60), untilMs: until(9_000) }, { stops: 'bulk', since: ago(30), untilMs: until(60) }, { stops: 'everything', since: ago(20), untilMs: until(-1) },
    ] as const;
    const told = troublesIn({ ...fine, channels: [{ name: 'Soporte', wanted: true, state: 'linked', since: ago(900), restrictions }] }, now);
    expect(told).toMatchObject([{ kind: 'channel-restricted', since: ago(30).toISOString(), text: expect.stringContaining('demasiado rápido') as string }]);
  });

  it('is an ISP system that does not answer, by what went wrong, or a budget that is spent', () => {
    const told = (fault: 'auth' | 'timeout' | 'quota') => troublesIn({ ...fine, isp: { name: 'MikroWisp', fault, since: ago(90) } }, now)[0]!;
    expect(told('auth')).toMatchObject({ kind: 'isp-down', text: expect.stringContaining('MikroWisp no responde') as string, action: expect.stringContaining('clave') as string });
    expect(told('timeout').action).toContain('Se vuelve a intentar solo');
    expect(told('quota')).toMatchObject({ kind: 'isp-budget-spent', text: 'Se terminó el cupo de consultas a MikroWisp.' });
  });

  it('is told newest first, in the right number', () => {
    const told = troublesIn({ ...fine, alarmed: { count: 1, since: ago(500) }, failed: { count: 3, since: ago(20) } }, now);
    expect(told.map(({ text }) => text)).toEqual(['3 mensajes no se pudieron enviar en las últimas 24 horas.', 'Un cliente espera hace demasiado.']);
  });
});
