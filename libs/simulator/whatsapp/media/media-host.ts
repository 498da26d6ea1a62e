import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Media } from './media.js';

/** Largest encrypted file that the host takes; the real one takes documents of up to 2 GB. */
export const MAX_MEDIA_BYTES = 100 << 20;
const UPLOAD_PATH = /^\/mms\/(?:image|video|audio|document)\/([\w-]{43})$/;

/** The media host's side of HTTPS: `POST /mms/{kind}/{hash of the encrypted file}?auth=…`, and `GET` of the paths that it gives out. */
export function mediaHost(media: Media, log: (message: string, error?: unknown) => void): RequestListener {
  return (request, response) => {
    void respond(media, request, response).catch((error: unknown) => {
      log('a media request could not be answered', error);
      response.destroy();
    });
  };
}

async function respond(media: Media, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, search, searchParams } = new URL(request.url ?? '/', 'https://simulator');
  const [, hash] = UPLOAD_PATH.exec(pathname) ?? [];
  if (request.method === 'GET') return download(media, pathname + search, response);
  if (request.method !== 'POST' || !hash) return answer(response, 404, { error: 'no such path' });
  const account = media.accountOf(searchParams.get('auth') ?? '');
  if (!account) return answer(response, 401, { error: 'auth is not what media_conn gave' });
  const blob = await read(request);
  if (!blob) return answer(response, 413, { error: 'too large' });
  const directPath = media.upload(account, hash, blob);
  if (!directPath) return answer(response, 400, { error: 'the content does not have that hash' });
  answer(response, 200, { url: media.urlOf(directPath), direct_path: directPath });
}

function download(media: Media, directPath: string, response: ServerResponse): void {
  const fetched = media.fetch(directPath);
  if ('status' in fetched) return answer(response, fetched.status, { error: fetched.status === 410 ? 'expired' : 'not found' });
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': fetched.blob.length });
  response.end(fetched.blob);
}

async function read(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_MEDIA_BYTES) chunks.push(chunk);
  }
  return size <= MAX_MEDIA_BYTES ? Buffer.concat(chunks) : undefined;
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
