import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { DIST } from './paths.mjs';
import { databaseUrls } from './postgres-roles.mjs';

/** @typedef {import('./settings.mjs').Settings} Settings */
/** @typedef {import('./secrets.mjs').Secrets} Secrets */

/**
 * The environment of a copy's processes. The owner's connection is not in it: only `hilo` gets that one.
 * Needs the built sources, as the simulator's root key is read from them.
 * @param {Settings} settings
 * @param {Secrets} secrets
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
export async function processEnvironment(settings, secrets) {
  const { DATABASE_OWNER_URL: _, ...inherited } = process.env;
  return {
    ...inherited,
    DATA_DIR: settings.dataDir,
    PORT: String(settings.port),
    SIMULATOR_PORT: String(settings.simulatorPort),
    TEMPORAL_PORT: String(settings.temporalPort),
    TEMPORAL_UI_PORT: String(settings.temporalUiPort),
    POSTGRES_PORT: String(settings.postgresPort),
    DATABASE_URL: settings.databaseUrl ?? databaseUrls(settings.postgresPort, secrets).app,
    TEMPORAL_ADDRESS: settings.temporalAddress ?? `127.0.0.1:${settings.temporalPort}`,
    TEMPORAL_NAMESPACE: settings.temporalNamespace,
    HILO_MASTER_KEY: process.env['HILO_MASTER_KEY'] || secrets.masterKey,
    WHATSAPP: settings.whatsapp,
    ...(settings.whatsapp === 'simulator' ? await simulatorVariables(settings) : {}),
  };
}

/**
 * The environment of the operator's commands, which may migrate and make companies.
 * @param {Settings} settings
 * @param {Secrets} secrets
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
export async function operatorEnvironment(settings, secrets) {
  const owner = settings.databaseOwnerUrl ?? databaseUrls(settings.postgresPort, secrets).owner;
  return { ...(await processEnvironment(settings, secrets)), DATABASE_OWNER_URL: owner };
}

/** @param {Settings} settings */
async function simulatorVariables(settings) {
  const file = path.join(DIST, 'libs', 'simulator', 'whatsapp', 'root-key.js');
  const { SIMULATOR_ROOT_PUBLIC_KEY, SIMULATOR_CERTIFICATE } = await import(pathToFileURL(file).href);
  return {
    OUTBOUND_ALLOW: [process.env['OUTBOUND_ALLOW'], `127.0.0.1:${settings.simulatorPort}`, `[::1]:${settings.simulatorPort}`].filter(Boolean).join(','),
    MERCADOPAGO_URL: process.env['MERCADOPAGO_URL'] || `http://127.0.0.1:${settings.simulatorPort}/mercadopago`,
    WHATSAPP_SIMULATOR_URL: process.env['WHATSAPP_SIMULATOR_URL'] || `ws://127.0.0.1:${settings.simulatorPort}/ws/chat`,
    WHATSAPP_SIMULATOR_ROOT_KEY: process.env['WHATSAPP_SIMULATOR_ROOT_KEY'] || SIMULATOR_ROOT_PUBLIC_KEY,
    WHATSAPP_SIMULATOR_CERTIFICATE: process.env['WHATSAPP_SIMULATOR_CERTIFICATE'] || SIMULATOR_CERTIFICATE,
  };
}
