import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { InvalidNetwork } from '../libs/http/address.js';
import { createTestDatabase, type TestDatabase } from '../libs/testing/test-db.js';
import { asSuperuser } from '../libs/testing/companies.js';
import { outbound } from './outbound.js';

const server = createServer((_request, response) => response.end('inside'));
let db: TestDatabase;
let pool: pg.Pool;
let url: string;

const allow = (company: string, ...networks: string[]) =>
  asSuperuser(db, (client) => client.query('insert into companies (id, name, outbound_allow) values ($1, $1, $2) on conflict (id) do update set outbound_allow = $2', [company, networks]));

beforeAll(async () => {
  db = await createTestDatabase();
  pool = new pg.Pool({ connectionString: db.appUrl });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  server.close();
  await pool.end();
  await db.drop();
});

it('reaches a private network for the company that the operator allows it, for no other, and no longer than that', async () => {
  const client = outbound({ pool, installation: '' });
  const [ours, theirs] = [client('ours'), client('theirs')];
  await allow('ours', '127.0.0.1');
  await allow('theirs', '10.0.0.0/8');
  expect(await ours({ url })).toMatchObject({ status: 200 });
  await expect(theirs({ url })).rejects.toMatchObject({ code: 'address' });
  await expect(client('nobody')({ url })).rejects.toMatchObject({ code: 'address' });
  await allow('ours');
  await expect(ours({ url })).rejects.toMatchObject({ code: 'address' });
});

it('reaches what the installation allows for everybody, and does not start with what is no network', async () => {
  expect(await outbound({ pool, installation: `10.0.0.0/8, ${new URL(url).host}` })('theirs')({ url })).toMatchObject({ status: 200 });
  expect(() => outbound({ pool, installation: 'everything' })).toThrow(InvalidNetwork);
});
