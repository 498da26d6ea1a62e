import pg from 'pg';
import { required, type Env } from '../../libs/config/env.js';
import { companyKeys } from '../../libs/db/company-keys.js';
import { openOrm, type MikroORM } from '../../libs/db/orm.js';
import { openPool } from '../../libs/db/pool.js';
import { masterKeyFrom, openVault, type Vault } from '../../libs/vault/vault.js';

const CONNECT_LIMIT_MS = 5_000;

/** The application's connection: company rows, through `forCompany`. Closed when `work` is done. */
export async function withOrm<T>(env: Env, work: (orm: MikroORM) => Promise<T>): Promise<T> {
  const orm = await openOrm(required(env, 'DATABASE_URL'));
  try {
    return await work(orm);
  } finally {
    await orm.close();
  }
}

/** The owner's connection: the platform's tables, which the app role may only read. */
export async function withOwner<T>(env: Env, work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client({
    connectionString: required(env, 'DATABASE_OWNER_URL'),
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
  });
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}

/** The vault over the stored company keys. */
export async function withVault<T>(env: Env, work: (vault: Vault) => Promise<T>): Promise<T> {
  const pool = openPool(required(env, 'DATABASE_URL'), () => undefined, { max: 1 });
  try {
    return await work(openVault({ masterKey: masterKeyFrom(required(env, 'HILO_MASTER_KEY')), loadKeys: companyKeys(pool) }));
  } finally {
    await pool.end();
  }
}

/** Calls `onChange` with a channel's id whenever its row or its wish changes (trigger `channel_wanted`, and the gateway). */
export async function listenToChannels(env: Env, onChange: (channel: string) => void): Promise<() => Promise<void>> {
  const client = new pg.Client({
    connectionString: required(env, 'DATABASE_URL'),
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
  });
  client.on('notification', (notification) => onChange(notification.payload ?? ''));
  client.on('error', () => undefined); // polling goes on without it
  await client.connect();
  await client.query('listen channels');
  return () => client.end();
}
