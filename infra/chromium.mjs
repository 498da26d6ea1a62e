import { existsSync } from 'node:fs';
import { startChild } from './child.mjs';
import { LaunchFailure } from './launch-failure.mjs';
import { onPath } from './tool-cache.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/**
 * Path of a Chromium for the browser specs: CHROMIUM, PATH, or installed with apt where that is possible (as root).
 * @param {(message: string) => void} [report]
 * @returns {Promise<string>}
 */
export async function findChromium(report = () => {}) {
  const named = process.env['CHROMIUM'];
  if (named) {
    if (existsSync(named)) return named;
    throw new LaunchFailure(`CHROMIUM dice ${named}, pero ahí no hay nada: corregila o quitala.`);
  }
  const present = firstOnPath();
  if (present) return present;
  const why = process.getuid?.() === 0 && onPath('apt-get') ? await installWithApt(report) : '';
  const found = firstOnPath();
  if (found) return found;
  throw new LaunchFailure('Falta Chromium para las pruebas de navegador: instalalo (apt-get install chromium) o decí dónde está con CHROMIUM=/ruta/a/chromium.', why);
}

function firstOnPath() {
  return NAMES.map((name) => onPath(name)).find((program) => program !== undefined);
}

/**
 * @param {(message: string) => void} report
 * @returns {Promise<string>} what apt said last
 */
async function installWithApt(report) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  report('instalando con apt');
  for (const args of [['update', '-q'], ['install', '-q', '-y', '--no-install-recommends', 'chromium']]) {
    const apt = await startChild('apt-get', args, { env });
    if ((await apt.exited).code !== 0) return apt.lastLines().join('\n');
  }
  return '';
}
