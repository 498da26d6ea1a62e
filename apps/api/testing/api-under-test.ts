import type { MikroORM } from '@mikro-orm/postgresql';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type pg from 'pg';
import { readEnv } from '../../../libs/config/env.js';
import { openOrm } from '../../../libs/db/orm.js';
import { openPool } from '../../../libs/db/pool.js';
import { companyKeys } from '../../../libs/db/company-keys.js';
import { MediaUnavailable, type MediaStore } from '../../../libs/media/media-store.js';
import { openVault } from '../../../libs/vault/vault.js';
import type { OutsideSystems } from '../../../activities/isp/opening.js';
import type { HttpClient } from '../../../libs/http/http-client.js';
import { createApi } from '../create-api.js';
import { PROBE_LIMIT_MS, postgresProbe, type Probe } from '../platform/health/probes.js';

/** The API in this process, over a real database. Requests go in by `inject`, without a port. */
export interface ApiUnderTest {
  app: NestFastifyApplication;
  pool: pg.Pool;
  orm: MikroORM;
  /** What the HTTP server was told to answer, as `GET /path`: by controllers and by whatever passes them by. */
  routes: readonly string[];
  /** A GET, its status, headers and parsed body. */
  get(path: string, host?: string): Promise<{ status: number; headers: Record<string, unknown>; body: unknown }>;
  close(): Promise<void>;
}

export interface ApiOptions {
  /** Of processes besides PostgreSQL, which is always asked. */
  probes?: readonly Probe[];
  /** Controllers that only this spec has. */
  controllers?: readonly Type[];
  /** Folder of built screens. */
  screens?: string;
  environment?: Record<string, string>;
  /** ISP systems that are reached over the network, and the client that they call with. */
  outsideSystems?: OutsideSystems;
  outgoing?: (company: string) => HttpClient;
  /** Where files are; by default nowhere. */
  media?: MediaStore;
}

/** The one under which specs wrap their companies' keys. */
export const TEST_MASTER_KEY = Buffer.alloc(32, 7);

/** Nobody listens there: the default is where a copy on this machine would. */
export const NO_ENGINE = '127.0.0.1:1';

/** A store without files. */
export const nowhere: MediaStore = {
  put: () => Promise.reject(new MediaUnavailable('this spec has no store')),
  open: () => Promise.resolve(undefined),
  has: () => Promise.resolve(false),
};

/** An API over a spec's database. */
export async function openApi(databaseUrl: string, { probes = [], controllers = [], screens, environment = {}, media = nowhere, ...given }: ApiOptions = {}): Promise<ApiUnderTest> {
  const limits = { max: 3, connectionTimeoutMillis: PROBE_LIMIT_MS, query_timeout: PROBE_LIMIT_MS };
  const pool = openPool(databaseUrl, () => undefined, limits);
  const orm = await openOrm(databaseUrl);
  const vault = openVault({ masterKey: TEST_MASTER_KEY, loadKeys: companyKeys(pool) });
  const env = readEnv({ LOG_LEVEL: 'silent', TEMPORAL_ADDRESS: NO_ENGINE, ...environment });
  const app = await createApi({ ...given, env, orm, media, vault, pool, probes: [...probes, postgresProbe(pool)], ...(screens === undefined ? {} : { screens }) }, controllers);
  const routes: string[] = [];
  app.getHttpAdapter().getInstance().addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.push(`${one} ${url}`);
  });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return {
    app,
    pool,
    orm,
    routes,
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
