import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { LaunchFailure } from './launch-failure.mjs';

/** @typedef {import('./secrets.mjs').Secrets} Secrets */

const DATABASE = 'hilo';
const OWNER_ROLE = 'hilo_owner';
const WRONG_PASSWORD = '28P01';
/** A pool says that it has ended before its connections are closed. */
const CLOSING_MS = 1_000;

/** The role of all processes: it owns nothing, is no superuser and cannot bypass row-level security. */
export const APP_ROLE = 'hilo_app';

/**
 * Connections to one database of a server of ours on this machine.
 * @param {number} port
 * @param {Secrets} secrets
 * @param {string} [database]
 */
export function databaseUrls(port, secrets, database = DATABASE) {
  const url = (/** @type {string} */ role, /** @type {string} */ password) => `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`;
  return {
    superuser: url('postgres', secrets.postgresPassword),
    owner: url(OWNER_ROLE, secrets.ownerPassword),
    app: url(APP_ROLE, secrets.appPassword),
  };
}

/**
 * Makes the two roles and the owner's database where they are missing.
 * @param {number} port
 * @param {Secrets} secrets
 */
export async function ensureRoles(port, secrets) {
  const client = await connectAsSuperuser(databaseUrls(port, secrets, 'postgres').superuser);
  try {
    await ensureRole(client, OWNER_ROLE, secrets.ownerPassword);
    await ensureRole(client, APP_ROLE, secrets.appPassword);
    await ensureDatabase(client, DATABASE);
    return databaseUrls(port, secrets);
  } finally {
    await client.end();
  }
}

/** @param {string} connectionString */
async function connectAsSuperuser(connectionString) {
  const client = new pg.Client({ connectionString });
  client.on('error', () => {}); // a broken connection shows in the query that it breaks
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    if (/** @type {{ code?: string }} */ (error).code !== WRONG_PASSWORD) throw error;
    throw new LaunchFailure('La base de datos se creó con otras claves: recuperá el secrets.json de su carpeta DATA_DIR, o borrá esa carpeta para empezar de cero.');
  }
}

/**
 * @param {pg.Client} client
 * @param {string} role
 * @param {string} password
 */
async function ensureRole(client, role, password) {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role]);
  if (rowCount === 0) await client.query(`create role ${role} login nosuperuser nocreaterole nobypassrls`);
  await client.query(`alter role ${role} password ${client.escapeLiteral(password)}`);
}

/**
 * @param {pg.Client} client
 * @param {string} database
 */
async function ensureDatabase(client, database) {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database]);
  if (rowCount === 0) await client.query(`create database ${database} owner ${OWNER_ROLE}`);
  await client.query(`revoke connect on database ${database} from public`);
  await client.query(`grant connect on database ${database} to ${APP_ROLE}`);
}

/**
 * Makes a database of the owner's role beside `hilo`, empty or as a copy of another that nobody is connected to.
 * @param {string} superuserUrl
 * @param {string} database
 * @param {string} [template]
 */
export async function createDatabase(superuserUrl, database, template) {
  await asSuperuser(superuserUrl, `create database ${database} owner ${OWNER_ROLE}${template ? ` template ${template}` : ''}`);
}

/**
 * Ends the connections to a database and removes it.
 * @param {string} superuserUrl
 * @param {string} database
 */
export async function dropDatabase(superuserUrl, database) {
  const client = await connectAsSuperuser(superuserUrl);
  try {
    // A connection that its pool is just closing is given a moment: cut off, it is an error that nobody awaits.
    for (const endsMs = Date.now() + CLOSING_MS; Date.now() < endsMs; await pause(20)) {
      if (!(await client.query('select from pg_stat_activity where datname = $1', [database])).rowCount) break;
    }
    await client.query(`drop database if exists ${database} with (force)`);
  } finally {
    await client.end();
  }
}

/**
 * @param {string} superuserUrl
 * @param {string} statement
 */
async function asSuperuser(superuserUrl, statement) {
  const client = await connectAsSuperuser(superuserUrl);
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
