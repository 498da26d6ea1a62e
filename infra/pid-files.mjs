import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LaunchFailure } from './launch-failure.mjs';
import { commandLineOf, isAlive, waitUntilGone } from './process-table.mjs';

/** In the order in which they start; they are stopped in the opposite one. */
export const PROCESS_NAMES = /** @type {const} */ (['postgres', 'temporal', 'simulator', 'worker', 'whatsapp', 'api']);
/** @typedef {typeof PROCESS_NAMES[number]} ProcessName */

const STOP_TIMEOUT_MS = 15_000;

/**
 * The pid files of a copy, `<DATA_DIR>/run/<process>.pid`.
 */
export class PidFiles {
  /** @param {string} dataDir */
  constructor(dataDir) {
    this.dir = path.join(dataDir, 'run');
    mkdirSync(this.dir, { recursive: true });
  }

  /** @param {string} name */
  #file(name) {
    return path.join(this.dir, `${name}.pid`);
  }

  /**
   * @param {string} name
   * @param {number} pid
   */
  write(name, pid) {
    writeFileSync(this.#file(name), `${pid}\n`);
  }

  /** @param {string} name */
  remove(name) {
    rmSync(this.#file(name), { force: true });
  }

  /**
   * @param {string} name
   * @returns {number | undefined}
   */
  read(name) {
    if (!existsSync(this.#file(name))) return undefined;
    const pid = Number(readFileSync(this.#file(name), 'utf8').trim());
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  }

  /** Takes the copy for this launcher; refuses when another one is running it. */
  claim() {
    const other = this.read('launcher');
    if (other !== undefined && other !== process.pid && isAlive(other) && commandLineOf(other)?.includes('start.mjs')) {
      throw new LaunchFailure(
        `Esta copia ya está corriendo (proceso ${other}): detenela con Ctrl-C donde la arrancaste, o usá otra carpeta y otros puertos (DATA_DIR, PORT…).`,
      );
    }
    this.write('launcher', process.pid);
  }

  /**
   * Stops what a launcher left behind that died without a word. A process is only taken for ours when its command line
   * carries the copy's mark: its id may have passed to a stranger.
   * @param {(name: ProcessName) => string} markOf text in the command line of that process of this copy, and of no other
   * @returns {Promise<string[]>} the names of those that were stopped
   */
  async stopLeftovers(markOf) {
    const stopped = [];
    for (const name of [...PROCESS_NAMES].reverse()) {
      const pid = this.read(name);
      if (pid !== undefined && isAlive(pid) && `${commandLineOf(pid)} `.includes(`${markOf(name)} `)) {
        process.kill(pid, name === 'postgres' ? 'SIGINT' : 'SIGTERM');
        if (!(await waitUntilGone(pid, STOP_TIMEOUT_MS))) process.kill(pid, 'SIGKILL');
        if (!(await waitUntilGone(pid, STOP_TIMEOUT_MS))) throw new LaunchFailure(`El proceso ${pid} (${name}) de un arranque anterior no se detiene: cerralo y volvé a intentar.`);
        stopped.push(name);
      }
      this.remove(name);
    }
    return stopped;
  }
}
