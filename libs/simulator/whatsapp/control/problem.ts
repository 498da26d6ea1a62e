import type { ZodError } from 'zod';

/** What the control API answers when it cannot do what was asked: RFC 9457 problem details. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  /** For people, in Spanish. */
  detail: string;
  /** Stable name of the cause. */
  code: string;
}

const TITLES: Record<number, string> = {
  400: 'Pedido mal formado',
  403: 'Prohibido',
  404: 'No existe',
  405: 'Método no permitido',
  409: 'No se puede en este estado',
  413: 'Pedido demasiado grande',
  422: 'Datos inválidos',
  500: 'Error del simulador',
};

export const problem = (status: number, code: string, detail: string): Problem => ({
  type: `urn:simulador-whatsapp:${code}`,
  title: TITLES[status] ?? 'Error',
  status,
  detail,
  code,
});

/** A request that the control API itself rejects. */
export class Rejected extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

export const reject = (status: number, code: string, detail: string): Rejected => new Rejected(problem(status, code, detail));

export function invalid(error: ZodError): Rejected {
  const fields = error.issues.map(({ path, message }) => (path.length ? `${path.join('.')}: ${message}` : message));
  return reject(422, 'invalid', `Revisá estos datos: ${fields.join('; ')}.`);
}
