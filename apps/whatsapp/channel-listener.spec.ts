import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../libs/testing/test-db.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { listenToChannels } from './channel-listener.js';

let database: TestDatabase;
let operator: pg.Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  operator = new pg.Pool({ connectionString: database.superuserUrl });
  operator.on('error', () => undefined);
});
afterAll(async () => {
  await operator.end();
  await database.drop();
});

describe('listening to channels', () => {
  it('hears which channel changed, also after its connection broke', async () => {
    const heard: (string | undefined)[] = [];
    const stop = listenToChannels(database.appUrl, (channel) => heard.push(channel));
    await waitFor('the first hint, for what happened before', () => heard.length === 1);
    await operator.query("select pg_notify('channels', 'one')");
    await waitFor('the notification', () => heard.includes('one'));
    await operator.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'hilo-listen' and datname = current_database()");
    await waitFor('the hint after coming back', () => heard.filter((one) => one === undefined).length === 2);
    await operator.query("select pg_notify('channels', 'two')");
    await waitFor('the next notification', () => heard.includes('two'));
    await stop();
    expect(heard).toEqual([undefined, 'one', undefined, 'two']);
  });

  it('ends also while the database is away', async () => {
    const stop = listenToChannels('postgresql://nobody@127.0.0.1:1/none', () => undefined);
    await stop();
  });
});
