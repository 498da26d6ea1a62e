import { randomBytes } from 'node:crypto';
import helmet from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const YEAR_SECONDS = 31_536_000;
const NONCE_BYTES = 16;

const policy = (directives: Record<string, string>): string =>
  Object.entries(directives).map(([name, sources]) => `${name} ${sources}`).join('; ');

const own = {
  'default-src': `'self'`,
  'base-uri': `'self'`,
  'form-action': `'self'`,
  'frame-ancestors': `'none'`,
  'img-src': `'self' data: blob:`,
  'object-src': `'none'`,
  'script-src': `'self'`,
} as const;

/** API answers and files: they load nothing by themselves. Its documentation, Swagger UI, writes style elements without a nonce. */
export const filePolicy = policy({ ...own, 'style-src': `'self' 'unsafe-inline'` });

/**
 * A screen's page: scripts only as files from here, and WebAssembly, which decodes voice notes where the browser cannot (it compiles
 * modules only, never text). Sound that was decoded is a blob. Angular writes its components' style elements with the nonce that the page
 * names (`ngCspNonce`), and `style="…"` of templates as attributes, which run nothing and are allowed.
 */
export const pagePolicy = (nonce: string): string =>
  policy({
    ...own, 'script-src': `'self' 'wasm-unsafe-eval'`, 'media-src': `'self' blob:`, 'style-src': `'self' 'nonce-${nonce}'`, 'style-src-attr': `'unsafe-inline'`,
  });

/** A page's nonce: never the same twice. */
export const newNonce = (): string => randomBytes(NONCE_BYTES).toString('base64');

/** Headers of every answer. HSTS only where there is TLS: on plain http browsers would ignore it, and it would be a lie. */
export async function setSecurityHeaders(app: NestFastifyApplication): Promise<void> {
  await app.register(helmet, { strictTransportSecurity: false, contentSecurityPolicy: false });
  app.getHttpAdapter().getInstance().addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id).header('content-security-policy', filePolicy);
    if (request.protocol === 'https') void reply.header('strict-transport-security', `max-age=${YEAR_SECONDS}; includeSubDomains`);
    if (request.url.startsWith('/api/')) void reply.header('cache-control', 'no-store');
  });
}
