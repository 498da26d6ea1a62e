import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { searchAttributes } from '../../libs/temporal/search-attributes.js';
import { readEnv } from '../../libs/config/env.js';
import { openMedia } from '../../libs/media/open-media.js';
import { asSuperuser } from '../../libs/testing/companies.js';
import { createLocalEnv } from '../../libs/testing/temporal-env.js';
import { createTestDatabase, type TestDatabase } from '../../libs/testing/test-db.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { isOperatorToken } from '../../libs/vault/operator-token.js';
import { verifyPassword } from '../../libs/vault/passwords.js';
import { masterKeyFrom } from '../../libs/vault/vault.js';
import { childrenFirst } from './company/tables.js';
import { environmentFor, hilo } from './testing/hilo-under-test.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'hilo-company-'));
let db: TestDatabase;
let temporal: TestWorkflowEnvironment;
let environment: Record<string, string>;

beforeAll(async () => {
  db = await createTestDatabase();
  temporal = await createLocalEnv();
  environment = { ...environmentFor(db, folder), TEMPORAL_ADDRESS: temporal.address };
});
afterAll(async () => {
  await temporal.teardown();
  await db.drop();
  rmSync(folder, { recursive: true, force: true });
});

const rows = <T extends object>(text: string, values: unknown[] = []) => asSuperuser(db, async (client) => (await client.query<T>(text, values)).rows);
const run = (...args: string[]) => hilo(args, environment);
const create = (id: string, host = `${id}.example`) => run('company', 'create', id, '--name', `Internet ${id}`, '--host', host);
/** Every row that names the company, by table. */
const traces = (company: string) => asSuperuser(db, async (client) => {
  const tables = (await client.query<{ name: string }>(`select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'company'`)).rows;
  const found: Record<string, number> = {};
  for (const { name } of tables) {
    const { rows: [{ n } = { n: 0 }] } = await client.query<{ n: number }>(`select count(*)::int as n from ${name} where company = $1`, [company]);
    if (n > 0) found[name] = n;
  }
  return found;
});

describe('hilo company create', () => {
  it('makes a company that its administrator can set up', async () => {
    expect(await create('norte')).toMatchObject({ exitCode: 0, error: '', out: expect.stringContaining('usuario «admin»') as string });
    expect(await rows(`select name, time_zone from companies where id = 'norte'`)).toEqual([{ name: 'Internet norte', time_zone: 'America/Argentina/Buenos_Aires' }]);
    expect(await rows('select host, company from company_hosts')).toEqual([{ host: 'norte.example', company: 'norte' }]);
    const [admin] = await rows<{ password_hash: string }>(`select * from users where company = 'norte'`);
    expect(admin).toMatchObject({ login: 'admin', role: 'administrator', must_change_password: true, active: true });
    expect(await verifyPassword(admin!.password_hash, 'admin')).toBe(true);
    expect((await rows<{ name: string }>('select name from departments order by 1')).map(({ name }) => name)).toEqual(['Soporte', 'Ventas']);
    expect(await rows('select kind from flows where published is not null order by 1')).toEqual([{ kind: 'sales' }, { kind: 'support' }]);
    expect(await rows('select name, number, wanted from channels')).toEqual([{ name: 'principal', number: null, wanted: false }]);
  });

  it.each([
    [['norte', '--name', 'Otra', '--host', 'otra.example'], 1, 'La empresa «norte» ya existe.'],
    [['otra', '--name', 'Otra', '--host', 'NORTE.example'], 1, 'El host «norte.example» ya es de una empresa.'],
    [['Otra', '--name', 'Otra', '--host', 'otra.example'], 2, 'no sirve como id'],
    [['otra', '--name', 'Otra', '--host', 'https://otra.example'], 2, 'no es un nombre de host'],
    [['otra', '--name', 'Otra', '--host', 'otra.example', '--time-zone', 'Marte/Norte'], 2, 'no es una zona horaria'],
    [['otra', '--host', 'otra.example'], 2, 'Falta --name'],
    [[], 2, 'Falta el id de la empresa'],
  ])('refuses %j', async (args, exitCode, words) => {
    expect(await run('company', 'create', ...args)).toMatchObject({ exitCode, error: expect.stringContaining(words) as string });
    expect(await traces('otra')).toEqual({});
    expect(await rows(`select id from companies where id = 'otra'`)).toEqual([]);
  });
});

