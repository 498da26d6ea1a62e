import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Encrypted files by the SHA-256 of their content: in a folder beside the world, or in memory if the world is not kept. */
export class Blobs {
  private readonly memory = new Map<string, Buffer>();
  private readonly folder?: string;

  constructor(stateDir?: string) {
    if (!stateDir) return;
    this.folder = join(stateDir, 'media');
    mkdirSync(this.folder, { recursive: true });
  }

  /** On disk when it returns, whole or not at all. */
  put(hash: string, blob: Buffer): void {
    const path = this.path(hash);
    if (!path) return void this.memory.set(hash, blob);
    writeFileSync(`${path}.part`, blob);
    renameSync(`${path}.part`, path);
  }

  get(hash: string): Buffer | undefined {
    const path = this.path(hash);
    if (!path) return this.memory.get(hash);
    try {
      return readFileSync(path);
    } catch {
      return undefined;
    }
  }

  clear(): void {
    this.memory.clear();
    if (!this.folder) return;
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder, { recursive: true });
  }

  private path(hash: string): string | undefined {
    if (!/^[\w-]{43}$/.test(hash)) throw new Error('not a SHA-256 in base64url');
    return this.folder && join(this.folder, hash);
  }
}
