const CONNECTION_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'ETIMEDOUT',
  '57P01', '57P02', '57P03', // PostgreSQL is shutting down, has crashed, or is starting
]);

const codeOf = (problem: unknown): string | undefined =>
  problem instanceof Error && 'code' in problem && typeof problem.code === 'string' ? problem.code : undefined;

/** Whether the other side could not be reached, however deep the drivers have wrapped it. */
export function isConnectionFailure(problem: unknown): boolean {
  if (CONNECTION_CODES.has(codeOf(problem) ?? '')) return true;
  if (problem instanceof AggregateError) return problem.errors.some(isConnectionFailure);
  if (!(problem instanceof Error)) return false;
  return /timeout expired|Connection terminated/.test(problem.message) || isConnectionFailure(problem.cause);
}

/** Spanish for what `parseArgs` refuses, or undefined when this is something else. */
export function parseFailure(problem: unknown): string | undefined {
  const option = problem instanceof Error ? (/'([^']*)'/.exec(problem.message)?.[1] ?? '') : '';
  switch (codeOf(problem)) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION':
      return `No existe la opción «${option}».`;
    case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE':
      return `A la opción «${option}» le falta su valor, o no lleva ninguno.`;
    case 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL':
      return `Sobra el argumento «${option}».`;
    default:
      return undefined;
  }
}
