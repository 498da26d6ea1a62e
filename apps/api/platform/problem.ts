import { HttpException } from '@nestjs/common';
import { z } from 'zod';
import { isDatabaseAway } from '../../../libs/db/availability.js';
import { DomainError, type DomainErrorCode } from '../../../libs/domain/errors.js';

/** RFC 9457, with the code that clients tell problems apart by. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().meta({ description: 'For people, in Spanish' }),
    code: z.string(),
    requestId: z.string().meta({ description: 'Under which the logs know this request' }),
  })
  .meta({ id: 'Problem', description: 'application/problem+json (RFC 9457)' });
export type Problem = z.infer<typeof problemSchema>;

interface Kind {
  status: number;
  title: string;
  detail: string;
}

/** Everything that this API answers besides success, by its code. */
const kinds = {
  'bad-request': { status: 400, title: 'Bad request', detail: 'El pedido no tiene la forma que corresponde.' },
  forbidden: { status: 403, title: 'Forbidden', detail: 'No tenés permiso para eso.' },
  'company-suspended': { status: 403, title: 'Company suspended', detail: 'Esta empresa está suspendida.' },
  'not-found': { status: 404, title: 'Not found', detail: 'Acá no hay nada.' },
  'company-unknown': { status: 404, title: 'No company', detail: 'Ninguna empresa atiende en esta dirección.' },
  'method-not-allowed': { status: 405, title: 'Method not allowed', detail: 'Esa operación no existe para esta dirección.' },
  conflict: { status: 409, title: 'Conflict', detail: 'Otra persona lo cambió antes. Volvé a cargar y probá de nuevo.' },
  'too-large': { status: 413, title: 'Payload too large', detail: 'El pedido es demasiado grande.' },
  'unsupported-media-type': { status: 415, title: 'Unsupported media type', detail: 'El formato del pedido no se acepta: mandalo en JSON.' },
  'rule-broken': { status: 422, title: 'Unprocessable', detail: 'Eso no se puede hacer.' },
  'too-many-requests': { status: 429, title: 'Too many requests', detail: 'Son demasiados pedidos seguidos. Esperá un momento.' },
  internal: { status: 500, title: 'Internal error', detail: 'Algo falló de nuestro lado. Si sigue, avisanos con el número de pedido.' },
  'database-away': { status: 503, title: 'Database unavailable', detail: 'La base de datos no responde. Probá de nuevo en unos segundos.' },
} as const satisfies Record<string, Kind>;
export type ProblemCode = keyof typeof kinds;

const rules: Record<DomainErrorCode, string> = {
  'flow-invalid': 'El flujo está incompleto o mal armado.',
  'flow-never-waits': 'El flujo da vueltas sin esperar nunca una respuesta.',
  'state-version-unknown': 'Los datos son de una versión más nueva del sistema.',
  'phone-invalid': 'Ese número de teléfono no existe en WhatsApp.',
};

/** A problem that a handler answers with on purpose. */
export class ProblemException extends Error {
  override readonly name = 'ProblemException';

  constructor(readonly code: ProblemCode) {
    super(code);
  }
}

const codeByStatus = new Map<number, ProblemCode>([
  [400, 'bad-request'], [403, 'forbidden'], [404, 'not-found'], [405, 'method-not-allowed'], [409, 'conflict'], [413, 'too-large'],
  [415, 'unsupported-media-type'], [429, 'too-many-requests'],
]);

/** Status of what Nest and Fastify throw, each in its own way. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (typeof error !== 'object' || error === null) return undefined;
  return 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : undefined;
}

function codeOf(error: unknown): ProblemCode {
  if (error instanceof ProblemException) return error.code;
  if (isDatabaseAway(error)) return 'database-away';
  const status = statusOf(error) ?? 500;
  return codeByStatus.get(status) ?? (status >= 400 && status < 500 ? 'bad-request' : 'internal');
}

/** What a client is told of an error. Nothing of an unknown one: no message, no stack. */
export function problemOf(error: unknown, requestId: string): Problem {
  const broken = error instanceof DomainError ? error : undefined;
  const kind: Kind = kinds[broken ? 'rule-broken' : codeOf(error)];
  const code = broken?.code ?? codeOf(error);
  const { status, title } = kind;
  return { type: `urn:hilo:problem:${code}`, title, status, detail: broken ? rules[broken.code] : kind.detail, code, requestId };
}
