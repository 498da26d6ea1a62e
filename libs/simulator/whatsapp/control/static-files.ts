import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize, resolve, sep } from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
};

const NOT_BUILT = `<!doctype html><html lang="es"><meta charset="utf-8"><title>Simulador de WhatsApp</title>
<body style="font:16px/1.5 system-ui;max-width:34rem;margin:4rem auto;padding:0 1rem">
<h1>El simulador está funcionando</h1>
<p>La red simulada y su API de control responden, pero la página del teléfono todavía no está compilada.
Compilá <code>ui/phone</code> y recargá esta página.</p></body></html>`;

export interface ServedFiles {
  /** Folder of the built phone. */
  uiDir?: string;
  /** Further files, by path. */
  files?: Record<string, string>;
}

/**
 * Serves the built phone; paths without a file get its `index.html`, so that its own routes survive a reload.
 * @returns false if there is nothing to serve for that request
 */
export async function serveFile(served: ServedFiles, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const { pathname } = new URL(request.url ?? '/', 'http://simulator');
  const wantsPage = pathname === '/' || (!extname(pathname) && (request.headers.accept ?? '').includes('text/html'));
  const file = (await find(served, pathname)) ?? (wantsPage ? await find(served, '/index.html') : undefined);
  if (!file && !wantsPage) return false;
  const type = TYPES[extname(file ?? '.html')] ?? 'application/octet-stream';
  // Names of built files carry a hash of their content, except the page itself.
  const cache = file && !type.startsWith('text/html') ? 'public, max-age=3600' : 'no-cache';
  response.writeHead(200, { 'content-type': type, 'cache-control': cache, 'x-content-type-options': 'nosniff' });
  if (!file || request.method === 'HEAD') response.end(file ? undefined : NOT_BUILT);
  else createReadStream(file).on('error', () => response.destroy()).pipe(response);
  return true;
}

async function find({ uiDir, files }: ServedFiles, pathname: string): Promise<string | undefined> {
  const root = resolve(uiDir ?? '.');
  const path = files?.[pathname] ?? join(root, normalize(decode(pathname)));
  if (!files?.[pathname] && (!uiDir || !path.startsWith(root + sep))) return undefined;
  const isFile = await stat(path).then((found) => found.isFile(), () => false);
  return isFile ? path : undefined;
}

function decode(pathname: string): string {
  try {
    return decodeURIComponent(pathname).replaceAll('\0', '');
  } catch {
    return '/';
  }
}
