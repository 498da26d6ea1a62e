import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startChild } from './child.mjs';
import { PidFiles } from './pid-files.mjs';
import { isAlive } from './process-table.mjs';
import { Processes } from './processes.mjs';

const WAIT = { timeout: 10_000, interval: 20 };
const STAYS = 'setInterval(() => {}, 1000)';

let dataDir: string;
let pidFiles: PidFiles;
let processes: Processes;
let reports: string[];

beforeEach(() => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'hilo-processes-'));
  pidFiles = new PidFiles(dataDir);
  reports = [];
  processes = new Processes(pidFiles, (message) => reports.push(message));
});

afterEach(async () => {
  await processes.stopAll();
  rmSync(dataDir, { recursive: true, force: true });
});

const node = (script: string, ...args: string[]) => () => startChild(process.execPath, ['-e', script, '--', ...args]);
const pidOf = (name: string) => Number(readFileSync(path.join(dataDir, 'run', `${name}.pid`), 'utf8'));

describe('processes', () => {
  it('start a killed one again under a new id, and say so', async () => {
    await processes.start({ name: 'worker', start: node(STAYS), stopSignal: 'SIGTERM' });
    const first = pidOf('worker');
    process.kill(first, 'SIGKILL');
    await expect.poll(() => pidOf('worker') !== first && isAlive(pidOf('worker')), WAIT).toBe(true);
    expect(reports).toEqual(['worker terminó (SIGKILL) y arranca de nuevo']);
  });

  it('call one hopeless that ends again and again, each time later', async () => {
    const starts: number[] = [];
    const start = () => {
      starts.push(Date.now());
      return node('process.exit(3)')();
    };
    await processes.start({ name: 'api', start, stopSignal: 'SIGTERM' });
    await expect.poll(() => processes.hopeless()?.message ?? '', WAIT).toContain('api');
    const pauses = starts.slice(1).map((at, index) => at - starts[index]!);
    expect(pauses.length).toBeGreaterThanOrEqual(3);
    [200, 400, 800].forEach((leastMs, index) => expect(pauses[index]).toBeGreaterThanOrEqual(leastMs - 5));
  });

  it('stop the last started first, and take the pid files away', async () => {
    const stopped: string[] = [];
    for (const name of ['postgres', 'api'] as const) {
      const start = async () => {
        const child = await node(STAYS)();
        void child.exited.then(() => stopped.push(name));
        return child;
      };
      await processes.start({ name, start, stopSignal: 'SIGTERM' });
    }
    await processes.stopAll();
    expect(stopped).toEqual(['api', 'postgres']);
    expect(pidFiles.read('api')).toBeUndefined();
    expect(pidFiles.read('postgres')).toBeUndefined();
    expect(reports).toEqual([]);
  });
});

describe('pid files', () => {
  it('lead to what a dead launcher left, and to no stranger who has its id', async () => {
    const ours = await startChild(process.execPath, ['-e', STAYS, '--', `--copy=${dataDir}`]);
    const stranger = await startChild(process.execPath, ['-e', STAYS, '--', `--copy=${dataDir}2`]);
    pidFiles.write('worker', ours.pid);
    pidFiles.write('api', stranger.pid);
    expect(await pidFiles.stopLeftovers(() => `--copy=${dataDir}`)).toEqual(['worker']);
    // Gone for the system; this process is told of it a moment later.
    expect(await ours.exited).toBeDefined();
    expect(stranger.exit()).toBeUndefined();
    expect(pidFiles.read('api')).toBeUndefined();
    await stranger.stop('SIGKILL', 1_000);
  });

  it('let only one launcher run a copy', async () => {
    const other = await startChild(process.execPath, ['-e', STAYS, '--', 'infra/start.mjs']);
    pidFiles.write('launcher', other.pid);
    expect(() => pidFiles.claim()).toThrow(/ya está corriendo/);
    await other.stop('SIGKILL', 1_000);
    pidFiles.claim();
    expect(pidFiles.read('launcher')).toBe(process.pid);
  });
});
