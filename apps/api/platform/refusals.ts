import type { Refusal } from '../../../activities/refusal.js';
import { ProblemException, type ProblemCode } from './problem.js';

/** Said without a code of its own: what the company has not, and what somebody else changed meanwhile. */
type Plain = `${string}-unknown` | 'version-stale';

/**
 * What a room refuses, as the API says it; for the `catch` of its transaction.
 * @param details words where the code alone does not say which one it is about
 * @returns a function that throws ProblemException for a refusal, and anything else as it came
 */
export const refusals = <Code extends ProblemCode | Plain>(
  kind: abstract new (code: Code, about?: string) => Refusal<Code>, details: Partial<Record<Code, (about: string) => string>>,
) => (error: unknown): never => {
  if (!(error instanceof kind)) throw error;
  const { code, about } = error;
  if (code === 'version-stale') throw new ProblemException('conflict');
  if (code.endsWith('-unknown')) throw new ProblemException('not-found');
  const detail = about === undefined ? undefined : details[code]?.(about);
  throw new ProblemException(code as Exclude<Code, Plain>, detail === undefined ? {} : { detail });
};
