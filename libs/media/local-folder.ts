import { randomUUID } from 'node:crypto';
import { access, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { companyKey, mediaKey, sha256Of } from './media-key.js';
import { MediaUnavailable, type ErasableStore, type FilePart } from './media-store.js';

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';
const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : 'unknown');

/** Files in a folder of this machine, or one that several machines share. */
export class LocalFolder implements ErasableStore {
  constructor(private readonly folder: string) {}

  async put(company: string, bytes: Uint8Array): Promise<{ sha256: string; size: number }> {
    const sha256 = sha256Of(bytes);
    const stored = { sha256, size: bytes.byteLength };
    const path = this.pathOf(company, sha256);
    if (await this.has(company, sha256)) return stored;
    const half = `${path}.${randomUUID()}.part`;
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeThrough(half, bytes);
      await rename(half, path); // whoever is killed before this has stored nothing
    } catch (error) {
      await rm(half, { force: true }).catch(() => undefined);
      throw new MediaUnavailable(`the media folder cannot be written (${codeOf(error)})`);
    }
    return stored;
  }

  async open(company: string, sha256: string, part?: FilePart): Promise<Uint8Array | undefined> {
    try {
      const path = this.pathOf(company, sha256);
      return part ? await readPart(path, part) : await readFile(path);
    } catch (error) {
      if (error instanceof RangeError) throw error;
      if (isMissing(error)) return undefined;
      throw new MediaUnavailable(`the media folder cannot be read (${codeOf(error)})`);
    }
  }

  async has(company: string, sha256: string): Promise<boolean> {
    return access(this.pathOf(company, sha256)).then(() => true, () => false);
  }

  async erase(company: string): Promise<number> {
    const all = join(this.folder, companyKey(company));
    try {
      const entries = await readdir(all, { recursive: true, withFileTypes: true });
      await rm(all, { recursive: true });
      return entries.filter((entry) => entry.isFile()).length;
    } catch (error) {
      if (isMissing(error)) return 0;
      throw new MediaUnavailable(`the media folder cannot be cleared (${codeOf(error)})`);
    }
  }

  private pathOf(company: string, sha256: string): string {
    return join(this.folder, mediaKey(company, sha256));
  }
}

async function readPart(path: string, { first, last }: FilePart): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.alloc(last - first + 1);
    const { bytesRead } = await file.read(bytes, 0, bytes.byteLength, first);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** On the disk when it resolves, not only in the system's memory: the row that follows says that the file is there. */
async function writeThrough(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}