describe('hilo company suspend, resume and host', () => {
  it('closes a company and opens it again', async () => {
    const suspended = async () => (await rows<{ s: boolean }>(`select suspended_at is not null as s from companies where id = 'norte'`))[0]!.s;
    expect((await run('company', 'suspend', 'norte')).exitCode).toBe(0);
    expect(await suspended()).toBe(true);
    expect((await run('company', 'resume', 'norte')).exitCode).toBe(0);
    expect(await suspended()).toBe(false);
    expect(await run('company', 'suspend', 'nadie')).toMatchObject({ exitCode: 1, error: 'La empresa «nadie» no existe.' });
  });

  it('adds and removes hosts', async () => {
    expect(await run('company', 'host', 'add', 'norte', 'Otro.Norte.example')).toMatchObject({ exitCode: 0, out: 'La empresa «norte» atiende en norte.example, otro.norte.example.' });
    expect(await run('company', 'host', 'remove', 'norte', 'otro.norte.example')).toMatchObject({ exitCode: 0, out: 'La empresa «norte» atiende en norte.example.' });
    expect(await run('company', 'host', 'remove', 'norte', 'otro.norte.example')).toMatchObject({ exitCode: 1 });
    expect(await run('company', 'host', 'add', 'nadie', 'x.example')).toMatchObject({ exitCode: 1, error: 'La empresa «nadie» no existe.' });
    expect(await run('company', 'host', 'change', 'norte', 'x.example')).toMatchObject({ exitCode: 2 });
  });
});

describe('hilo company allow', () => {
  it('lists, adds and removes networks that a company’s calls may reach', async () => {
    const allow = (...args: string[]) => run('company', 'allow', 'norte', ...args);
    expect(await allow()).toMatchObject({ exitCode: 0, out: 'La empresa «norte» solo llama a direcciones públicas.' });
    expect(await allow('10.20.0.5:8080')).toMatchObject({ exitCode: 0, out: 'La empresa «norte» llama también a 10.20.0.5:8080.' });
    expect(await allow('10.30.0.0/16')).toMatchObject({ exitCode: 0, out: 'La empresa «norte» llama también a 10.20.0.5:8080, 10.30.0.0/16.' });
    expect(await allow('10.20.0.5:8080')).toMatchObject({ exitCode: 0, out: 'La empresa «norte» llama también a 10.30.0.0/16, 10.20.0.5:8080.' });
    expect(await allow('10.30.0.0/16', '--remove')).toMatchObject({ exitCode: 0, out: 'La empresa «norte» llama también a 10.20.0.5:8080.' });
    expect(await allow('10.30.0.0/16', '--remove')).toMatchObject({ exitCode: 1, error: '«10.30.0.0/16» no es una red permitida a «norte».' });
    expect(await allow('10.20.0.5:8080', '--remove')).toMatchObject({ exitCode: 0 });
  });

  it.each([[['norte', '0.0.0.0/0'], 2], [['norte', 'isp.example'], 2], [['norte', '10.0.0.1', 'x'], 2], [['norte', '--remove'], 2], [['nadie', '10.0.0.1'], 1], [[], 2]])('refuses %j', async (args, exitCode) => {
    expect((await run('company', 'allow', ...args)).exitCode).toBe(exitCode);
  });

  it('is the operator’s: the app role cannot give itself a network', async () => {
    const app = new pg.Client({ connectionString: db.appUrl });
    await app.connect();
    await expect(app.query(`update companies set outbound_allow = '{10.0.0.0/8}'`)).rejects.toThrow('permission denied');
    await app.end();
  });
});

