import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes `<dataDir>/run/<name>.pid`, by which launcher and operations find a process, and removes it at a clean exit.
 * @param name api, worker, whatsapp or simulator
 */
export function writePidFile(dataDir: string, name: string): void {
  const folder = join(dataDir, 'run');
  const file = join(folder, `${name}.pid`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, String(process.pid));
  process.once('exit', () => rmSync(file, { force: true }));
}
