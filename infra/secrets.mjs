import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LaunchFailure } from './launch-failure.mjs';

/**
 * What a local copy keeps secret: three database passwords and the key that encrypts company keys at rest.
 * @typedef {object} Secrets
 * @property {string} postgresPassword the superuser's
 * @property {string} ownerPassword of hilo_owner, who owns the database and runs migrations
 * @property {string} appPassword of hilo_app, the role of all processes
 * @property {string} masterKey 32 bytes, base64
 */

/** @returns {Secrets} */
export function generateSecrets() {
  const password = () => randomBytes(18).toString('base64url');
  return {
    postgresPassword: password(),
    ownerPassword: password(),
    appPassword: password(),
    masterKey: randomBytes(32).toString('base64'),
  };
}

/** @param {string} dataDir */
const secretsFile = (dataDir) => path.join(dataDir, 'secrets.json');

/**
 * The copy's secrets; undefined before its first start.
 * @param {string} dataDir
 * @returns {Secrets | undefined}
 */
export function readSecrets(dataDir) {
  const file = secretsFile(dataDir);
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new LaunchFailure(`${file} está dañado: recuperalo de una copia, o borrá la carpeta ${dataDir} para empezar de cero.`);
  }
}

/**
 * The copy's secrets, made at the first start and kept in `<DATA_DIR>/secrets.json`, readable by its owner only.
 * @param {string} dataDir
 * @returns {Secrets}
 */
export function readOrCreateSecrets(dataDir) {
  const known = readSecrets(dataDir);
  if (known) return known;
  const secrets = generateSecrets();
  const file = secretsFile(dataDir);
  const unfinished = `${file}.new`;
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(unfinished, `${JSON.stringify(secrets, undefined, 2)}\n`, { mode: 0o600 });
  chmodSync(unfinished, 0o600);
  renameSync(unfinished, file);
  return secrets;
}
