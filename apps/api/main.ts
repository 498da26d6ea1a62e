import 'reflect-metadata';
import path from 'node:path';
import { env, required, simulatorControlUrl, temporalAddress, type Env } from '../../libs/config/env.js';
import { writePidFile } from '../../libs/config/pid-file.js';
import { companyKeys } from '../../libs/db/company-keys.js';
import { startHeartbeat } from '../../libs/db/heartbeat.js';
import { openOrm } from '../../libs/db/orm.js';
import { openPool } from '../../libs/db/pool.js';
import { openMedia } from '../../libs/media/open-media.js';
import { masterKeyFrom, openVault } from '../../libs/vault/vault.js';
import { createApi } from './create-api.js';
import { httpProbe, postgresProbe, PROBE_LIMIT_MS, temporalProbe } from './platform/health/probes.js';
import type { Sources } from './platform/sources.js';

/** Where the screens are built, in the checkout or image that this process runs in. */
const SCREENS = path.resolve('dist', 'ui');

/** What the API stands on. Nothing is connected to here: it starts, and answers, while PostgreSQL and Temporal are away. */
async function openSources(settings: Env): Promise<Sources> {
  const databaseUrl = required(settings, 'DATABASE_URL');
  const limits = { max: 3, connectionTimeoutMillis: PROBE_LIMIT_MS, query_timeout: PROBE_LIMIT_MS };
  const pool = openPool(databaseUrl, () => undefined, limits);
  const simulator = httpProbe('simulator', `${simulatorControlUrl(settings)}/health`);
  const probes = [
    ...(settings.WHATSAPP === 'simulator' ? [simulator] : []),
    temporalProbe(temporalAddress(settings)),
    postgresProbe(pool),
  ];
  const masterKey = masterKeyFrom(required(settings, 'HILO_MASTER_KEY'));
  const vault = openVault({ masterKey, loadKeys: companyKeys(pool) });
  return { env: settings, orm: await openOrm(databaseUrl), media: openMedia(settings), vault, pool, probes, screens: SCREENS };
}

const settings = env();
const sources = await openSources(settings);
const app = await createApi(sources);
await app.listen(settings.PORT, settings.HOST);
writePidFile(settings.DATA_DIR, 'api');
const stopHeartbeat = startHeartbeat(sources.pool, 'api', () => 'fit');

async function stop(): Promise<void> {
  await app.close(); // finishes what is being answered
  await stopHeartbeat();
  await Promise.all([sources.orm.close(), sources.pool.end(), ...sources.probes.map((probe) => probe.close())]);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
