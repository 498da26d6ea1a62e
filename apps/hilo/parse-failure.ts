const codeOf = (problem: unknown): string | undefined =>
  problem instanceof Error && 'code' in problem && typeof problem.code === 'string' ? problem.code : undefined;

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