describe('hilo user and operator', () => {
  it('creates a person with a password for once', async () => {
    const { exitCode, out } = await run('user', 'create', 'norte', 'ana', '--name', 'Ana Díaz', '--role', 'operator', '--department', 'Ventas');
    expect(exitCode).toBe(0);
    const [ana] = await rows<{ id: string; password_hash: string }>(`select * from users where login = 'ana'`);
    expect(ana).toMatchObject({ role: 'operator', must_change_password: true });
    expect(await verifyPassword(ana!.password_hash, /provisoria: (\S+)/.exec(out)![1]!)).toBe(true);
    expect(await rows('select d.name from user_departments m join departments d on d.id = m.department where member = $1', [ana!.id])).toEqual([{ name: 'Ventas' }]);
  });

  it('resets a password: sessions end, a deactivated account works again', async () => {
    await rows(`insert into sessions (company, owner, token_sha256, csrf, remember, expires_at) select company, id, '\\x01', 'x', false, now() + interval '1 day' from users where login = 'ana'`);
    await rows(`update users set active = false, must_change_password = false where login = 'ana'`);
    const { exitCode, out } = await run('user', 'reset', 'norte', 'ana');
    expect({ exitCode, out }).toMatchObject({ exitCode: 0, out: expect.stringContaining('Sesiones cerradas: 1.') as string });
    const [ana] = await rows<{ password_hash: string }>(`select * from users where login = 'ana'`);
    expect(ana).toMatchObject({ active: true, must_change_password: true });
    expect(await verifyPassword(ana!.password_hash, /: (\S+)\n/.exec(out)![1]!)).toBe(true);
    expect(await rows('select 1 from sessions')).toEqual([]);
  });

  it.each([
    [['create', 'norte', 'ana', '--name', 'Ana', '--role', 'operator'], 1, 'ya existe'],
    [['create', 'nadie', 'ana', '--name', 'Ana', '--role', 'operator'], 1, 'La empresa «nadie» no existe'],
    [['create', 'norte', 'eva', '--name', 'Eva', '--role', 'operator', '--department', 'Cobranzas'], 1, 'no tiene el departamento «Cobranzas»'],
    [['create', 'norte', 'eva', '--name', 'Eva', '--role', 'jefa'], 2, 'no es un rol'],
    [['create', 'norte', 'Eva Paz', '--name', 'Eva', '--role', 'operator'], 2, 'no sirve como usuario'],
    [['reset', 'norte', 'nadie'], 1, 'No hay ningún usuario «nadie»'],
  ])('refuses user %j', async (args, exitCode, words) => {
    expect(await run('user', ...args)).toMatchObject({ exitCode, error: expect.stringContaining(words) as string });
  });

  it('gives the operator a token that the API believes, for the hours asked', async () => {
    const { out } = await run('operator', 'token', '--hours', '2');
    const key = masterKeyFrom(environment['HILO_MASTER_KEY']!);
    expect(isOperatorToken(key, out, new Date(Date.now() + 7_100_000))).toBe(true);
    expect(isOperatorToken(key, out, new Date(Date.now() + 7_300_000))).toBe(false);
    expect((await run('operator', 'token', '--hours', '0')).exitCode).toBe(2);
  });
});

