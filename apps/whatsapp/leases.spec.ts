import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../libs/testing/test-db.js';
import { Leases } from './leases.js';

let database: TestDatabase;
let pool: pg.Pool;
let operator: pg.Pool;
let channel: string;

/** A lease that has run out by the database's clock the moment it is taken. */
const RUN_OUT_MS = -1;

const leasesOf = (holder: string, ttlMs = 60_000, now?: () => number) => new Leases(pool, { holder, ttlMs, now });

beforeAll(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.appUrl });
  operator = new pg.Pool({ connectionString: database.superuserUrl });
  await operator.query("insert into companies (id, name) values ('alfa', 'Alfa'), ('beta', 'Beta')");
});
afterAll(async () => {
  await Promise.all([pool.end(), operator.end()]);
  await database.drop();
});
beforeEach(async () => {
  await operator.query("delete from channel_leases; update companies set suspended_at = null");
  channel = randomUUID();
  await operator.query("insert into channel_leases (channel, company, wanted) values ($1, 'alfa', true)", [channel]);
});

describe('the lease of a number', () => {
  it('goes to one of two gateways that ask at once', async () => {
    const asked = await Promise.all([leasesOf('a').takeFree(10, []), leasesOf('b').takeFree(10, [])]);
    expect(asked.flat()).toHaveLength(1);
    expect(asked.flat()[0]).toMatchObject({ channel, company: 'alfa', epoch: 1 });
  });

  it('goes to nobody else while it lasts', async () => {
    await leasesOf('a').takeFree(10, []);
    expect(await leasesOf('b').takeFree(10, [])).toEqual([]);
  });

  it('passes to another once it has run out, with a higher epoch, and is then lost for the first', async () => {
    const first = leasesOf('a', RUN_OUT_MS);
    const [old] = await first.takeFree(10, []);
    const [taken] = await leasesOf('b').takeFree(10, []);
    expect(taken!.epoch).toBe(old!.epoch + 1);
    expect(await first.renew([old!])).toEqual(new Set());
    expect(await first.next(old!)).toBeUndefined();
  });

  it('passes at once to a successor of the same name', async () => {
    const [old] = await leasesOf('machine-1').takeFree(10, []);
    const [taken] = await leasesOf('machine-1').takeFree(10, []);
    expect(taken!.epoch).toBe(old!.epoch + 1);
  });

  it('passes at once when it was released', async () => {
    const first = leasesOf('a');
    const [lease] = await first.takeFree(10, []);
    await first.release(lease!);
    expect(await leasesOf('b').takeFree(10, [])).toHaveLength(1);
  });

  it('is not released by who has lost it', async () => {
    const first = leasesOf('a', RUN_OUT_MS);
    const [old] = await first.takeFree(10, []);
    await leasesOf('b').takeFree(10, []);
    await first.release(old!);
    expect(await leasesOf('c').takeFree(10, [])).toEqual([]);
  });

  it('is not taken for a number that is not wanted, is held already, is over capacity, or is of a suspended company', async () => {
    expect(await leasesOf('a').takeFree(0, [])).toEqual([]);
    expect(await leasesOf('a').takeFree(10, [channel])).toEqual([]);
    await operator.query("update companies set suspended_at = now() where id = 'alfa'");
    expect(await leasesOf('a').takeFree(10, [])).toEqual([]);
    await operator.query('update companies set suspended_at = null; update channel_leases set wanted = false');
    expect(await leasesOf('a').takeFree(10, [])).toEqual([]);
  });

  it('is over by the own clock without asking, and renewing moves that clock on', async () => {
    let now = 1_000;
    const leases = leasesOf('a', 60_000, () => now);
    const [lease] = await leases.takeFree(10, []);
    now += 60_001;
    expect(leases.hasRunOut(lease!)).toBe(true);
    expect(await leases.renew([lease!])).toEqual(new Set([channel]));
    expect(leases.hasRunOut(lease!)).toBe(false);
  });
});
