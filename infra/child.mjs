import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * A running program that a launcher started.
 * @typedef {object} Child
 * @property {number} pid
 * @property {Promise<Exit>} exited settles once, when the process is gone; never rejects
 * @property {() => Exit | undefined} exit how it ended, or undefined while it runs
 * @property {() => string[]} lastLines the last lines it wrote, for a failure's detail
 * @property {(signal: NodeJS.Signals) => void} signal
 * @property {(signal: NodeJS.Signals, timeoutMs: number) => Promise<Exit>} stop asks it to end; SIGKILL after timeoutMs
 */
/** @typedef {{ code: number | null, signal: NodeJS.Signals | null }} Exit */
/** @typedef {(line: string) => void} LineSink */

const KEPT_LINES = 20;

/**
 * Having process groups of their own, they would outlive a launcher that ends in a hurry.
 * @type {Set<import('node:child_process').ChildProcess>}
 */
const alive = new Set();
process.once('exit', () => alive.forEach((child) => child.kill('SIGKILL')));

/**
 * Starts a program in a process group of its own, so that Ctrl-C reaches the launcher alone and it can stop all in order.
 * Its output is read line by line.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, uid?: number, gid?: number, onLine?: LineSink }} [options]
 * @returns {Promise<Child>} rejects with the system's error when the program cannot be run at all
 */
export async function startChild(command, args, { onLine = () => {}, ...options } = {}) {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32' });
  /** @type {Exit | undefined} */
  let exit;
  /** @type {string[]} */
  const kept = [];
  /** @type {Promise<Exit>} */
  const exited = new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      exit = { code, signal };
      alive.delete(child);
      resolve(exit);
    });
  });
  await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  alive.add(child);
  child.on('error', () => {}); // a signal to one that has just ended
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      kept.push(line);
      if (kept.length > KEPT_LINES) kept.shift();
      onLine(line);
    });
  }
  const signal = (/** @type {NodeJS.Signals} */ name) => {
    if (!exit) child.kill(name);
  };
  return {
    pid: /** @type {number} */ (child.pid),
    exited,
    exit: () => exit,
    lastLines: () => [...kept],
    signal,
    stop: (name, timeoutMs) => stopChild(signal, exited, name, timeoutMs),
  };
}

/**
 * @param {(name: NodeJS.Signals) => void} signal
 * @param {Promise<Exit>} exited
 * @param {NodeJS.Signals} name
 * @param {number} timeoutMs
 */
async function stopChild(signal, exited, name, timeoutMs) {
  signal(name);
  const timer = setTimeout(() => signal('SIGKILL'), timeoutMs);
  const exit = await exited;
  clearTimeout(timer);
  return exit;
}
