import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const brotli = promisify(brotliCompress);
/** What gets smaller; letters and pictures are compressed already. */
const COMPRESSIBLE = /\.(js|css|svg|json)$/;
/** Below, the header of the answer weighs more than what is saved. */
const LEAST_BYTES = 1_000;

/**
 * Puts a brotli file (`main.js.br`) beside each file of a folder that gets smaller by it. Not for pages: the server writes into them.
 * @param {string} folder
 */
export async function compressFolder(folder) {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !COMPRESSIBLE.test(entry.name)) continue;
    const file = path.join(entry.parentPath, entry.name);
    const plain = await readFile(file);
    if (plain.length < LEAST_BYTES) continue;
    const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
    await writeFile(`${file}.br`, await brotli(plain, { params }));
  }
}
