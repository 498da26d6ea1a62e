import { readFile } from 'node:fs/promises';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { newNonce, pagePolicy } from './security-headers.js';

/** Screens by the path that they live under: the login is an entry of its own, so that it is small. */
const SCREENS = [
  { prefix: '/login/', folder: path.join('login', 'browser') },
  { prefix: '/', folder: path.join('panel', 'browser') },
] as const;
/** Where the API answers: what is not found there is no screen. */
const NOT_SCREENS = /^\/(api|health)(\/|$)/;
/** Angular names a built file by its content: under that name it never changes. */
const HASHED = /-[\w-]{8}\.(js|css|woff2)$|-[A-Z0-9]{8}\.(svg|png|webp)$/;
const FOR_EVER = 'public, max-age=31536000, immutable';

/** The page with the nonce that Angular looks for in its body. @returns undefined when the screen is not built */
async function pageOf(root: string, nonce: string): Promise<string | undefined> {
  try {
    const page = await readFile(path.join(root, 'index.html'), 'utf8');
    return page.replace(/<body[^>]*>/, (body) => `${body}<template ngCspNonce="${nonce}"></template>`);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function servePage(reply: FastifyReply, root: string): Promise<FastifyReply> {
  const nonce = newNonce();
  const page = await pageOf(root, nonce);
  if (page === undefined) {
    reply.callNotFound();
    return reply;
  }
  const headers = { 'content-security-policy': pagePolicy(nonce), 'cache-control': 'no-cache' };
  return reply.headers(headers).type('text/html; charset=utf-8').send(page);
}

/**
 * Serves the built screens: files as they are (a `.br` or `.gz` beside them to browsers that take it), and a screen's page for
 * every other path, as its router knows what is meant.
 * @param folder with one folder a screen, as Angular builds them
 */
export async function serveScreens(app: NestFastifyApplication, folder: string): Promise<void> {
  await app.register(fastifyStatic, { serve: false, preCompressed: true, cacheControl: false, dotfiles: 'deny' });
  const server = app.getHttpAdapter().getInstance();
  server.get('/login', (_request, reply) => reply.redirect('/login/', 308));
  server.get('/*', async (request: FastifyRequest, reply: FastifyReply) => {
    const pathname = request.url.split('?')[0]!;
    if (NOT_SCREENS.test(pathname)) {
      reply.callNotFound();
      return reply;
    }
    const { prefix, folder: screen } = SCREENS.find((one) => pathname.startsWith(one.prefix))!;
    const root = path.resolve(folder, screen);
    const file = pathname.slice(prefix.length);
    if (path.posix.extname(file) === '' || file === 'index.html') return servePage(reply, root);
    return reply.header('cache-control', HASHED.test(file) ? FOR_EVER : 'no-cache').sendFile(file, root);
  });
}
