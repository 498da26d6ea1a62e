import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LaunchFailure } from './launch-failure.mjs';
import { inRoot } from './paths.mjs';

/**
 * What a launcher has to know before libs/config/env.ts, which checks the rest, has been built.
 * @typedef {object} Settings
 * @property {string} dataDir absolute
 * @property {number} port of the API
 * @property {number} simulatorPort
 * @property {number} temporalPort
 * @property {number} temporalUiPort
 * @property {number} postgresPort
 * @property {string} temporalNamespace
 * @property {string | undefined} databaseUrl set: a PostgreSQL of the operator's, and none is started
 * @property {string | undefined} databaseOwnerUrl
 * @property {string | undefined} temporalAddress set: a Temporal of the operator's, and none is started
 * @property {'simulator' | 'real'} whatsapp
 */

/** What a second terminal need not say again to talk to a running copy. */
const REMEMBERED = [
  ...['PORT', 'SIMULATOR_PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'POSTGRES_PORT'],
  ...['DATABASE_URL', 'DATABASE_OWNER_URL', 'TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE', 'WHATSAPP', 'WHATSAPP_SIMULATOR_URL'],
];

/** @param {string} dataDir */
const rememberedFile = (dataDir) => path.join(dataDir, 'run', 'settings.json');

/**
 * Keeps what the environment says for the operator's commands. It may hold a database's password.
 * @param {string} dataDir
 */
export function rememberSettings(dataDir) {
  const said = Object.fromEntries(REMEMBERED.filter((name) => process.env[name]).map((name) => [name, process.env[name]]));
  writeFileSync(rememberedFile(dataDir), `${JSON.stringify(said, undefined, 2)}\n`, { mode: 0o600 });
}

/**
 * The settings of the copy in DATA_DIR as it was started last; what the environment says now wins.
 * @returns {Settings}
 */
export function readSettingsOfCopy() {
  const file = rememberedFile(readSettings().dataDir);
  if (existsSync(file)) process.env = { ...JSON.parse(readFileSync(file, 'utf8')), ...process.env };
  return readSettings();
}

/**
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Settings}
 */
export function readSettings(env = process.env) {
  const settings = {
    dataDir: path.resolve(inRoot(), env['DATA_DIR'] || '.data'),
    port: portFrom(env, 'PORT', 3000),
    simulatorPort: portFrom(env, 'SIMULATOR_PORT', 3100),
    temporalPort: portFrom(env, 'TEMPORAL_PORT', 7233),
    temporalUiPort: portFrom(env, 'TEMPORAL_UI_PORT', 8233),
    postgresPort: portFrom(env, 'POSTGRES_PORT', 54329),
    temporalNamespace: env['TEMPORAL_NAMESPACE'] || 'default',
    databaseUrl: env['DATABASE_URL'] || undefined,
    databaseOwnerUrl: env['DATABASE_OWNER_URL'] || undefined,
    temporalAddress: env['TEMPORAL_ADDRESS'] || undefined,
    whatsapp: whatsappFrom(env),
  };
  if (settings.databaseUrl && !settings.databaseOwnerUrl) {
    throw new LaunchFailure('Con DATABASE_URL hace falta también DATABASE_OWNER_URL: la conexión de quien es dueño de la base, que la pone al día.');
  }
  return settings;
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string} variable
 * @param {number} fallback
 */
function portFrom(env, variable, fallback) {
  const text = env[variable] || String(fallback);
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new LaunchFailure(`${variable} dice «${text}», que no es un puerto: poné un número entre 1 y 65535.`);
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {'simulator' | 'real'}
 */
function whatsappFrom(env) {
  const value = env['WHATSAPP'] || 'simulator';
  if (value === 'simulator' || value === 'real') return value;
  throw new LaunchFailure(`WHATSAPP dice «${value}»: puede ser «simulator» (la red simulada) o «real».`);
}
