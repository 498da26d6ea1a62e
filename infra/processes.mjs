import { setTimeout as wait } from 'node:timers/promises';
import { LaunchFailure } from './launch-failure.mjs';

/** @typedef {import('./child.mjs').Child} Child */
/** @typedef {import('./pid-files.mjs').PidFiles} PidFiles */
/** @typedef {import('./pid-files.mjs').ProcessName} ProcessName */

/**
 * A process that is kept running.
 * @typedef {object} Managed
 * @property {ProcessName} name
 * @property {() => Promise<Child>} start called again whenever it ended by itself
 * @property {NodeJS.Signals} stopSignal
 */

const FIRST_BACK_OFF_MS = 200;
const LONGEST_BACK_OFF_MS = 5_000;
/** One that lived this long has recovered: the next back-off begins anew. */
const SETTLED_MS = 20_000;
const STOP_TIMEOUT_MS = 15_000;
/** So many ends in a row without settling are no accident. */
const HOPELESS_ENDS = 4;

/** Starts processes, writes their pid files, and starts those again that end by themselves, later each time. */
export class Processes {
  /** @type {Map<ProcessName, { managed: Managed, child: Child | undefined, ends: number, watching: Promise<void> }>} */
  #running = new Map();
  /** @type {Set<Promise<unknown>>} */
  #starting = new Set();
  #stopping = new AbortController();

  /**
   * @param {PidFiles} pidFiles
   * @param {(message: string) => void} report
   */
  constructor(pidFiles, report) {
    this.pidFiles = pidFiles;
    this.report = report;
  }

  /**
   * Starts a process for the first time; it fails when that fails.
   * @param {Managed} managed
   */
  async start(managed) {
    if (this.#stopping.signal.aborted) return;
    const starting = managed.start();
    this.#starting.add(starting);
    const child = await starting.finally(() => this.#starting.delete(starting));
    const entry = { managed, child: /** @type {Child | undefined} */ (child), ends: 0, watching: Promise.resolve() };
    this.pidFiles.write(managed.name, child.pid);
    this.#running.set(managed.name, entry);
    entry.watching = this.#keepRunning(entry);
  }

  /**
   * @param {{ managed: Managed, child: Child | undefined, ends: number }} entry
   */
  async #keepRunning(entry) {
    const { name, start } = entry.managed;
    let startedAt = Date.now();
    while (!this.#stopping.signal.aborted) {
      if (entry.child) {
        const { code, signal } = await entry.child.exited;
        entry.child = undefined;
        if (this.#stopping.signal.aborted) break;
        if (Date.now() - startedAt > SETTLED_MS) entry.ends = 0;
        this.report(`${name} terminó (${signal ?? `código ${code}`}) y arranca de nuevo`);
      }
      const backOffMs = Math.min(FIRST_BACK_OFF_MS * 2 ** entry.ends, LONGEST_BACK_OFF_MS);
      entry.ends += 1;
      await wait(backOffMs, undefined, { signal: this.#stopping.signal }).catch(() => {});
      if (this.#stopping.signal.aborted) break;
      startedAt = Date.now();
      await this.#startAgain(entry, start);
    }
    await entry.child?.exited;
    this.pidFiles.remove(name);
  }

  /**
   * @param {{ managed: Managed, child: Child | undefined }} entry
   * @param {() => Promise<Child>} start
   */
  async #startAgain(entry, start) {
    const { name, stopSignal } = entry.managed;
    try {
      entry.child = await start();
      this.pidFiles.write(name, entry.child.pid);
      if (this.#stopping.signal.aborted) entry.child.signal(stopSignal);
    } catch (error) {
      this.report(`${name} no arrancó: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /**
   * The failure of a process that ends again and again, or undefined while all have a chance.
   * @returns {LaunchFailure | undefined}
   */
  hopeless() {
    for (const { managed, child, ends } of this.#running.values()) {
      if (ends >= HOPELESS_ENDS) {
        return new LaunchFailure(`El proceso ${managed.name} termina una y otra vez: lo último que dijo está arriba.`, child?.lastLines().join('\n'));
      }
    }
    return undefined;
  }

  /**
   * Ends a process so that it starts again with what was built in the meantime.
   * @param {ProcessName} name
   */
  async restart(name) {
    const entry = this.#running.get(name);
    if (!entry?.child) return;
    entry.ends = 0;
    await entry.child.stop(entry.managed.stopSignal, STOP_TIMEOUT_MS);
  }

  /** Stops all, the last started first, each before the next: the database outlives those who write to it. */
  async stopAll() {
    this.#stopping.abort();
    await Promise.allSettled(this.#starting);
    for (const entry of [...this.#running.values()].reverse()) {
      await entry.child?.stop(entry.managed.stopSignal, STOP_TIMEOUT_MS);
      await entry.watching;
    }
  }

  /** Whether there is anything to stop. */
  get isEmpty() {
    return this.#running.size === 0 && this.#starting.size === 0;
  }

  /** For a person who does not want to wait. */
  killAll() {
    this.#stopping.abort();
    for (const { managed, child } of this.#running.values()) {
      child?.signal('SIGKILL');
      this.pidFiles.remove(managed.name);
    }
  }
}
