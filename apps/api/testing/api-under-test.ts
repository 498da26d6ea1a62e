import type { MikroORM } from '@mikro-orm/postgresql';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type pg from 'pg';
import { readEnv } from '../../../libs/config/env.js';
import { openOrm } from '../../../libs/db/orm.js';
import { openPool } from '../../../libs/db/pool.js';
import { createApi } from '../create-api.js';
import { PROBE_LIMIT_MS, postgresProbe, type Probe } from '../platform/health/probes.js';

/** The API in this process, over a real database. Requests go in by `inject`, without a port. */
export interface ApiUnderTest {
  app: NestFastifyApplication;
  pool: pg.Pool;
  orm: MikroORM;
  /** A GET, its status, headers and parsed body. */
  get(path: string, host?: string): Promise<{ status: number; headers: Record<string, unknown>; body: unknown }>;
  close(): Promise<void>;
}

/** @param probes of processes besides PostgreSQL, which is always asked */
export async function openApi(databaseUrl: string, probes: readonly Probe[] = []): Promise<ApiUnderTest> {
  const limits = { max: 3, connectionTimeoutMillis: PROBE_LIMIT_MS, query_timeout: PROBE_LIMIT_MS };
  const pool = openPool(databaseUrl, () => undefined, limits);
  const orm = await openOrm(databaseUrl);
  const env = readEnv({ LOG_LEVEL: 'silent' });
  const app = await createApi({ env, orm, pool, probes: [...probes, postgresProbe(pool)] });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return {
    app,
    pool,
    orm,
    get: async (path, host = 'localhost') => {
      const response = await app.inject({ method: 'GET', url: path, headers: { host } });
      const isJson = String(response.headers['content-type']).includes('json');
      return { status: response.statusCode, headers: response.headers, body: isJson ? response.json() : response.body };
    },
    close: async () => {
      await app.close();
      await Promise.all([orm.close(), pool.end(), ...probes.map((probe) => probe.close())]);
    },
  };
}
