import { readFile, readdir, readlink } from 'node:fs/promises';
import { commandLineOf } from './process-table.mjs';

const LISTEN = '0A';

/**
 * Best effort: who listens on a TCP port of this machine, as words for a person. Linux only, by /proc.
 * @param {number} port
 * @returns {Promise<string | undefined>} for example `«node infra/start.mjs» (proceso 123)`
 */
export async function describePortHolder(port) {
  const inodes = await listeningInodes(port);
  if (inodes.size === 0) return undefined;
  for (const entry of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(entry) || !(await ownsSocket(entry, inodes))) continue;
    const command = commandLineOf(Number(entry)) ?? '?';
    return `«${command.length > 80 ? `${command.slice(0, 79)}…` : command}» (proceso ${entry})`;
  }
  return undefined;
}

/**
 * @param {number} port
 * @returns {Promise<Set<string>>} inodes of the sockets that listen on it
 */
async function listeningInodes(port) {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const inodes = new Set();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of (await readFile(table, 'utf8').catch(() => '')).split('\n').slice(1)) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      if (local?.endsWith(suffix) && state === LISTEN && inode) inodes.add(inode);
    }
  }
  return inodes;
}

/**
 * @param {string} pid
 * @param {Set<string>} inodes
 */
async function ownsSocket(pid, inodes) {
  for (const fd of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
    const target = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '');
    const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
    if (inode && inodes.has(inode)) return true;
  }
  return false;
}
