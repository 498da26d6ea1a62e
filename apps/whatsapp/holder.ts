import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';

/** Whether some process has this id. */
function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Whether another gateway that uses this folder still lives, stopped ones included. */
function predecessorLives(dataDir: string): boolean {
  try {
    const pid = Number(readFileSync(join(dataDir, 'run', 'whatsapp.pid'), 'utf8'));
    return Number.isInteger(pid) && pid > 0 && pid !== process.pid && lives(pid);
  } catch {
    return false;
  }
}

/**
 * Under which name this process holds leases. The successor of a dead gateway takes its name and with it its numbers at once; while
 * the predecessor lives the name is a new one, and its leases must run out first.
 * Call it before this process writes its own pid file.
 */
export function holderName(dataDir: string): string {
  const name = `${hostname()}:${resolve(dataDir)}`;
  return predecessorLives(dataDir) ? `${name}:${randomUUID()}` : name;
}
