import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holderName } from './holder.js';

let dataDir: string;
const pidFile = (pid: string) => {
  mkdirSync(join(dataDir, 'run'), { recursive: true });
  writeFileSync(join(dataDir, 'run', 'whatsapp.pid'), pid);
};
beforeEach(() => void (dataDir = mkdtempSync(join(tmpdir(), 'hilo-holder-'))));
afterEach(() => rmSync(dataDir, { recursive: true }));

describe("a gateway's name", () => {
  it("is its predecessor's, so that a restart need not wait for the leases to run out", () => {
    const first = holderName(dataDir);
    expect(holderName(dataDir)).toBe(first);
    pidFile('2147483646'); // no process has this id
    expect(holderName(dataDir)).toBe(first);
    pidFile('not a number');
    expect(holderName(dataDir)).toBe(first);
  });

  it('is a new one each time while the predecessor lives', () => {
    pidFile(String(process.ppid));
    expect(holderName(dataDir)).not.toBe(holderName(dataDir));
  });

  it('differs between data folders', () => {
    expect(holderName(dataDir)).not.toBe(holderName(join(dataDir, 'other')));
  });
});