describe('hilo company export', () => {
  const file = path.join(folder, 'norte.jsonl');

  it('writes every row of the company, and of no other, without secrets', async () => {
    await create('sur');
    await rows(`insert into contacts (company, name) values ('norte', 'Ñandú «con» saltos' || chr(10) || 'de línea'), ('sur', 'Nadie de acá')`);
    await rows(`insert into sessions (company, owner, token_sha256, csrf, remember, expires_at) select company, id, '\\xc0ffee', 'un-csrf-secreto', false, now() from users where login = 'ana'`);
    const { exitCode, out } = await run('company', 'export', 'norte', '--to', file);
    expect(exitCode).toBe(0);
    const text = readFileSync(file, 'utf8');
    const [head, ...lines] = text.trimEnd().split('\n').map((line) => JSON.parse(line) as { table: string; row: Record<string, unknown> });
    expect(head).toMatchObject({ export: 'hilo-company', version: 1, company: 'norte' });
    expect(out).toContain(`${lines.length} filas de «norte»`);
    expect(lines.filter(({ table }) => table === 'users').map(({ row }) => row['login'])).toEqual(expect.arrayContaining(['admin', 'ana']));
    expect(lines.find(({ table }) => table === 'contacts')!.row['name']).toBe('Ñandú «con» saltos\nde línea');
    for (const { table, row } of lines) expect(row[table === 'companies' ? 'id' : 'company']).toBe('norte');
    expect(text).not.toMatch(/argon2|c0ffee|un-csrf-secreto|password_hash|Nadie de acá/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('overwrites nothing, and leaves no half file of a company that is not there', async () => {
    expect(await run('company', 'export', 'norte', '--to', file)).toMatchObject({ exitCode: 1, error: expect.stringContaining('ya existe') as string });
    const missing = path.join(folder, 'nadie.jsonl');
    expect(await run('company', 'export', 'nadie', '--to', missing)).toMatchObject({ exitCode: 1, error: 'La empresa «nadie» no existe.' });
    expect(() => statSync(missing)).toThrow();
    expect(() => statSync(`${missing}.parcial`)).toThrow();
  });
});

describe('hilo company remove', () => {
  const start = (company: string, id: string) => temporal.client.workflow.start('nothing', {
    workflowId: `${company}/conversation/${id}`, taskQueue: 'nobody', args: [],
    typedSearchAttributes: [{ key: searchAttributes.company, value: company }],
  });
  const isRunning = async (id: string) => (await temporal.client.workflow.getHandle(id).describe()).status.name === 'RUNNING';

  it('does nothing unless the id is typed', async () => {
    const before = await traces('norte');
    expect(await run('company', 'remove', 'norte', '--yes', 'sur')).toMatchObject({ exitCode: 1, error: expect.stringContaining('no se borró nada') as string });
    for (const typed of ['', 'sur', 'NORTE']) {
      expect(await hilo(['company', 'remove', 'norte'], environment, typed)).toMatchObject({ exitCode: 1, out: expect.stringContaining('No se puede deshacer') as string });
    }
    expect(await traces('norte')).toEqual(before);
  });

  it('deletes every row and ends every workflow of the company, and touches no other', async () => {
    const others = await traces('sur');
    await Promise.all([start('norte', 'a'), start('norte', 'b'), start('sur', 'a')]);
    await waitFor('the list', async () => (await temporal.client.workflow.count(`${searchAttributes.company.name} = 'norte'`)).count === 2);
    const media = openMedia(readEnv(environment));
    const file = await media.put('norte', Buffer.from('un comprobante'));
    await media.put('sur', Buffer.from('otro'));
    const { exitCode, out } = await hilo(['company', 'remove', 'norte'], environment, ' norte ');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/1 {2}archivos\n +2 {2}workflows terminados[\s\S]*ya no existe/);
    expect(await media.has('norte', file.sha256)).toBe(false);
    expect(await media.erase('sur')).toBe(1);
    expect(await traces('norte')).toEqual({});
    expect(await rows(`select id from companies order by 1`)).toEqual([{ id: 'sur' }]);
    expect(await traces('sur')).toEqual(others);
    expect(await Promise.all(['norte/conversation/a', 'norte/conversation/b', 'sur/conversation/a'].map(isRunning))).toEqual([false, false, true]);
  });

  it('deletes nothing while Temporal is away', async () => {
    const ran = await hilo(['company', 'remove', 'sur', '--yes', 'sur'], { ...environment, TEMPORAL_ADDRESS: '127.0.0.1:1' });
    expect(ran).toMatchObject({ exitCode: 1, error: expect.stringContaining('nada se borró') as string });
    expect(Object.keys(await traces('sur')).length).toBeGreaterThan(5);
    expect(await run('company', 'remove', 'nadie', '--yes', 'nadie')).toMatchObject({ exitCode: 1, error: 'La empresa «nadie» no existe.' });
  });
});

describe('the order of deletion', () => {
  it('puts each table after those that refer to it, and refuses circles that nobody cuts', () => {
    const references = [{ child: 'b', parent: 'a' }, { child: 'c', parent: 'b' }];
    expect(childrenFirst(['a', 'b', 'c'], references)).toEqual(['c', 'b', 'a']);
    expect(() => childrenFirst(['a', 'b'], [...references, { child: 'a', parent: 'b' }])).toThrow('refer to each other');
  });
});
