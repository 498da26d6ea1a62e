import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../libs/testing/test-db.js';
import { ChannelRows } from './channel-rows.js';
import { Leases, type Lease } from './leases.js';
import { PostgresStore } from './postgres-store.js';

let database: TestDatabase;
let pool: pg.Pool;
let operator: pg.Pool;
let lease: Lease;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.appUrl });
  operator = new pg.Pool({ connectionString: database.superuserUrl });
  await operator.query("insert into companies (id, name) values ('alfa', 'Alfa')");
  await operator.query("insert into channels (company, name, wanted) values ('alfa', 'n', true)");
  lease = (await new Leases(pool, { holder: randomUUID(), ttlMs: 60_000 }).takeFree(1, []))[0]!;
});
afterAll(async () => {
  await Promise.all([pool.end(), operator.end()]);
  await database.drop();
});

it('a notice that waits in its lane neither wakes its conversation nor stands before its answers; a first message does both', async () => {
  const store = new PostgresStore(pool, lease.channel, lease.epoch);
  const [written] = await store.journal({ keys: [], messages: [
    { id: 'A', addresses: ['101@lid'], participant: '', fromMe: false, author: 'customer', name: 'Ana', kind: 'text', text: 'hola', envelope: {} },
  ] });
  const { conversation } = written!;
  await operator.query('update conversations set handled_seq = last_seq');
  const { rows: [notice] } = await operator.query<{ id: string }>(
    `insert into messages (company, conversation, channel, direction, author, wa_id, from_me, kind, text, state, at)
      values ('alfa', $1, $2, 'out', 'bot', 'N', true, 'text', 'Vence hoy', 'queued', now() - interval '1 hour') returning id`, [conversation, lease.channel]);
  await operator.query("insert into unasked_sends (company, message, channel, conversation, lane) values ('alfa', $1, $2, $3, 'notice')", [notice!.id, lease.channel, conversation]);
  const undone = async () => (await pool.query<{ undone: unknown }>("select conversation_load('alfa', $1, 1, '{}', true)->'undone' undone", [conversation])).rows[0]!.undone;
  const rows = new ChannelRows(pool, lease);
  expect(await rows.undispatched(0)).toEqual([]);
  expect(await undone()).toEqual([]);
  await operator.query("update unasked_sends set lane = 'reply'");
  expect(await rows.undispatched(0)).toEqual([written]);
  expect(await undone()).toEqual([{ send: notice!.id }]);
});
